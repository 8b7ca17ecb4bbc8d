"""Pictures as components/picture.html shows them: plain values, addresses of files that exist."""

from typing import Any, Protocol

from catalog.models.renditions import FULL, Renditions

SHARED_WIDTH = 1200
_TYPES = {"avif": "image/avif", "webp": "image/webp", "jpeg": "image/jpeg"}


class _HasPlace(Protocol):
    width: int
    height: int
    color: str
    focus_x: int
    focus_y: int

    @property
    def files(self) -> Renditions: ...


def shown(
    picture: _HasPlace,
    *,
    alt: str,
    sizes: str,
    shape: str = FULL,
    src: int = 640,
    most: int = 10_000,
) -> dict[str, Any]:
    """All that `<picture>` needs; the browser chooses among the formats and widths.

    `src` is the width for browsers that do not choose, `most` the widest that is offered.
    """
    width, height = picture.width, picture.height
    if shape == "square" and shape in picture.files.made:
        width = height = min(width, height)
    return {
        **sources(picture.files, sizes=sizes, shape=shape, src=src, most=most),
        "alt": alt,
        "width": str(width),
        "height": str(height),
        "color": picture.color,
        "focus": focus_class(picture.focus_x, picture.focus_y),
    }


def sources(
    files: Renditions, *, sizes: str, shape: str = FULL, src: int = 640, most: int = 10_000
) -> dict[str, Any]:
    """`sources` for the better formats, `src` and `srcset` for the one that all know."""
    formats = files.formats(shape=shape)
    offered = [
        {"type": _TYPES[one], "srcset": files.srcset(one, shape=shape, most=most)}
        for one in formats
    ]
    return {
        "sources": offered[:-1],
        "src": files.url(src, shape=shape),
        "srcset": offered[-1]["srcset"] if offered else "",
        "sizes": sizes,
    }


def focus_class(x: int, y: int) -> str:
    """The classes of components/picture.css that keep the focal point in sight, to 10 %."""
    if (x, y) == (50, 50):
        return ""
    return f"at-x-{round(x / 10) * 10} at-y-{round(y / 10) * 10}"


def shared(picture: _HasPlace) -> tuple[str, int, int]:
    """Address, width and height of what other sites show beside a link (1200 × 630 once made)."""
    files = picture.files
    url = files.url(SHARED_WIDTH, shape="share")
    if "share" in files.made:
        width = files.widths_of("jpeg", shape="share")[-1]
        return url, width, round(width * 630 / 1200)
    widths = files.widths_of(files.formats()[-1])
    width = next((one for one in widths if one >= SHARED_WIDTH), widths[-1])
    return url, width, round(picture.height * width / picture.width)
