"""Stoneware for table and shelf: bowl, pot, plates, vase and jar. Millimetres."""

import math

from demo.pictures import ink as inks
from demo.pictures import solids
from demo.pictures.ink import (
    CLAY,
    Ink,
    ellipse,
    num,
    path,
)
from demo.pictures.kinds import cups


def bowl(ink: Ink, colour: str, radius: float = 80, *, filled: str = "") -> str:
    """Deep bowl whose wall turns in at the top."""
    k = radius / 80
    body = [
        (0.0, 36 * k),
        (4 * k, 42 * k),
        (24 * k, 66 * k),
        (52 * k, 79 * k),
        (74 * k, 81 * k),
        (84 * k, 79 * k),
    ]
    return (
        solids.contact(ink, 66 * k)
        + solids.turned(ink, body, colour, solids.GLAZE, seed="koje")
        + cups.foot_band(ink, body, 16 * k)
        + solids.rim(
            ink,
            84 * k,
            79 * k,
            colour,
            wall=4 * k,
            inside=inks.lighter(colour, 0.2),
            level=18 * k,
            filling=filled,
        )
    )


def teapot(ink: Ink, colour: str) -> str:
    """Round pot with spout and an oak bail cups.handle."""
    body = [(0.0, 46.0), (4, 56.0), (25, 78.0), (58, 86.0), (88, 74.0), (108, 44.0), (114, 36.0)]
    lid = [(113.0, 37.0), (118, 36.0), (126, 24.0), (129, 9.0), (131, 7.0)]
    knob = [(130.0, 7.0), (134, 6.0), (141, 10.0), (147, 9.0), (150, 4.0)]
    spout = (
        "M-62 -40C-92 -46 -98 -74 -116 -102C-119 -107 -108 -112 -103 -107C-90 -92 -84 -82 -60 -78Z"
    )
    lights = ink.linear(
        (0, inks.lighter(colour, 0.32)),
        (0.55, inks.darker(colour, 0.02)),
        (1, inks.darker(colour, 0.42)),
        line=(0, 0, 0.35, 1),
    )
    hoop = "M-56 -98C-72 -176 -46 -212 0 -212C46 -212 72 -176 56 -98"
    oak = _teapot_oak(hoop)
    pins = "".join(
        ellipse(x, -100, 5, 5, inks.BRASS, stroke=inks.darker(inks.BRASS, 0.5), stroke_width=0.8)
        for x in (-56, 56)
    )
    return (
        solids.contact(ink, 74)
        + path(spout, lights)
        + path(
            "M-116 -103C-118 -108 -108 -111 -104 -107C-107 -103 -113 -101 -116 -103Z",
            inks.darker(colour, 0.5),
        )
        + path(
            "M-70 -50C-92 -58 -98 -78 -112 -101",
            stroke="#FFFFFF",
            stroke_width=2.4,
            opacity=0.3,
            stroke_linecap="round",
        )
        + solids.turned(ink, body, colour, solids.GLAZE, seed="teapot")
        + cups.foot_band(ink, body, 6)
        + path(
            f"M-37 -113A37 {num(37 * solids.EYE)} 0 0 0 37 -113",
            stroke=inks.darker(colour, 0.5),
            stroke_width=1.2,
            opacity=0.7,
        )
        + solids.turned(ink, lid, colour, solids.GLAZE, seed="lid")
        + solids.turned(ink, knob, colour, solids.GLAZE, seed="knob")
        + oak
        + pins
    )


def _teapot_oak(hoop: str) -> str:
    return "".join(
        path(hoop, stroke=c, stroke_width=w, stroke_linecap="round")
        for w, c in (
            (9.5, inks.darker(inks.OAK, 0.45)),
            (8, inks.OAK),
            (3, inks.lighter(inks.OAK, 0.35)),
        )
    )


def plate_from_above(ink: Ink, colour: str, radius: float = 135) -> str:
    """Flat plate seen from above: rim, bevel and well."""
    rim = ink.linear(
        (0, inks.lighter(colour, 0.4)),
        (0.5, colour),
        (1, inks.darker(colour, 0.16)),
        line=(0, 0, 1, 1),
    )
    bevel = ink.linear(
        (0, inks.darker(colour, 0.26)),
        (0.5, colour),
        (1, inks.lighter(colour, 0.45)),
        line=(0, 0, 1, 1),
    )
    well = ink.radial(
        (0, inks.lighter(colour, 0.32)),
        (0.8, inks.lighter(colour, 0.06)),
        (1, colour),
        centre=(0.35, 0.3),
        radius=0.9,
    )
    chance = inks.dice("plate", colour)
    dots = []
    for _ in range(150):
        a, d = chance.uniform(0, 6.28), radius * math.sqrt(chance.random()) * 0.97
        s = chance.choice((0.4, 0.5, 0.8)) * radius / 135
        dots.append(f"M{num(d * math.cos(a))} {num(d * math.sin(a))}h{num(s)}v{num(s)}h-{num(s)}z")
    return (
        ellipse(0, 0, radius, radius, inks.darker(inks.CLAY, 0.1))
        + ellipse(0, 0, radius - 1.4, radius - 1.4, rim)
        + ellipse(0, 0, radius * 0.86, radius * 0.86, bevel)
        + ellipse(0, 0, radius * 0.79, radius * 0.79, well)
        + path("".join(dots), inks.darker(colour, 0.45), opacity=0.45)
        + path(
            (
                f"M{num(-radius * 0.62)} {num(-radius * 0.66)}A{num(radius * 0.91)} "
                f"{num(radius * 0.91)} 0 0 1 {num(radius * 0.1)} {num(-radius * 0.9)}"
            ),
            stroke="#FFFFFF",
            stroke_width=radius * 0.035,
            stroke_linecap="round",
            opacity=0.5,
        )
    )


