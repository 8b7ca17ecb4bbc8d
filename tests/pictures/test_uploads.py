"""Attacks by upload: each is refused with a sentence, before it costs anything."""

import io
import random
import struct
import time
import zipfile
import zlib

import pytest
from django.utils import translation
from PIL import Image

from catalog import pictures
from tests.pictures.conftest import drawn

PAGE = b"<html><script>alert(document.domain)</script></html>"


def refused(data):
    with translation.override("en"), pytest.raises(pictures.NotAPicture) as refusal:
        pictures.encode(data)
    assert 0 < len(str(refusal.value)) < 80
    return str(refusal.value)


def chunk(kind, content):
    return (
        struct.pack(">I", len(content))
        + kind
        + content
        + struct.pack(">I", zlib.crc32(kind + content))
    )


def png(width, height, *chunks):
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + b"".join(chunks) + chunk(b"IEND", b"")


def into_png(data, *chunks):
    """`data` with more chunks behind its head."""
    return data[:33] + b"".join(chunks) + data[33:]


def into_jpeg(data, marker, content):
    """`data` with a segment at its beginning."""
    return (
        data[:2] + bytes([0xFF, marker]) + struct.pack(">H", len(content) + 2) + content + data[2:]
    )


def archive():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("shell.php", "<?php system($_GET['c']);")
    return out.getvalue()


def moving(kind):
    out = io.BytesIO()
    frames = [Image.new("RGB", (20, 20), color) for color in ("red", "blue")]
    frames[0].save(out, kind, save_all=True, append_images=frames[1:])
    return out.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>",
        b"%PDF-1.7",
        PAGE,
        b"GIF89a/*" + b"\x00" * 50 + b"*/=1;alert(1)",
        drawn("GIF"),
        drawn("BMP"),
        drawn("TIFF"),
        drawn("ICO", size=(32, 32)),
        b"\xff\xd8\xff\xe0" + b"\x00" * 40,
        b"RIFF\x10\x00\x00\x00WEBPVP8 ",
    ],
    ids=["nothing", "svg", "svg in xml", "pdf", "page", "gif with script", "gif", "bmp", "tiff",
         "ico", "head of jpeg", "head of webp"],
)  # fmt: skip
def test_what_is_no_jpeg_png_or_webp_is_refused_whatever_it_is_called(data):
    assert refused(data) == "This is not a JPEG, PNG or WebP picture."


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
def test_a_cut_file_is_refused(kind, share):
    noise = Image.effect_noise((300, 300), 80).convert("RGB")
    out = io.BytesIO()
    noise.save(out, kind)
    data = out.getvalue()

    refused(data[: int(len(data) * share)])


def test_too_many_bytes_are_refused():
    assert "8 MB" in refused(b"\xff" * 8_000_001)


@pytest.mark.parametrize(
    "data",
    [
        drawn(size=(5100, 5000)),
        png(30_000, 30_000, chunk(b"IDAT", zlib.compress(bytes(100)))),
        png(2**31 - 1, 2**31 - 1, chunk(b"IDAT", b"")),
        b"\xff\xd8\xff\xc0" + struct.pack(">HBHHB", 11, 8, 65_000, 65_000, 1) + b"\x01\x11\x00",
        b"RIFF" + struct.pack("<I", 26) + b"WEBPVP8L" + struct.pack("<I", 14)
        + b"\x2f" + struct.pack("<I", 16382 | 16382 << 14) + bytes(9),
        b"RIFF" + struct.pack("<I", 22) + b"WEBPVP8X" + struct.pack("<I", 10)
        + bytes(4) + b"\xff\xff\x00" + b"\xff\xff\x00",
    ],
    ids=["pixels", "png", "largest png", "jpeg", "webp without loss", "extended webp"],
)  # fmt: skip
def test_a_head_that_promises_too_many_pixels_is_refused_without_decoding(data):
    begun = time.process_time()

    refused(data)

    assert time.process_time() - begun < 0.2


def test_a_bomb_of_few_bytes_and_many_pixels_is_refused_without_decoding():
    """8,000 × 8,000 pixels of one colour: 192 MB in less than one."""
    packer = zlib.compressobj(1)
    rows = bytes(1 + 3 * 8000) * 100
    packed = b"".join(packer.compress(rows) for _number in range(80)) + packer.flush()
    data = png(8000, 8000, chunk(b"IDAT", packed))
    assert len(data) < 1_000_000
    begun = time.process_time()

    assert "25 million" in refused(data)
    assert time.process_time() - begun < 0.2


