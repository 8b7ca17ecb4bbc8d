"""The studio: paper, light from the upper left, floors, tables and walls for all pictures."""

from demo.pictures import ink as inks
from demo.pictures.ink import Ink, at, ellipse, path, rect
from demo.pictures.solids import wood

SIZE = 1600
FLOOR = 1240.0


def picture(
    ink: Ink, body: str, width: int = SIZE, height: int = SIZE, *, view: str = "0 0 1600 1600"
) -> str:
    """The finished SVG source: the part `view` of the canvas in the given pixels."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"'
        f' viewBox="{view}">{ink.definitions()}{body}</svg>'
    )


def studio(ink: Ink, tint: str = "#F6F0E5", *, horizon: float = 1010) -> str:
    """Linen-coloured paper that sweeps from wall to floor; main pictures stand here."""
    floor = ink.linear(
        (0, inks.darker(tint, 0.1), 0),
        (0.12, inks.darker(tint, 0.1), 0.8),
        (0.5, inks.lighter(tint, 0.2), 0.6),
        (1, inks.darker(tint, 0.05), 0.7),
    )
    return rect(0, 0, SIZE, SIZE, tint) + rect(0, horizon - 60, SIZE, SIZE - horizon + 60, floor)


def flat(ink: Ink, tint: str = "#F4EDE1") -> str:
    """The same paper seen from above, for things that lie."""
    return rect(0, 0, SIZE, SIZE, tint)


def linen(ink: Ink, tint: str = "#DCD0BC") -> str:
    """A woven cloth from above."""
    weave = ink.pattern(
        10,
        10,
        path("M0 2.5H10M0 7.5H10", stroke=inks.darker(tint, 0.16), stroke_width=1.6, opacity=0.5)
        + path("M2.5 0V10M7.5 0V10", stroke=inks.lighter(tint, 0.6), stroke_width=1.8, opacity=0.5),
    )
    return flat(ink, tint) + rect(0, 0, SIZE, SIZE, weave, opacity=0.75)


def boards(ink: Ink, colour: str = inks.OAK, width: int = SIZE, height: int = SIZE) -> str:
    """A desk of broad boards from above."""
    parts, step = [], height / 4
    for i in range(4):
        shade = inks.tone(inks.lighter(colour, 0.2), (0.06, -0.05, 0.1, -0.02)[i])
        parts.append(wood(ink, 0, i * step, width, step - 3, shade, seed=f"board{i}"))
    return rect(0, 0, width, height, inks.darker(colour, 0.55)) + "".join(parts)


def window_light(ink: Ink, x: float, y: float, scale: float = 1, *, strength: float = 0.5) -> str:
    """Morning sun through a window with glazing bars, slanting across a wall."""
    panes = []
    for row in range(3):
        for column in range(2):
            left, top = column * 190, row * 230
            panes.append(f"M{left} {top + column * 60}l172 54v206l-172 -54z")
    shine = path("".join(panes), "#FFF6DF", opacity=f"{inks.thin(strength, 9):.3f}")
    return at(inks.spread(shine, 20, 14), x, y, scale)


def wall(ink: Ink, colour: str = "#DDD6C8", width: int = SIZE, height: int = SIZE) -> str:
    """A painted wall; the light falls off in developing."""
    return rect(0, 0, width, height, inks.lighter(colour, 0.28))


def table(
    ink: Ink, top: float = 1130, colour: str = inks.OAK, width: int = SIZE, height: int = SIZE
) -> str:
    """A wooden table in front of a wall, its far edge at `top`."""
    shadow = ink.linear((0, inks.COOL, 0), (1, inks.COOL, 0.16))
    board = wood(ink, -20, top, width + 40, height - top + 20, colour, seed=f"table{top}")
    glow = ink.linear((0, inks.WARM, 0.42), (0.35, inks.WARM, 0.1), (1, inks.COOL, 0.24))
    return (
        rect(0, top - 90, width, 90, shadow)
        + board
        + rect(0, top, width, height - top, glow)
        + rect(0, top, width, 3, inks.lighter(colour, 0.6), opacity=0.6)
    )


def shelf(
    ink: Ink,
    y: float,
    *,
    left: float = -20,
    width: float = SIZE + 40,
    thick: float = 46,
    colour: str = inks.OAK,
) -> str:
    """A board on the wall, seen from the front, with the shadow it throws."""
    fall = ink.linear((0, inks.COOL, 0.34), (1, inks.COOL, 0))
    return (
        rect(left + 10, y + thick, width, 120, fall)
        + wood(ink, left, y, width, thick, colour, seed=f"shelf{y}")
        + rect(left, y, width, 4, inks.lighter(colour, 0.6), opacity=0.7)
        + rect(left, y + thick - 5, width, 5, inks.darker(colour, 0.5), opacity=0.5)
    )


def lying_shadow(ink: Ink, shape: str, *, height: float = 10, strength: float = 0.35) -> str:
    """The shadow of a flat thing: path data, smeared away from the light."""
    one = path(shape, "#2B211E", opacity=f"{inks.thin(strength, 7):.3f}")
    return inks.spread(one, height * 1.5, height * 2.1, copies=7)


def glow(
    ink: Ink, x: float, y: float, radius: float, *, strength: float = 0.6, colour: str = "#FFE2A0"
) -> str:
    """The light of a lamp."""
    paint = ink.radial((0, colour, strength), (0.35, colour, strength * 0.45), (1, colour, 0))
    return ellipse(x, y, radius, radius, paint)
