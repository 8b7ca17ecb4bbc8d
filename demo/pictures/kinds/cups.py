"""Stoneware to drink from: mug, cup, bowl and dripper. Millimetres."""

import math

from demo.pictures import ink as inks
from demo.pictures import solids
from demo.pictures.ink import (
    CLAY,
    Ink,
    at,
    ellipse,
    num,
    path,
)

TEA, COFFEE = "#A8602A", "#3A2418"


def handle(
    ink: Ink, x: float, top: float, foot: float, reach: float, thick: float, colour: str
) -> str:
    """An ear-shaped handle on the right, drawn before the body so that its roots are hidden."""
    data = (
        f"M{num(x - 4)} {num(-top)}C{num(x + reach * 1.15)} {num(-top - 6)} "
        f"{num(x + reach * 1.2)} {num(-foot - 2)} {num(x - 4)} {num(-foot)}"
    )
    strokes = (
        (thick, inks.darker(colour, 0.42)),
        (thick * 0.86, inks.darker(colour, 0.16)),
        (thick * 0.42, inks.lighter(colour, 0.12)),
    )
    shade = "".join(
        path(data, stroke=c, stroke_width=w, stroke_linecap="round") for w, c in strokes
    )
    gleam = path(
        data,
        stroke="#FFFFFF",
        stroke_width=thick * 0.12,
        stroke_dasharray="26 200",
        stroke_dashoffset=-10,
        opacity=0.45,
        stroke_linecap="round",
    )
    return shade + at(gleam, -thick * 0.12, -thick * 0.2)


def foot_band(
    ink: Ink, points: list[tuple[float, float]], cut: float, *, seed: str = "clay"
) -> str:
    """The unglazed clay below height `cut` of a body, with the lip where the glaze stopped."""
    curve = [point for point in solids.profile(points) if point[0] <= cut]
    band = solids.turned(
        ink, [*curve[:: max(1, len(curve) // 6)], curve[-1]], CLAY, solids.MATT, seed=seed
    )
    z, r = curve[-1]
    lip = path(
        f"M{num(-r)} {num(-z)}A{num(r)} {num(r * solids.EYE)} 0 0 0 {num(r)} {num(-z)}",
        stroke=inks.darker(CLAY, 0.5),
        stroke_width=0.7,
        opacity=0.5,
    )
    return band + lip


def mug(ink: Ink, colour: str, *, drink: str = COFFEE) -> str:
    """Straight mug, 85 mm wide and 95 mm high."""
    body = [(0.0, 36.0), (2.5, 40.0), (10, 41.8), (50, 42.4), (88, 42.4), (95, 42.0)]
    return (
        solids.contact(ink, 44)
        + handle(ink, 41, 78, 22, 34, 9.5, colour)
        + solids.turned(ink, body, colour, solids.GLAZE, seed="mug" + colour)
        + foot_band(ink, body, 15)
        + solids.rim(
            ink, 95, 42, colour, wall=3.2, inside=inks.lighter(colour, 0.3), level=9, filling=drink
        )
    )


def espresso_cup(ink: Ink, colour: str, *, filled: bool = True) -> str:
    """Small cup with saucer."""
    saucer = [(0.0, 30.0), (3, 40.0), (8, 58.0), (10.5, 60.0)]
    cup = [(6.0, 19.0), (9, 23.0), (22, 29.0), (44, 31.0), (60, 31.0)]
    return (
        solids.contact(ink, 58)
        + solids.turned(ink, saucer, colour, solids.MATT, seed="saucer")
        + solids.rim(ink, 10.5, 60, colour, wall=2, inside=inks.lighter(colour, 0.08))
        + ellipse(3, -9, 34, 34 * solids.EYE, inks.COOL, opacity=0.22)
        + handle(ink, 29, 50, 22, 22, 7, colour)
        + solids.turned(ink, cup, colour, solids.MATT, seed="cup")
        + solids.rim(
            ink,
            60,
            31,
            colour,
            wall=3,
            inside=inks.lighter(colour, 0.25),
            level=7,
            filling="#6B4020" if filled else "",
        )
    )


def tea_bowl(ink: Ink, colour: str, *, drink: str = "#C9A33E") -> str:
    """Bowl without a handle, combed in ripples."""
    body = [(0.0, 24.0), (4, 27.0), (8, 33.0), (30, 45.0), (55, 49.5), (70, 50.0)]
    curve = solids.profile(body)
    grooves = []
    for i in range(13):
        z = 14 + i * 4.1
        r = min(curve, key=lambda point: abs(point[0] - z))[1]
        points = [
            (r * math.sin(a), -z + r * solids.EYE * math.cos(a) + 0.7 * math.sin(a * 9 + i))
            for a in (x * 0.157 for x in range(-10, 11))
        ]
        grooves.append(inks.smooth(points))
    ribs = path("".join(grooves), stroke=inks.darker(colour, 0.4), stroke_width=0.9, opacity=0.5)
    ribs += at(
        path("".join(grooves), stroke=inks.lighter(colour, 0.6), stroke_width=0.7, opacity=0.5),
        0,
        0.9,
    )
    shape = path(solids.outline(curve), "#000")
    return (
        solids.contact(ink, 42)
        + solids.turned(ink, body, colour, solids.MATT, seed="bowl")
        + ink.clipped(ribs, shape)
        + solids.rim(ink, 70, 50, colour, wall=3, inside=inks.CHALK, level=12, filling=drink)
    )


def dripper(ink: Ink, colour: str) -> str:
    """Cone on a saucer."""
    saucer = [(0.0, 44.0), (2, 52.0), (7, 56.0), (9, 55.0)]
    cone = [(9.0, 24.0), (16, 28.0), (60, 52.0), (100, 64.0), (105, 65.0)]
    ribs = []
    for i in range(9):
        a = -1.2 + i * 0.3
        ribs.append(
            f"M{num(56 * math.sin(a))} {num(-105 - 9 * math.cos(a))}"
            f"L{num(30 * math.sin(a + 0.25))} {num(-90)}"
        )
    inside = path("".join(ribs), stroke=inks.darker(colour, 0.25), stroke_width=1.4, opacity=0.6)
    return (
        solids.contact(ink, 56)
        + handle(ink, 48, 78, 34, 32, 8.5, colour)
        + solids.turned(ink, saucer, colour, solids.MATT, seed="plate")
        + solids.disc(ink, 9, 55, colour)
        + ellipse(4, -8.4, 36, 36 * solids.EYE, inks.COOL, opacity=0.25)
        + solids.turned(ink, cone, colour, solids.MATT, seed="cone")
        + solids.rim(ink, 105, 65, colour, wall=3.4, inside=colour)
        + ink.clipped(inside, ellipse(0, -105, 61, 61 * solids.EYE, "#000"))
    )
