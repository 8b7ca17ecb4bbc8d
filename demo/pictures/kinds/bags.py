"""Bags and jars for tea, coffee and sugar, with what is in them lying beside. Millimetres."""

import math

from demo.pictures import ink as inks
from demo.pictures import lettering, solids
from demo.pictures.ink import Ink, at, ellipse, num, path, rect


def emblem(name: str, colour: str) -> str:
    """A small mark in a box from -20 to 20, one for each tea and coffee."""
    stroke = {
        "stroke": colour,
        "stroke_width": 2.0,
        "stroke_linecap": "round",
        "stroke_linejoin": "round",
    }
    wave = "M-18 {0}q4.5 -6 9 0t9 0t9 0t9 0"
    marks = {
        "waves": path("".join(wave.format(y) for y in (-8, 1, 10)), **stroke),
        "hills": path("M-19 12L-6 -10L2 3L8 -4L19 12ZM-10 -3L-6 -1L-3 -4", **stroke),
        "wind": path("M-18 -6H8a6 6 0 1 0 -6 -6M-18 2H14a6 6 0 1 1 -6 7M-18 10H0", **stroke),
        "sun": path(
            "M-18 10H18M-11 10a11 11 0 0 1 22 0M0 -6V-14M-11 -2L-16 -8M11 -2L16 -8", **stroke
        ),
        "moon": path("M6 -14A14 14 0 1 0 14 6A11 11 0 0 1 6 -14Z", **stroke),
        "meadow": path(
            "M-14 14C-14 0 -12 -6 -16 -12M-4 14C-4 -2 0 -8 -2 -16M6 14C6 2 4 -4 9 -12M14 14C14 6 16 2 17 -4M-19 14H19",
            **stroke,
        )
        + "".join(ellipse(x, y, 3, 3, colour) for x, y in ((-16, -13), (-2, -17), (9, -13))),
        "crane": path(
            "M-10 16V-14H16L-10 -6M-16 -14H-10M12 -14V-4M9 -4H15V2H9ZM-16 16H0", **stroke
        ),
        "gable": path(
            "M-16 16V2H-10V-6H-4V-14H4V-6H10V2H16V16ZM-3 16V6a3 3 0 0 1 6 0V16", **stroke
        ),
        "bell": path(
            "M-12 10C-8 6 -10 -12 0 -12C10 -12 8 6 12 10ZM-3 10a3 3 0 0 0 6 0M0 -12V-16", **stroke
        ),
        "calm": path("M-18 8H18M-10 14H10M0 4V-16L12 2H-9Z", **stroke),
        "crystal": path(
            "M0 -15L12 -6L8 13H-8L-12 -6ZM-12 -6H12M0 -15L-4 -6L-8 13M0 -15L4 -6L8 13", **stroke
        ),
        "hive": path(
            "M-10 14C-18 6 -14 -14 0 -14C14 -14 18 6 10 14ZM-14 -2H14M-13 6H13M-10 -9H10M-3 14a3 3 0 0 1 6 0",
            **stroke,
        ),
    }
    return marks[name]


def pouch(
    ink: Ink,
    paper: str,
    label: str,
    title: str,
    mark: str,
    *,
    weight: str = "250 G",
    height: float = 210,
    width: float = 120,
) -> str:
    """Block-bottom bag with folded top, clip and label."""
    h, w = height, width / 2
    front = f"M{num(-w + 2)} 0L{num(-w)} {num(-h * 0.5)}L{num(-w + 3)} {num(-h)}H{num(w - 3)}L{num(w)} {num(-h * 0.5)}L{num(w - 2)} 0C{num(w * 0.4)} 4 {num(-w * 0.4)} 4 {num(-w + 2)} 0Z"
    light = ink.linear(
        (0, inks.lighter(paper, 0.1)),
        (0.2, inks.lighter(paper, 0.3)),
        (0.55, paper),
        (0.86, inks.darker(paper, 0.2)),
        (1, inks.darker(paper, 0.36)),
        line=(0, 0, 1, 0),
    )
    fall = ink.linear((0, inks.WARM, 0.16), (0.2, inks.COOL, 0.04), (1, inks.COOL, 0.24))
    creases = (
        f"M{num(-w + 13)} 2C{num(-w + 12)} {num(-h * 0.4)} {num(-w + 16)} {num(-h * 0.6)} {num(-w + 11)} {num(-h)}"
        f"M{num(w - 13)} 2C{num(w - 12)} {num(-h * 0.35)} {num(w - 17)} {num(-h * 0.7)} {num(w - 11)} {num(-h)}"
    )
    dents = f"M{num(-w * 0.7)} {num(-h * 0.86)}q{num(w * 0.5)} 7 {num(w * 1.1)} 0t{num(w * 0.4)} 2M{num(-w + 4)} {num(-h * 0.2)}q14 -9 20 -22M{num(w - 4)} {num(-h * 0.24)}q-13 -8 -17 -24"
    dark = inks.darker(paper, 0.5)
    top = h * 0.115
    fold = ink.linear(
        (0, inks.lighter(paper, 0.26)),
        (0.75, inks.darker(paper, 0.02)),
        (1, inks.darker(paper, 0.22)),
    )
    wide = min(40.0, 40 * 62 / max(lettering.width_of(title, 9.0), 62))
    on_label = inks.CHALK if inks.brightness(label) < 0.55 else inks.ANTHRACITE
    ls, lt = w * 0.74, h * 0.74
    tag = (
        rect(-ls + 1, -lt + 1.5, 2 * ls, h * 0.52, inks.COOL, opacity=0.18, rx=1)
        + rect(
            -ls,
            -lt,
            2 * ls,
            h * 0.52,
            ink.linear(
                (0, inks.lighter(label, 0.14)),
                (0.5, label),
                (1, inks.darker(label, 0.16)),
                line=(0, 0, 1, 0.2),
            ),
            rx=1,
        )
        + rect(
            -ls + 3,
            -lt + 3,
            2 * ls - 6,
            h * 0.52 - 6,
            "none",
            stroke=on_label,
            stroke_width=0.6,
            opacity=0.6,
        )
        + at(emblem(mark, on_label), 0, -lt + h * 0.165, h / 210 * 0.95)
        + lettering.line(title, 0, -lt + h * 0.335, 9 * wide / 40, on_label, weight=1.35)
        + path(f"M-14 {num(-lt + h * 0.375)}H14", stroke=on_label, stroke_width=0.6, opacity=0.7)
        + lettering.line("KONTOR", 0, -lt + h * 0.425, 4.4, on_label, weight=1.2)
        + lettering.line(weight, 0, -lt + h * 0.475, 4.2, on_label, weight=1.1, opacity=0.85)
    )
    return (
        solids.footing(ink, -w + 3, w - 1)
        + path(front, light)
        + path(front, fall)
        + path(creases, stroke=dark, stroke_width=0.9, opacity=0.35)
        + at(path(creases, stroke="#FFFFFF", stroke_width=0.8, opacity=0.3), -1.1, 0)
        + path(dents, stroke=dark, stroke_width=1.1, opacity=0.16, stroke_linecap="round")
        + at(
            path(dents, stroke="#FFFFFF", stroke_width=1.1, opacity=0.28, stroke_linecap="round"),
            -0.8,
            -1,
        )
        + rect(-w + 2, -h - 2, 2 * w - 4, top, fold, rx=1.5)
        + rect(-w + 2, -h + top - 2, 2 * w - 4, 5, inks.COOL, opacity=0.16)
        + path(
            f"M{num(-w + 3)} {num(-h + top * 0.5)}H{num(w - 3)}",
            stroke=dark,
            stroke_width=0.5,
            opacity=0.25,
        )
        + tag
    )


