"""Loose tea, coffee beans and rock sugar, lying in heaps. Millimetres."""

import math

from demo.pictures import ink as inks
from demo.pictures.ink import (
    Ink,
    at,
    ellipse,
    num,
    path,
)

LEAVES = {
    "broken": (("#2B1B14", "#3C261A", "#4B3222", "#221511", "#5A3C28"), 2.6, 1.1),
    "whole": (("#4A3B22", "#5E4B2A", "#3A3420", "#7A6A40", "#2E2A1A"), 7.5, 1.2),
    "blue": (("#2A1D17", "#3A281C", "#221612", "#3F5F9B", "#2B1B14"), 4.5, 1.2),
    "sencha": (("#2F4A2B", "#3F6136", "#254022", "#567A44", "#1F3A20"), 7.0, 1.0),
    "rooibos": (("#8C3A1D", "#A54A25", "#74301A", "#D98A3A", "#9B4220"), 4.5, 0.8),
    "herbs": (("#6F8250", "#8B9A63", "#56693E", "#E2B63E", "#B7B98C"), 5.5, 2.2),
}


def leaves(kind: str, width: float = 110, height: float = 34, count: int = 330) -> str:
    """A heap of loose tea, standing on the floor."""
    colours, length, thick = LEAVES[kind]
    chance = inks.dice("leaves", kind)
    strokes: dict[str, list[str]] = {colour: [] for colour in colours}
    rows = sorted((chance.random() ** 0.8, chance.gauss(0, 0.36)) for _ in range(count))
    parts = [
        (
            f'<ellipse cx="4" cy="2" rx="{num(width * 0.6)}" ry="{num(height * 0.3)}" '
            f'fill="#2B211E" '
            'opacity="0.22"/>'
        )
    ]
    parts.append(
        path(
            (
                f"M{num(-width / 2)} 2Q{num(-width / 4)} {num(-height * 0.9)} 0 "
                f"{num(-height * 0.93)}"
                f"Q{num(width / 4)} {num(-height * 0.9)} {num(width / 2)} 2Q0 {num(height * 0.42)} "
                f"{num(-width / 2)} 2Z"
            ),
            colours[0],
        )
    )
    for depth, across in rows:
        x = max(-0.56, min(0.56, across)) * width
        hill = height * max(0.0, 1 - (2 * x / width) ** 2) ** 0.7
        y = -hill * (1 - depth) + depth * height * 0.16
        a = chance.uniform(-1.2, 1.2)
        dx, dy = length * math.cos(a), length * math.sin(a) * 0.6
        colour = chance.choice(colours)
        strokes[colour].append(
            f"M{num(x - dx / 2)} {num(y - dy / 2)}q{num(dx / 2 + dy * 0.3)} "
            f"{num(dy / 2 - dx * 0.2)} {num(dx)} {num(dy)}"
        )
        if len(strokes[colour]) >= 12:
            parts.append(_layer(strokes[colour], colour, thick))
            strokes[colour] = []
    return "".join(parts)


def _layer(strokes: list[str], colour: str, thick: float) -> str:
    """A dozen leaves of one colour; some of them catch the light."""
    body = path("".join(strokes), stroke=colour, stroke_width=thick, stroke_linecap="round")
    gleam = path(
        "".join(strokes[:5]),
        stroke=inks.lighter(colour, 0.4),
        stroke_width=thick * 0.4,
        stroke_linecap="round",
    )
    return body + at(gleam, -0.2, -0.3)


def bean(
    ink: Ink, colour: str, x: float, y: float, size: float, turn: float, *, belly: bool = False
) -> str:
    """One roasted bean, about 11 mm."""
    paint = ink.radial(
        (0, inks.lighter(colour, 0.42)),
        (0.45, inks.lighter(colour, 0.08)),
        (1, inks.darker(colour, 0.45)),
        centre=(0.34, 0.28),
        radius=0.75,
    )
    shape = ellipse(0.5, 0.9, 5.7, 4.1, "#1A0F0A", opacity=0.35) + ellipse(0, 0, 5.6, 4, paint)
    if belly:
        shape += path(
            "M-5 0.4C-2.4 -1.5 -0.6 1.6 1.6 0.2S4.4 -0.6 5.1 -0.3",
            stroke=inks.darker(colour, 0.65),
            stroke_width=0.9,
        )
        shape += path(
            "M-4.8 1.2C-2.4 -0.7 -0.6 2.3 1.6 0.9",
            stroke=inks.lighter(colour, 0.35),
            stroke_width=0.4,
            opacity=0.7,
        )
    else:
        shape += path(
            "M-3.4 -1.9Q0 -3.4 3 -2",
            stroke="#FFFFFF",
            stroke_width=0.7,
            opacity=0.3,
            stroke_linecap="round",
        )
    return at(shape, x, y, size, turned=turn)


def beans(ink: Ink, colour: str, width: float = 120, height: float = 30, count: int = 62) -> str:
    """A heap of coffee beans, standing on the floor."""
    chance = inks.dice("beans", colour, width)
    places = []
    for _ in range(count):
        x = max(-0.6, min(0.6, chance.gauss(0, 0.3))) * width
        hill = height * max(0.0, 1 - (2 * x / width) ** 2)
        depth = chance.random()
        places.append((-hill * (1 - depth) + depth * height * 0.3, x))
    shade = (
        f'<ellipse cx="6" cy="4" rx="{num(width * 0.58)}" ry="{num(height * 0.4)}" '
        'fill="#2B211E" opacity="0.22"/>'
    )
    return shade + "".join(
        bean(
            ink,
            inks.tone(colour, chance.uniform(-0.2, 0.15)),
            x,
            y,
            chance.uniform(0.92, 1.12),
            chance.uniform(-50, 50),
            belly=chance.random() < 0.45,
        )
        for y, x in sorted(places)
    )


def crystals(ink: Ink, count: int = 16, width: float = 90) -> str:
    """Pieces of white rock sugar."""
    chance = inks.dice("kluntje")
    parts = [
        f'<ellipse cx="8" cy="3" rx="{num(width * 0.62)}" ry="10" fill="#2B211E" opacity="0.18"/>'
    ]
    for y, x in sorted(
        (chance.uniform(-16, 6), chance.uniform(-0.5, 0.5) * width) for _ in range(count)
    ):
        s = chance.uniform(7, 12)
        points = [
            (x + s * math.cos(a) * chance.uniform(0.75, 1.1), y + s * 0.8 * math.sin(a))
            for a in (0.3, 1.3, 2.4, 3.4, 4.4, 5.4)
        ]
        centre = (x + chance.uniform(-2, 2), y - s * 0.12)
        shades = ("#DCE3E4", "#F4F3EE", "#FFFFFF", "#FDFBF6", "#E9ECEA", "#C6D0D3")
        for i, point in enumerate(points):
            parts.append(
                path(
                    inks.polygon([centre, point, points[(i + 1) % 6]]),
                    shades[(i + 4) % 6],
                    stroke="#B5C0C3",
                    stroke_width=0.25,
                )
            )
    return "".join(parts)
