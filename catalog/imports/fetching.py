"""The one HTTP client for addresses that strangers wrote down: images of imported files.

A server that fetches what it is told can be sent against its own network. So a name is resolved
once, every address of it must be public, and the connection goes to the very address that was
checked: a second look-up could answer otherwise. Redirects go through the same door.
"""

import dataclasses
import http.client
import ipaddress
import socket
import ssl
import time
from collections.abc import Callable
from urllib.parse import urljoin, urlsplit

from django.utils.translation import gettext as _

from catalog import pictures
from catalog.documents import files

SECONDS = 20.0
CONNECT_SECONDS = 5.0
REDIRECTS = 3
_ANY = "application/octet-stream"
_PORTS = {"http": 80, "https": 443}
_REDIRECTING = (301, 302, 303, 307, 308)
# Addresses that carry an IPv4 address within: through them a private one could be meant.
_TUNNELS = [ipaddress.ip_network(one) for one in ("64:ff9b::/96", "2002::/16", "2001::/32")]


class NotFetched(Exception):
    """There is nothing to be had; the message says why. `can_heal`: trying later may help."""

    def __init__(self, text: str, *, can_heal: bool = False) -> None:
        super().__init__(text)
        self.can_heal = can_heal


@dataclasses.dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for: its types as people and as the web call them, and its size at most."""

    name: str
    types: tuple[str, ...]
    most: int


PICTURES = Wanted("JPEG, PNG, WebP", ("image/jpeg", "image/png", "image/webp"), pictures.MAX_BYTES)
DOCUMENTS = Wanted(
    "PDF, PNG, JPEG", ("application/pdf", "image/png", "image/jpeg"), files.MAX_BYTES
)


@dataclasses.dataclass(frozen=True, slots=True)
class Place:
    """Where to connect to, and how the server there is called."""

    scheme: str
    host: str
    address: str
    port: int


# Finds the checked place of a host; tests have a door of their own to their own server.
type Door = Callable[[str, str, int], Place]


def public(scheme: str, host: str, port: int) -> Place:
    """Resolve `host` once; all its addresses must be public. Raises `NotFetched`."""
    if port != _PORTS[scheme]:
        raise NotFetched(_("Only the usual ports of the web are asked."))
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as problem:
        text = _("The server %(host)s is not known.") % {"host": host[:100]}
        raise NotFetched(text, can_heal=True) from problem
    addresses = [str(one[4][0]) for one in found]
    if not addresses or not all(is_public(address) for address in addresses):
        raise NotFetched(_("The address is not a public one."))
    return Place(scheme, host, addresses[0], port)


def is_public(address: str) -> bool:
    """Is it an address of the open internet, also with an IPv4 address inside?"""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped is not None:
            return is_public(str(ip.ipv4_mapped))
        if any(ip in network for network in _TUNNELS):
            return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


def fetch(
    url: str, *, door: Door = public, wanted: Wanted = PICTURES, seconds: float = SECONDS
) -> bytes:
    """The content of the file at `url`, within `seconds`. Raises `NotFetched`."""
    until = time.monotonic() + seconds
    for _hop in range(REDIRECTS + 1):
        place, path = _place_of(url, door)
        found = _ask(place, path, wanted, until)
        if isinstance(found, bytes):
            return found
        url = _joined(url, found)
    raise NotFetched(_("The address leads on too often."))


def _joined(url: str, target: str) -> str:
    try:
        return urljoin(url, target)
    except ValueError:
        raise NotFetched(_("This is no address of the web.")) from None


def _place_of(url: str, door: Door) -> tuple[Place, str]:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise NotFetched(_("This is no address of the web.")) from None
    if parts.scheme not in _PORTS or not parts.hostname or parts.username is not None:
        raise NotFetched(_("This is no address of the web."))
    place = door(parts.scheme, parts.hostname, port or _PORTS[parts.scheme])
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return place, "".join(one if "!" <= one <= "~" else _quoted(one) for one in path)


def _quoted(character: str) -> str:
    return "".join(f"%{byte:02X}" for byte in character.encode("utf-8", "replace"))


def _ask(place: Place, path: str, wanted: Wanted, until: float) -> bytes | str:
    """The body, or the address that the answer leads on to."""
    connection = _Pinned(place, until)
    try:
        connection.request("GET", path, headers={"Accept": ", ".join(wanted.types), **_AGENT})
        with connection.getresponse() as answer:
            if answer.status in _REDIRECTING and (target := answer.getheader("Location")):
                return target
            _refuse(answer, wanted)
            return _body(answer, connection, wanted, until)
    except (OSError, http.client.HTTPException) as problem:
        text = _("The server did not answer as it should (%(kind)s).")
        raise NotFetched(text % {"kind": type(problem).__name__}, can_heal=True) from problem
    finally:
        connection.close()


_AGENT = {"User-Agent": "Kontor product import", "Connection": "close"}


def _refuse(answer: http.client.HTTPResponse, wanted: Wanted) -> None:
    if answer.status != 200:
        text = _("The server answers %(status)d.") % {"status": answer.status}
        raise NotFetched(text, can_heal=answer.status in (408, 425, 429) or answer.status >= 500)
    kind = (answer.getheader("Content-Type") or "").partition(";")[0].strip().lower()
    if kind and kind not in (*wanted.types, _ANY):
        facts = {"wanted": wanted.name, "type": kind[:60]}
        raise NotFetched(_("Wanted is %(wanted)s, there is %(type)s.") % facts)
    if (answer.length or 0) > wanted.most:
        raise _too_large(wanted)


def _too_large(wanted: Wanted) -> NotFetched:
    megabytes = wanted.most // 1_000_000
    return NotFetched(_("The file is larger than %(count)d MB.") % {"count": megabytes})


def _body(
    answer: http.client.HTTPResponse, connection: "_Pinned", wanted: Wanted, until: float
) -> bytes:
    pieces: list[bytes] = []
    size = 0
    while True:
        connection.hurry(until)
        piece = answer.read1(65536)
        if not piece:
            if answer.length:
                raise NotFetched(_("The server broke off in the middle."), can_heal=True)
            return b"".join(pieces)
        pieces.append(piece)
        size += len(piece)
        if size > wanted.most:
            raise _too_large(wanted)


class _Pinned(http.client.HTTPConnection):
    """Connects to the checked address; certificate and Host header are those of the name."""

    def __init__(self, place: Place, until: float) -> None:
        default = place.port == _PORTS[place.scheme]
        super().__init__(place.host, None if default else place.port)
        self.default_port = place.port
        self._place = place
        self._until = until
        self._kept: socket.socket | None = None  # also when the answer has taken it over

    def connect(self) -> None:
        seconds = min(CONNECT_SECONDS, max(0.1, self._until - time.monotonic()))
        sock = socket.create_connection((self._place.address, self._place.port), seconds)
        if self._place.scheme == "https":
            try:
                context = ssl.create_default_context()
                sock = context.wrap_socket(sock, server_hostname=self._place.host)
            except OSError:
                sock.close()
                raise
        self.sock = self._kept = sock
        self.hurry(self._until)

    def hurry(self, until: float) -> None:
        """No wait lasts longer than the time that is left. Raises `NotFetched`."""
        left = until - time.monotonic()
        if left <= 0:
            raise NotFetched(_("It takes too long."), can_heal=True)
        if self._kept is not None and self._kept.fileno() >= 0:
            self._kept.settimeout(left)
