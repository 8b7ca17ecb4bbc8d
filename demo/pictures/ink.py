"""Paint for SVG scenes: colours, gradients, clips and patterns, defined once and reused.

Every picture is drawn with one `Ink`; drawing functions return markup and leave their definitions
in it. Nothing is random: the same calls give the same text, so a picture can be cached by its hash.
"""

import math
import random
from collections.abc import Sequence

Point = tuple[float, float]

BRICK, HARBOUR, SEA, SAND = "#9C4A36", "#2F5068", "#6E9184", "#D6C09A"
ANTHRACITE, SIGNAL, CHALK, FOG = "#3B4045", "#DFAE37", "#F2EDE3", "#AEB7BB"
NAVY, NATURAL, OAK, BRASS, BLACK = "#22334F", "#E3D6BD", "#BB8C58", "#B8934C", "#26292D"
KRAFT, CLAY, WARM, COOL = "#C9A678", "#C29B74", "#FFF8EA", "#1C1A24"


def mix(one: str, other: str, share: float) -> str:
    """The colour `share` of the way from one to the other."""
    share = min(1.0, max(0.0, share))
    pairs = ((int(one[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{round(a + (b - a) * share):02X}" for a, b in pairs)


def lighter(colour: str, share: float) -> str:
    """The colour in warm light."""
    return mix(colour, WARM, share)


def darker(colour: str, share: float) -> str:
    """The colour in shade: dark colours turn cool, pale ones keep some warmth."""
    return mix(colour, COOL if brightness(colour) < 0.72 else "#4A4038", share)


def tone(colour: str, light: float) -> str:
    """The colour under light between -1 (deep shade) and 1 (full highlight)."""
    return lighter(colour, light) if light >= 0 else darker(colour, -light)


def brightness(colour: str) -> float:
    """Perceived brightness between 0 and 1."""
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return 0.3 * red + 0.59 * green + 0.11 * blue


def num(value: float) -> str:
    """A number as short as two decimals allow."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in {"", "-0"} else text


def dice(*seed: object) -> random.Random:
    """Random numbers that are the same on every machine for the same seed."""
    return random.Random("/".join(str(part) for part in seed))


class Ink:
    """Collects the definitions of one picture."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}

    def _define(self, markup: str) -> str:
        if markup not in self._known:
            self._known[markup] = f"d{len(self._known)}"
        return self._known[markup]

    def definitions(self) -> str:
        """All definitions as the `<defs>` of the picture."""
        made = (markup.replace("@id", name) for markup, name in self._known.items())
        return f"<defs>{''.join(made)}</defs>"

    def linear(
        self,
        *stops: tuple[float, str] | tuple[float, str, float],
        line: tuple[float, float, float, float] = (0, 0, 0, 1),
        in_user_space: bool = False,
    ) -> str:
        """A linear gradient as a paint, from top to bottom unless told otherwise."""
        x1, y1, x2, y2 = (num(value) for value in line)
        units = ' gradientUnits="userSpaceOnUse"' if in_user_space else ""
        return self._paint(
            f'<linearGradient id="@id" x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}"{units}>'
            f"{_stops(stops)}</linearGradient>"
        )

    def radial(
        self,
        *stops: tuple[float, str] | tuple[float, str, float],
        centre: Point = (0.5, 0.5),
        radius: float = 0.5,
        in_user_space: bool = False,
    ) -> str:
        """A radial gradient as a paint."""
        units = ' gradientUnits="userSpaceOnUse"' if in_user_space else ""
        return self._paint(
            f'<radialGradient id="@id" cx="{num(centre[0])}" cy="{num(centre[1])}"'
            f' r="{num(radius)}"{units}>{_stops(stops)}</radialGradient>'
        )

    def _paint(self, markup: str) -> str:
        return f"url(#{self._define(markup)})"

    def clipped(self, markup: str, shape: str) -> str:
        """The markup, seen through a shape."""
        name = self._define(f'<clipPath id="@id">{shape}</clipPath>')
        return f'<g clip-path="url(#{name})">{markup}</g>'

    def pattern(self, width: float, height: float, markup: str) -> str:
        """A tile as a paint; dear where it is turned or covers much, so for few walls only."""
        return self._paint(
            f'<pattern id="@id" width="{num(width)}" height="{num(height)}"'
            f' patternUnits="userSpaceOnUse">'
            f"{markup}</pattern>"
        )


def _stops(stops: Sequence[tuple[float, str] | tuple[float, str, float]]) -> str:
    parts = []
    for stop in stops:
        opacity = f' stop-opacity="{num(stop[2])}"' if len(stop) == 3 else ""
        parts.append(f'<stop offset="{num(stop[0])}" stop-color="{stop[1]}"{opacity}/>')
    return "".join(parts)


def path(data: str, fill: str = "none", **attributes: object) -> str:
    """A path; keyword `stroke_width=2` becomes the attribute `stroke-width`."""
    return f'<path d="{data}" fill="{fill}"{_attributes(attributes)}/>'


def rect(x: float, y: float, width: float, height: float, fill: str, **attributes: object) -> str:
    """A rectangle by its upper left corner."""
    return (
        f'<rect x="{num(x)}" y="{num(y)}" width="{num(width)}" height="{num(height)}"'
        f' fill="{fill}"{_attributes(attributes)}/>'
    )


def ellipse(x: float, y: float, rx: float, ry: float, fill: str, **attributes: object) -> str:
    """An ellipse by its centre."""
    return (
        f'<ellipse cx="{num(x)}" cy="{num(y)}" rx="{num(rx)}" ry="{num(ry)}"'
        f' fill="{fill}"{_attributes(attributes)}/>'
    )


def at(markup: str, x: float, y: float, scale: float = 1, *, turned: float = 0) -> str:
    """Markup drawn in its own units, put to a place of the picture."""
    turn = f" rotate({num(turned)})" if turned else ""
    return f'<g transform="translate({num(x)} {num(y)}){turn} scale({scale:.4g})">{markup}</g>'


def _attributes(attributes: dict[str, object]) -> str:
    """Attributes as markup; a shape's opacity goes to its paints, which costs no extra layer."""
    given = dict(attributes)
    opacity = given.pop("opacity", None)
    if opacity is not None:
        given["fill-opacity"] = opacity
        if "stroke" in given:
            given["stroke-opacity"] = opacity
    return "".join(
        f' {name.replace("_", "-")}="{num(value) if isinstance(value, float) else value}"'
        for name, value in given.items()
    )


def polygon(points: Sequence[Point]) -> str:
    """Path data through points, closed."""
    return "M" + "L".join(f"{num(x)} {num(y)}" for x, y in points) + "Z"


def smooth(points: Sequence[Point], *, closed: bool = False) -> str:
    """Path data of a soft curve through points (Catmull-Rom as Bézier)."""
    count = len(points)
    data = [f"M{num(points[0][0])} {num(points[0][1])}"]
    for i in range(count if closed else count - 1):
        before, here, there, after = (
            points[(i + step) % count] if closed else points[min(max(i + step, 0), count - 1)]
            for step in (-1, 0, 1, 2)
        )
        one = (here[0] + (there[0] - before[0]) / 6, here[1] + (there[1] - before[1]) / 6)
        two = (there[0] - (after[0] - here[0]) / 6, there[1] - (after[1] - here[1]) / 6)
        data.append(
            f"C{num(one[0])} {num(one[1])} {num(two[0])} {num(two[1])} {num(there[0])} "
            f"{num(there[1])}"
        )
    return "".join(data) + ("Z" if closed else "")


def spread(markup: str, dx: float, dy: float, *, copies: int = 9) -> str:
    """The markup smeared from its place to (dx, dy): a soft edge without the price of a filter."""
    steps = ((k + 0.5) / copies for k in range(copies))
    return "".join(
        f'<g transform="translate({num(dx * step)} {num(dy * step)})">{markup}</g>'
        for step in steps
    )


def thin(opacity: float, copies: int) -> float:
    """The opacity of each of `copies` layers that together have the given opacity."""
    return 1.0 - math.pow(1 - opacity, 1 / copies)


def soft_stroke(data: str, colour: str, width: float, opacity: float, *, layers: int = 5) -> str:
    """A broad stroke that fades to its sides."""
    each = thin(opacity, layers)
    return "".join(
        path(
            data,
            stroke=colour,
            stroke_width=width * 1.7 * (k + 1) / layers,
            stroke_linecap="round",
            opacity=f"{each:.3f}",
        )
        for k in range(layers)
    )


def lines(
    x: float, y: float, width: float, height: float, step: float, *, upright: bool = False
) -> str:
    """Path data of parallel lines over a field: the threads of a weave."""
    if upright:
        count = int(width / step)
        return "".join(f"M{num(x + k * step)} {num(y)}v{num(height)}" for k in range(count))
    count = int(height / step)
    return "".join(f"M{num(x)} {num(y + k * step)}h{num(width)}" for k in range(count))