def valve(ink: Ink) -> str:
    """The one-way valve of a coffee bag."""
    return (
        ellipse(0, 0, 5.5, 5.5, inks.COOL, opacity=0.25)
        + ellipse(-0.4, -0.5, 5, 5, ink.radial((0, "#EDE7DC"), (1, "#A9A296"), centre=(0.35, 0.3)))
        + "".join(ellipse(x, 0, 0.6, 0.6, "#5B554C") for x in (-1.6, 0.4, 2))
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
        f'<ellipse cx="4" cy="2" rx="{num(width * 0.6)}" ry="{num(height * 0.3)}" fill="#2B211E" opacity="0.22"/>'
    ]
    parts.append(
        path(
            f"M{num(-width / 2)} 2Q{num(-width / 4)} {num(-height * 0.9)} 0 {num(-height * 0.93)}Q{num(width / 4)} {num(-height * 0.9)} {num(width / 2)} 2Q0 {num(height * 0.42)} {num(-width / 2)} 2Z",
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
            f"M{num(x - dx / 2)} {num(y - dy / 2)}q{num(dx / 2 + dy * 0.3)} {num(dy / 2 - dx * 0.2)} {num(dx)} {num(dy)}"
        )
        if len(strokes[colour]) >= 12:
            parts.append(
                path(
                    "".join(strokes[colour]),
                    stroke=colour,
                    stroke_width=thick,
                    stroke_linecap="round",
                )
            )
            parts.append(
                at(
                    path(
                        "".join(strokes[colour][:5]),
                        stroke=inks.lighter(colour, 0.4),
                        stroke_width=thick * 0.4,
                        stroke_linecap="round",
                    ),
                    -0.2,
                    -0.3,
                )
            )
            strokes[colour] = []
    return "".join(parts)


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
    shade = f'<ellipse cx="6" cy="4" rx="{num(width * 0.58)}" ry="{num(height * 0.4)}" fill="#2B211E" opacity="0.22"/>'
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


def honey_jar(ink: Ink, *, height: float = 92) -> str:
    """Glass of honey with a cloth-coloured lid and label."""
    body = [(0.0, 36.0), (3, 40.0), (8, 41.0), (60, 41.0), (72, 38.0), (78, 34.0)]
    lid = [(77.0, 36.0), (78, 37.0), (92, 37.0), (94, 35.5)]
    curve = solids.profile(body)
    honey = "#8E4A17"
    label = inks.CHALK
    shape = path(solids.outline(curve), "#000")
    glow = ink.radial((0, "#F2B24A", 0.75), (1, "#F2B24A", 0), centre=(0.62, 0.6), radius=0.42)
    band = solids.turned(ink, [(16.0, 41.2), (36.0, 41.2), (58.0, 41.2)], label, solids.SOFT)
    bees = at(emblem("hive", inks.BRICK), 0, -41, 0.55) + lettering.line(
        "HEIDEHONIG", 0, -21.5, 5, inks.ANTHRACITE, weight=1.2
    )
    return (
        solids.contact(ink, 42)
        + solids.turned(ink, body, honey, solids.Finish(gloss=0.9, contrast=0.6))
        + ink.clipped(rect(-45, -80, 90, 85, glow), shape)
        + band
        + at(bees, 0, 8)
        + path(solids.outline(curve, left=-0.86, right=-0.74), "#FFFFFF", opacity=0.35)
        + solids.turned(ink, lid, inks.BRASS, solids.METAL)
        + solids.disc(ink, 94, 35.5, inks.BRASS)
    )