def test_words_that_unpack_to_gigabytes_are_refused():
    """A compressed comment of 100 MB in 100 kB; the pixels are few."""
    words = chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(100_000_000), 9))

    refused(into_png(drawn(size=(10, 10)), words))


def test_a_picture_of_thousands_of_passes_is_refused():
    """Each scan of a progressive JPEG is another walk over all pixels and costs a few bytes."""
    data = drawn("JPEG", size=(3000, 3000), progressive=True)
    last = data.rindex(b"\xff\xda")
    scan = data[last:-2]
    begun = time.process_time()

    refused(data[:-2] + scan * 3000 + b"\xff\xd9")

    assert time.process_time() - begun < 1


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_moving_pictures_are_refused(kind):
    refused(moving(kind))


@pytest.mark.parametrize(
    "data",
    [
        drawn("JPEG") + archive(),
        drawn("PNG") + archive(),
        drawn("WEBP") + archive(),
        into_jpeg(drawn("JPEG"), 0xFE, archive()),
        drawn("JPEG") + PAGE,
        drawn("PNG") + PAGE,
        drawn("WEBP") + PAGE,
        into_jpeg(drawn("JPEG"), 0xFE, PAGE),
        into_jpeg(drawn("JPEG"), 0xE1, b"Exif\0\0" + PAGE),
        into_jpeg(drawn("JPEG"), 0xFE, b"<?php system('id'); ?>"),
        into_jpeg(drawn("JPEG"), 0xFE, b"%PDF-1.4\n1 0 obj"),
        into_jpeg(drawn("JPEG"), 0xFE, b"< SVG onload=alert(1)>"),
        into_png(drawn("PNG"), chunk(b"tEXt", b"Comment\0" + PAGE)),
        into_png(drawn("PNG"), chunk(b"prVt", PAGE)),
    ],
    ids=["jpeg and zip", "png and zip", "webp and zip", "zip in a comment", "jpeg and page",
         "png and page", "webp and page", "page in a comment", "page in exif", "php", "pdf", "svg",
         "page in png text", "page in a chunk"],
)  # fmt: skip
def test_a_file_that_is_a_picture_and_something_else_is_refused(data):
    Image.open(io.BytesIO(data)).load()  # To a decoder it is a picture.

    assert refused(data) == "The file holds more than a picture."


def test_gif_and_script_in_one_is_no_picture_of_ours():
    refused(b"GIF89a=1;alert(1);//" + drawn("GIF"))


def test_what_cameras_write_beside_a_picture_is_allowed():
    words = b'<?xpacket?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF/></x:xmpmeta>'
    data = into_jpeg(drawn("JPEG"), 0xE1, b"http://ns.adobe.com/xap/1.0/\0" + words)
    trailer = bytes([0, 0, 0, 24]) + b"ftypmp42" + bytes(2000)

    assert pictures.encode(data + trailer).width == 800


def test_the_name_and_the_declared_type_count_for_nothing():
    """A PNG called `.jpg` is a picture all the same; a page called `.jpg` is none."""
    assert pictures.encode(drawn("PNG")).width == 800
    refused(PAGE)


def test_damaged_files_are_refused_or_shown_and_never_crash():
    """Bytes at random places are changed, taken out and doubled, from a fixed seed."""
    chance = random.Random(11)
    whole = [drawn(kind, size=(60, 40)) for kind in ("PNG", "JPEG", "WEBP")]
    outcomes = set()
    for _number in range(600):
        data = bytearray(chance.choice(whole))
        for _time in range(chance.randint(1, 6)):
            place = chance.randrange(len(data))
            act = chance.randrange(3)
            if act == 0:
                data[place] = chance.randrange(256)
            elif act == 1:
                del data[place : place + chance.randint(1, 20)]
            else:
                data[place:place] = data[place : place + chance.randint(1, 20)]
        try:
            pictures.encode(bytes(data))
            outcomes.add("shown")
        except pictures.NotAPicture:
            outcomes.add("refused")

    assert outcomes == {"shown", "refused"}
