"""Lamps of painted steel, oak, brass and linen. Millimetres, foot at the origin."""

import random

from demo.pictures import ink as inks
from demo.pictures import solids
from demo.pictures.ink import BRASS, OAK, Ink, Point, at, ellipse, num, path, rect

INSIDE = "#FBF3DF"


def _shade(ink: Ink, points: list[tuple[float, float]], colour: str, *, lit: bool = True) -> str:
    """A steel shade whose white inside shows below; its mouth is at height 0."""
    mouth = points[0][1]
    inner = (
        ink.radial(
            (0, "#FFFFFF"),
            (0.3, "#FFF0C4"),
            (0.75, "#EBCB8C"),
            (1, "#B89763"),
            centre=(0.5, 0.3),
            radius=0.62,
        )
        if lit
        else ink.radial((0, "#F4EFE4"), (1, "#B4AA98"), centre=(0.55, 0.7), radius=0.6)
    )
    under = ellipse(0, 0, mouth, mouth * solids.EYE, inks.darker(colour, 0.2)) + ellipse(
        0, 0.5, mouth - 2.4, mouth * solids.EYE - 1.4, inner
    )
    gleam = ellipse(0, 0, mouth * 0.2, mouth * 0.11, "#FFFDF2") if lit else ""
    return solids.turned(ink, points, colour, solids.POWDER, seed="shade") + under + gleam


def _front_lip(ink: Ink, radius: float, colour: str) -> str:
    y = radius * solids.EYE
    return path(
        f"M{num(-radius)} 0A{num(radius)} {num(y)} 0 0 1 {num(radius)} 0",
        stroke=inks.lighter(colour, 0.3),
        stroke_width=1.4,
        opacity=0.6,
    )


def table_lamp(ink: Ink, colour: str, *, lit: bool = True) -> str:
    """Dockyard lamp, 440 high, shade 240 wide, tilted to the left."""
    base = [(0.0, 84.0), (3, 88.0), (16, 88.0), (20, 84.0)]
    chance = inks.dice("lamp base")
    rings = _table_lamp_rings(chance)
    rod = _table_lamp_rod(ink)
    shade = [
        (0.0, 120.0),
        (6, 119.0),
        (44, 96.0),
        (84, 52.0),
        (104, 30.0),
        (112, 27.0),
        (136, 26.0),
        (142, 20.0),
    ]
    head = (
        _shade(ink, shade, colour, lit=lit)
        + solids.disc(ink, 142, 20, inks.darker(colour, 0.1))
        + _front_lip(ink, 119, colour)
    )
    knob = solids.turned(ink, [(20.0, 9.0), (22, 10.0), (32, 9.5), (35, 7.0)], BRASS, solids.METAL)
    return (
        _table_lamp_ground(ink, base, knob, rings, rod)
        + ellipse(
            0,
            -393,
            12,
            12,
            ink.radial(
                (0, inks.lighter(BRASS, 0.7)),
                (0.6, BRASS),
                (1, inks.darker(BRASS, 0.5)),
                centre=(0.35, 0.3),
            ),
        )
        + at(head, -66, -288, turned=14)
    )


def _table_lamp_ground(ink: Ink, base: list[Point], knob: str, rings: str, rod: str) -> str:
    return (
        solids.contact(ink, 92)
        + solids.turned(ink, base, OAK, solids.SOFT)
        + solids.disc(ink, 20, 84, OAK)
        + rings
        + at(knob, 52, 8)
        + rect(-5, -398, 10, 378, rod, rx=3)
        + solids.turned(ink, [(18.0, 13.0), (20, 14.0), (28, 13.0), (32, 6.0)], BRASS, solids.METAL)
        + path(
            "M0 -392L-34 -402",
            stroke=inks.darker(BRASS, 0.2),
            stroke_width=10,
            stroke_linecap="round",
        )
        + path(
            "M0 -394L-34 -404",
            stroke=inks.lighter(BRASS, 0.5),
            stroke_width=3,
            stroke_linecap="round",
        )
    )


def _table_lamp_rod(ink: Ink) -> str:
    return ink.linear(
        (0, inks.darker(BRASS, 0.2)),
        (0.3, inks.lighter(BRASS, 0.7)),
        (0.6, BRASS),
        (1, inks.darker(BRASS, 0.5)),
        line=(0, 0, 1, 0),
    )


def _table_lamp_rings(chance: random.Random) -> str:
    return "".join(
        (
            f'<ellipse cx="{num(chance.uniform(-2, 2))}" cy="-20" rx="{num(r)}" '
            f'ry="{num(r * solids.EYE)}" fill="none" stroke="{inks.darker(OAK, 0.35)}" '
            'stroke-width="0.7" opacity="0.4"/>'
        )
        for r in range(12, 84, 8)
    )


