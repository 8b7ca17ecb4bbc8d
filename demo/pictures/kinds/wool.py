"""Balls of wool and what is knitted from them. Millimetres."""

import math

from demo.pictures import ink as inks
from demo.pictures import lettering, solids
from demo.pictures.ink import (
    ANTHRACITE,
    CHALK,
    Ink,
    at,
    num,
    path,
    rect,
)


def knitted(colour: str, rows: int, columns: int, size: float) -> str:
    """A patch of stocking stitch, upper left at the origin."""
    one = []
    for row in range(rows):
        for col in range(columns):
            x, y = col * size, row * size * 0.74
            one.append(
                f"M{num(x)} {num(y)}q{num(size * 0.12)} {num(size * 0.5)} {num(size * 0.5)} "
                f"{num(size * 0.86)}q{num(size * 0.38)} {num(-size * 0.36)} {num(size * 0.5)} "
                f"{num(-size * 0.86)}"
            )
    data = "".join(one)
    return (
        rect(
            0,
            -size * 0.2,
            columns * size,
            rows * size * 0.74 + size * 0.3,
            inks.darker(colour, 0.4),
        )
        + path(
            data, stroke=inks.darker(colour, 0.12), stroke_width=size * 0.4, stroke_linecap="round"
        )
        + path(
            data,
            stroke=inks.lighter(colour, 0.28),
            stroke_width=size * 0.14,
            stroke_linecap="round",
            opacity=0.8,
        )
    )


def yarn(ink: Ink, colour: str, *, radius: float = 52) -> str:
    """A ball of wool with its paper band; foot at the origin."""
    light = ink.radial(
        (0, inks.lighter(colour, 0.35)),
        (0.5, colour),
        (1, inks.darker(colour, 0.55)),
        centre=(0.35, 0.28),
        radius=0.8,
    )
    chance = inks.dice("yarn")
    parts = []
    for lean, first, last in (
        (-58, -1.0, 1.0),
        (34, -0.68, 0.42),
        (-14, -0.62, 0.5),
        (72, -0.5, 0.6),
        (8, -0.42, 0.7),
    ):
        data = ""
        for k in range(13):
            y = (-1 + (k + 0.5) * 2 / 13) * radius
            bend = radius * 0.26 * chance.uniform(0.7, 1.2)
            if first * radius <= y <= last * radius:
                half = math.sqrt(max(0.0, radius**2 - y**2)) * 0.985
                data += f"M{num(-half)} {num(y)}Q0 {num(y + bend)} {num(half)} {num(y)}"
        strands = path(data, stroke=inks.darker(colour, 0.5), stroke_width=3.4, opacity=0.5)
        gleam = path(data, stroke=inks.lighter(colour, 0.16), stroke_width=2.6, opacity=0.75)
        parts.append(at(strands + at(gleam, -0.5, -0.9), 0, 0, turned=lean))
    ball = f'<circle cx="0" cy="0" r="{num(radius)}" fill="#000"/>'
    shade = _yarn_shade(ink)
    band = _yarn_band(colour, radius)
    whole = f'<circle cx="0" cy="0" r="{num(radius)}" fill="{light}"/>' + ink.clipped(
        "".join(parts) + band + f'<circle cx="0" cy="0" r="{num(radius)}" fill="{shade}"/>', ball
    )
    tail = (
        f"M{num(radius * 0.5)} -3C{num(radius * 1.3)} 6 {num(radius * 1.5)} -4 "
        f"{num(radius * 2.0)} 3S{num(radius * 2.6)} 8 {num(radius * 2.5)} 2"
    )
    end = path(
        tail, stroke=inks.darker(colour, 0.4), stroke_width=3.6, stroke_linecap="round"
    ) + at(
        path(tail, stroke=inks.lighter(colour, 0.15), stroke_width=2.4, stroke_linecap="round"),
        0,
        -0.6,
    )
    return solids.contact(ink, radius * 0.8) + end + at(whole, 0, -radius * 0.98)


def _yarn_shade(ink: Ink) -> str:
    return ink.radial(
        (0, inks.WARM, 0.3),
        (0.45, inks.WARM, 0),
        (0.75, inks.COOL, 0.12),
        (1, inks.COOL, 0.55),
        centre=(0.36, 0.28),
        radius=0.78,
    )


def _yarn_band(colour: str, radius: float) -> str:
    return (
        rect(-radius, -17, radius * 2, 34, CHALK)
        + path(
            f"M{-radius} -13H{radius}M{-radius} 13H{radius}",
            stroke=inks.darker(colour, 0.2),
            stroke_width=1.4,
        )
        + lettering.line("EIDER", 0, 2, 10, ANTHRACITE, weight=1.3)
        + lettering.line("100 G", 0, 10.5, 4.4, ANTHRACITE, weight=1.2)
    )