def plate(ink: Ink, colour: str, radius: float = 135) -> str:
    """The same plate standing on a table."""
    k = radius / 135
    body = [(0.0, 84 * k), (2 * k, 92 * k), (8 * k, 112 * k), (18 * k, 132 * k), (22 * k, radius)]
    return (
        solids.turned(ink, body, colour, solids.MATT, seed="elbe")
        + solids.rim(ink, 22 * k, radius, colour, wall=3 * k, inside=inks.lighter(colour, 0.1))
        + ellipse(
            0,
            -20 * k,
            radius * 0.78,
            radius * 0.78 * solids.EYE * 0.9,
            inks.lighter(colour, 0.22),
            opacity=0.6,
        )
    )


def vase(ink: Ink, colour: str, *, stems: bool = False) -> str:
    """Slender vase with two bands, after a pier light."""
    body = [
        (0.0, 50.0),
        (3, 54.0),
        (20, 55.0),
        (80, 44.0),
        (150, 32.0),
        (205, 25.0),
        (216, 27.0),
        (222, 31.0),
        (228, 31.0),
        (234, 24.0),
        (250, 21.5),
        (260, 23.0),
    ]
    curve = solids.profile(body)
    shape = path(solids.outline(curve), "#000")
    bands = ""
    for low, high in ((58.0, 96.0), (138.0, 172.0)):
        part = [point for point in curve if low <= point[0] <= high]
        bands += solids.turned(
            ink,
            [*part[:: max(1, len(part) // 5)], part[-1]],
            inks.CHALK,
            solids.GLAZE,
            seed=f"band{low}",
        )
    grass = marram(ink) if stems else ""
    return (
        solids.contact(ink, 54)
        + solids.turned(ink, body, colour, solids.GLAZE, seed="vase")
        + ink.clipped(bands, shape)
        + cups.foot_band(ink, body, 7)
        + grass
        + solids.rim(ink, 260, 23, colour, wall=2.6, inside=inks.darker(colour, 0.3))
        + (
            ink.clipped(grass, '<rect x="-200" y="-600" width="400" height="342"/>')
            if stems
            else ""
        )
    )


def marram(ink: Ink) -> str:
    """Three stems of marram grass."""
    chance = inks.dice("marram")
    parts = []
    for i, lean in enumerate((-62, -14, 30, 66, 8)):
        top = -470 - chance.uniform(-40, 60)
        stem = f"M{i * 4 - 8} -240C{num(lean * 0.1)} -330 {num(lean * 0.5)} -400 {lean} {num(top)}"
        parts.append(path(stem, stroke="#A79A63", stroke_width=1.6))
        for j in range(16):
            y = top + j * 6.5
            x = lean - (j * lean * 0.012)
            side = 1 if j % 2 else -1
            parts.append(
                path(
                    (
                        f"M{num(x)} {num(y)}q{num(side * 5)} -5 {num(side * 4)} "
                        f"-13q{num(-side * 4)} 5 "
                        f"{num(-side * 4)} 13z"
                    ),
                    "#CDB27A",
                    stroke="#9C8448",
                    stroke_width=0.3,
                )
            )
    return "".join(parts)


def jar(ink: Ink, colour: str, height: float = 110) -> str:
    """Cylinder with a cork lid."""
    body = [
        (0.0, 46.0),
        (2.5, 49.5),
        (8, 50.0),
        (height * 0.6, 50.0),
        (height - 6, 50.0),
        (height, 47.0),
    ]
    lid = [(height, 44.0), (height + 1, 45.5), (height + 14, 46.0), (height + 18, 44.5)]
    chance = inks.dice("cork")
    crumbs = "".join(
        (
            f"M{num(chance.uniform(-45, 45))} "
            f"{num(-height - chance.uniform(-8, 20))}h{num(chance.uniform(0.6, 2.6))}v0.8h-1.4z"
        )
        for _ in range(90)
    )
    cork = "#C79A66"
    return (
        solids.contact(ink, 50)
        + solids.turned(ink, body, colour, solids.MATT, seed="jar")
        + ink.clipped(
            path(
                (
                    f"M-60 {num(-height * 0.62)}A60 12 0 0 0 60 {num(-height * 0.62)}"
                    f"V{num(-height * 0.36)}A60 12 0 0 1 -60 {num(-height * 0.36)}Z"
                ),
                CLAY,
                opacity=0.5,
            ),
            path(solids.outline(solids.profile(body)), "#000"),
        )
        + solids.disc(ink, height, 47, inks.darker(colour, 0.25))
        + solids.turned(ink, lid, cork, solids.SOFT)
        + solids.disc(ink, height + 18, 44.5, inks.lighter(cork, 0.1))
        + ink.clipped(
            path(crumbs, inks.darker(cork, 0.45), opacity=0.6),
            path(solids.outline(solids.profile([*lid])), "#000")
            + ellipse(0, -height - 18, 44.5, 44.5 * solids.EYE, "#000"),
        )
    )
