"""The three kinds of files that may hold a picture, read as containers: nothing is decoded.

A decoder shows the picture of a file and ignores the rest. Here the rest is looked at: a file that
is a picture for us and a page, a script or an archive for somebody else is refused.
"""

import io
import re
import struct
import zipfile
from collections.abc import Iterator

# Progressive files have about ten scans. A few bytes can order another pass over all pixels.
MAX_SCANS = 100
_MARKER = re.compile(rb"\xff+([^\x00\xd0-\xd7\xff])")
_ACTIVE = re.compile(rb"<\s*(?:script|html|svg|!doctype|iframe)|<\?php", re.IGNORECASE)
_PNG = b"\x89PNG\r\n\x1a\n"


class Malformed(ValueError):
    """The container is broken, or it holds more than a picture."""


def is_plain(data: bytes) -> bool:
    """Is this file a picture and nothing else? Raises `Malformed` where it is no whole container.

    Cameras write much beside a picture, so unknown parts are allowed; what a browser, an archiver
    or a reader of PDF would run or open is not.
    """
    if b"%PDF-" in data[:1024] or zipfile.is_zipfile(io.BytesIO(data)):
        return False
    return not any(_ACTIVE.search(part) for part in _beside(data))


def _beside(data: bytes) -> Iterator[bytes]:
    if data.startswith(b"\xff\xd8"):
        return _beside_jpeg(data)
    if data.startswith(_PNG):
        return _beside_png(data)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return _beside_webp(data)
    raise Malformed


def _beside_jpeg(data: bytes) -> Iterator[bytes]:
    """Comments, application data, and what follows the end of the picture."""
    place, scans = 2, 0
    while found := _MARKER.search(data, place):
        code, place = found[1][0], found.end()
        if code == 0xD9:
            yield data[place:]
            return
        if code in (0x01, 0xD8):
            continue
        length = int.from_bytes(data[place : place + 2])
        if length < 2 or place + length > len(data):
            raise Malformed
        if code == 0xDA:
            scans += 1
            if scans > MAX_SCANS:
                raise Malformed
        if code >= 0xE0:
            yield data[place : place + length]
        place += length
    raise Malformed


def _beside_png(data: bytes) -> Iterator[bytes]:
    place = len(_PNG)
    while place + 12 <= len(data):
        length, kind = struct.unpack_from(">I4s", data, place)
        end = place + 12 + length
        if end > len(data):
            raise Malformed
        if kind == b"acTL":
            raise Malformed
        if kind != b"IDAT":
            yield data[place + 8 : end - 4]
        place = end
        if kind == b"IEND":
            yield data[place:]
            return
    raise Malformed


def _beside_webp(data: bytes) -> Iterator[bytes]:
    whole = 8 + int.from_bytes(data[4:8], "little")
    if whole > len(data):
        raise Malformed
    place = 12
    while place + 8 <= whole:
        kind, length = struct.unpack_from("<4sI", data, place)
        end = place + 8 + length + length % 2
        if end > whole + 1 or kind in (b"ANIM", b"ANMF"):
            raise Malformed
        if kind not in (b"VP8 ", b"VP8L", b"ALPH"):
            yield data[place + 8 : end]
        place = end
    yield data[whole:]