def pendant(
    ink: Ink, colour: str, *, radius: float = 200, cord: float = 500, lit: bool = True
) -> str:
    """Wide shade on a cord; the origin is the middle of its mouth."""
    k = radius / 200
    shade = [
        (0.0, radius),
        (8 * k, radius - 1),
        (40 * k, 168 * k),
        (84 * k, 104 * k),
        (112 * k, 58 * k),
        (124 * k, 42 * k),
        (150 * k, 40 * k),
        (160 * k, 30 * k),
    ]
    holes = "".join(
        ellipse(
            s * 32 * k,
            -137 * k + (32 - abs(s) * 32) * 0.16 * k,
            3.4 * k,
            4.6 * k,
            "#FFE9B0" if lit else inks.darker(colour, 0.6),
        )
        for s in (-0.8, -0.35, 0.15, 0.62)
    )
    cap = solids.turned(
        ink,
        [(158 * k, 22 * k), (162 * k, 24 * k), (176 * k, 20 * k), (184 * k, 8 * k)],
        BRASS,
        solids.METAL,
    )
    line = path(f"M0 {num(-180 * k)}V{num(-cord)}", stroke="#2A2724", stroke_width=5 * k) + path(
        f"M{num(-1.2 * k)} {num(-180 * k)}V{num(-cord)}",
        stroke="#6A625A",
        stroke_width=1.6 * k,
        stroke_dasharray="3 3",
    )
    return (
        line
        + _shade(ink, shade, colour, lit=lit)
        + holes
        + cap
        + _front_lip(ink, radius - 1, colour)
    )


def floor_lamp(ink: Ink, colour: str, *, lit: bool = True) -> str:
    """Oak mast with a linen shade, 1520 high."""
    base = [(0.0, 150.0), (4, 154.0), (14, 152.0), (20, 60.0), (26, 24.0)]
    mast = _floor_lamp_mast(ink)
    shade = "M-210 -1180L-165 -1520H165L210 -1180A210 40 0 0 1 -210 -1180Z"
    cloth = "#F0DDB6" if lit and inks.brightness(colour) > 0.5 else colour
    light = ink.linear(
        (0, inks.darker(cloth, 0.18)),
        (0.18, inks.lighter(cloth, 0.15)),
        (0.5, inks.lighter(cloth, 0.55 if lit else 0.2)),
        (0.8, cloth),
        (1, inks.darker(cloth, 0.28)),
        line=(0, 0, 1, 0),
    )
    pool = _floor_lamp_pool(ink, lit)
    weave = ink.pattern(
        9,
        9,
        path("M0 2H9", stroke=inks.darker(cloth, 0.3), stroke_width=1.2, opacity=0.4)
        + path("M2 0V9", stroke=inks.lighter(cloth, 0.6), stroke_width=1.2, opacity=0.4),
    )
    top = ellipse(0, -1520, 165, 26, inks.darker(cloth, 0.2)) + ellipse(
        0, -1518, 158, 22, "#FFF4D2" if lit else inks.darker(cloth, 0.5)
    )
    edges = path(
        "M-210 -1180A210 40 0 0 0 210 -1180", stroke=inks.darker(cloth, 0.25), stroke_width=7
    ) + path("M-165 -1520A165 26 0 0 0 165 -1520", stroke=inks.lighter(cloth, 0.3), stroke_width=5)
    return (
        solids.contact(ink, 160)
        + solids.turned(ink, base, inks.BLACK, solids.POWDER)
        + solids.disc(ink, 26, 24, inks.BLACK)
        + mast
        + rect(
            -19,
            -640,
            38,
            26,
            ink.linear(
                (0, inks.darker(BRASS, 0.2)),
                (0.3, inks.lighter(BRASS, 0.7)),
                (1, inks.darker(BRASS, 0.5)),
                line=(0, 0, 1, 0),
            ),
        )
        + top
        + path(shade, light)
        + path(shade, weave)
        + path(shade, pool)
        + edges
    )


def _floor_lamp_pool(ink: Ink, lit: bool) -> str:
    return (
        ink.radial(
            (0, "#FFF3CF", 0.75),
            (0.5, "#FFE3A2", 0.3),
            (1, "#FFE3A2", 0),
            centre=(0.5, 0.55),
            radius=0.5,
        )
        if lit
        else "none"
    )


def _floor_lamp_mast(ink: Ink) -> str:
    return solids.wood(ink, -15, -1240, 30, 1220, OAK, seed="mast", upright=True) + rect(
        -15,
        -1240,
        30,
        1220,
        ink.linear(
            (0, inks.WARM, 0.2),
            (0.3, inks.WARM, 0.4),
            (0.6, inks.COOL, 0.05),
            (1, inks.COOL, 0.5),
            line=(0, 0, 1, 0),
        ),
    )
