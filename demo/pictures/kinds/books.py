"""Bound things: notebooks, a calendar and a book. Millimetres."""

from demo.pictures import ink as inks
from demo.pictures import lettering, scene, solids
from demo.pictures.ink import ANTHRACITE, BRICK, CHALK, HARBOUR, SAND, Ink, at, num, path, rect
from demo.pictures.kinds import artworks, emblems, marks, townscapes

PAPER = "#F8F3E8"


def notebook(ink: Ink, colour: str) -> str:
    """Linen-bound A5 book from above, 148 × 210."""
    cover = "M-72 -105H68Q74 -105 74 -99V99Q74 105 68 105H-72Z"
    light = ink.linear(
        (0, inks.lighter(colour, 0.24)),
        (0.5, colour),
        (1, inks.darker(colour, 0.2)),
        line=(0, 0, 1, 0.9),
    )
    weave = _notebook_weave(colour)
    spine = ink.linear(
        (0, inks.COOL, 0.42),
        (0.35, inks.WARM, 0.2),
        (0.75, inks.COOL, 0.26),
        (1, inks.COOL, 0),
        line=(0, 0, 1, 0),
    )
    mark = inks.BRASS if inks.brightness(colour) < 0.6 else ANTHRACITE
    pages = (
        rect(-70, 101, 140, 7, PAPER)
        + path("M-70 103H70M-70 105H70M-70 107H70", stroke="#B9AE99", stroke_width=0.4)
        + rect(70, -101, 6.5, 209, PAPER)
        + path("M72 -101V108M74 -101V108", stroke="#B9AE99", stroke_width=0.4)
    )
    label = (
        rect(-30, -70, 74, 34, "#F4EDDF", rx=1)
        + rect(-28, -68, 70, 30, "none", stroke=ANTHRACITE, stroke_width=0.5, opacity=0.6)
        + lettering.line("LOGBUCH", 7, -52, 6.2, ANTHRACITE, weight=1.3)
        + path("M-16 -44H30", stroke=ANTHRACITE, stroke_width=0.4, opacity=0.6)
    )
    ribbons = path(
        "M-20 104C-22 116 -17 124 -21 136l4 -3l4 4C-12 124 -15 116 -13 104Z",
        BRICK if colour != inks.BRICK else SAND,
    ) + path("M-6 104C-6 112 -3 118 -5 127l4 -2l3 4C3 118 1 112 1 104Z", inks.SIGNAL)
    return (
        ribbons
        + pages
        + path("M-74 104H70Q77 104 77 98V104Q76 110 70 110H-74Z", inks.darker(colour, 0.35))
        + path(cover, light)
        + weave
        + rect(-74, -105, 22, 210, spine)
        + path(
            "M-71 -104.4H68Q73.4 -104.4 73.4 -99",
            stroke=inks.lighter(colour, 0.7),
            stroke_width=0.7,
            opacity=0.6,
        )
        + label
        + at(marks.anchor(mark), 7, 78, 0.2)
    )


def _notebook_weave(colour: str) -> str:
    return path(
        inks.lines(-73.6, -104, 147, 208, 0.9),
        stroke=inks.lighter(colour, 0.6),
        stroke_width=0.3,
        opacity=0.22,
    ) + path(
        inks.lines(-73, -104.6, 146, 209, 1.1, upright=True),
        stroke=inks.darker(colour, 0.6),
        stroke_width=0.3,
        opacity=0.28,
    )


NOTEBOOK_SHAPE = "M-74 -105H76V109H-74Z"


def open_book(ink: Ink, *, dotted: bool = False) -> str:
    """Two open pages, 290 × 210."""
    left = ink.linear((0, "#FBF7ED"), (0.8, "#F3ECDD"), (1, "#CFC4AF"), line=(0, 0, 1, 0))
    right = ink.linear((0, "#C9BEA9"), (0.2, "#F1EADB"), (1, "#FBF7ED"), line=(0, 0, 1, 0))
    if dotted:
        lines = "".join(
            f"M{x} {y}h.01"
            for x in [*range(-136, -8, 6), *range(12, 140, 6)]
            for y in range(-92, 96, 6)
        )
        mark = path(lines, stroke="#8A8172", stroke_width=0.9, stroke_linecap="round", opacity=0.7)
    else:
        mark = path(
            "".join(f"M-138 {y}H-8M8 {y}H138" for y in range(-84, 96, 8)),
            stroke="#9DB0BC",
            stroke_width=0.45,
        )
    return (
        path("M-146 -104H-2V106H-146ZM2 -104H146V106H2Z", "#DDD2BE")
        + path("M-145 -105Q-72 -109 0 -103V105Q-72 100 -145 105Z", left)
        + path("M145 -105Q72 -109 0 -103V105Q72 100 145 105Z", right)
        + mark
        + path("M0 -103V105", stroke="#8C8069", stroke_width=0.6, opacity=0.7)
    )


def writing(
    x: float, y: float, width: float, lines: int, step: float, colour: str = HARBOUR
) -> str:
    """Handwriting nobody can read."""
    chance = inks.dice("hand", x, y)
    data = []
    for i in range(lines):
        pen, end = x, x + width * (1 if i < lines - 1 else 0.45)
        data.append(f"M{num(pen)} {num(y + i * step)}")
        while pen < end:
            wide, high = chance.uniform(1.1, 2.1), chance.choice((2.2, 2.4, 3.8, 2.2))
            data.append(
                f"q{num(wide * 0.3)} {num(-high)} {num(wide * 0.7)} "
                f"{num(-high * 0.3)}t{num(wide * 0.4)} {num(high * 0.3)}"
            )
            pen += wide * 1.1
            if chance.random() < 0.2:
                data.append(f"m{num(2.2)} 0")
                pen += 2.2
    return path(
        "".join(data),
        stroke=colour,
        stroke_width=0.55,
        stroke_linecap="round",
        stroke_linejoin="round",
        opacity=0.9,
    )


def booklet(ink: Ink, colour: str) -> str:
    """A6 notebook with card cover, 105 × 148."""
    light = ink.linear(
        (0, inks.lighter(colour, 0.2)), (1, inks.darker(colour, 0.15)), line=(0, 0, 1, 1)
    )
    mark = CHALK if inks.brightness(colour) < 0.6 else ANTHRACITE
    staples = path("M-51.6 -40v14M-51.6 26v14", stroke="#D9DADA", stroke_width=1.1)
    return (
        rect(-51, -73, 105, 149, PAPER, rx=3)
        + rect(-52.5, -74, 105, 148, light, rx=3)
        + rect(-52.5, -74, 6, 148, inks.COOL, opacity=0.14)
        + staples
        + rect(-30, -52, 60, 26, "none", stroke=mark, stroke_width=0.7, opacity=0.9)
        + lettering.line("KLADDE", 0, -36, 6.4, mark, weight=1.3)
        + at(emblems.emblem("waves", mark), 0, 40, 0.7)
    )


def calendar(ink: Ink) -> str:
    """Perpetual wall calendar, 210 × 420, the hook at the origin."""
    days = "".join(
        lettering.line(
            str(d),
            -78 + ((d - 1) % 8) * 22.3,
            300 + ((d - 1) // 8) * 26,
            5.2,
            ANTHRACITE if d != 17 else BRICK,
            weight=1.2,
        )
        for d in range(1, 32)
    )
    wire = "".join(
        path(f"M{-96 + k * 8} 26v11", stroke="#2B2F33", stroke_width=2.2, stroke_linecap="round")
        for k in range(25)
    )
    image = ink.clipped(
        at(artworks.MOTIFS["kunstdruck-leuchtturm"](ink), -95, 4, 0.272),
        rect(-92, 44, 184, 196, "#000"),
    )
    shape = "M-105 30H105V420H-105Z"
    return (
        path("M-70 22L0 -30L70 22", stroke="#8A7B62", stroke_width=1.6)
        + scene.lying_shadow(ink, shape, height=8)
        + rect(-105, 30, 210, 390, ink.linear((0, "#FBF7EE"), (1, "#EFE7D8")))
        + image
        + lettering.line("JULI", -78, 272, 13, BRICK, weight=1.1, anchor="start")
        + path("M-84 281H84", stroke=ANTHRACITE, stroke_width=0.6)
        + days
        + solids.wood(ink, -110, 16, 220, 14, "#D2B083", seed="beech", rx=2)
        + wire
    )


def book(ink: Ink) -> str:
    """The brick book standing, its spine to the left; 170 × 240; foot at the origin."""
    colour = "#A4513B"
    front = ink.linear(
        (0, inks.lighter(colour, 0.2)), (1, inks.darker(colour, 0.14)), line=(0, 0, 1, 0.6)
    )
    side = ink.linear(
        (0, inks.darker(colour, 0.2)), (1, inks.darker(colour, 0.5)), line=(0, 0, 1, 0)
    )
    art = ink.clipped(
        townscapes.bricks(-80, -240, 170, 240, inks.lighter(colour, 0.6), course=12),
        rect(-80, -240, 170, 240, "#000"),
    )
    gate = "M-45 -30V-120H-25V-140H-10V-160H20V-140H35V-120H55V-30Z"
    arch = "M-16 -30V-84Q5 -112 26 -84V-30Z"
    return (
        solids.footing(ink, -98, 90)
        + path("M-80 0L-102 -9V-232L-80 -240Z", side)
        + path("M-80 -240L-102 -232L64 -246L90 -240Z", "#F3EBDC")
        + path("M-90 -236L78 -243M-96 -234L70 -244.5", stroke="#C9BDA6", stroke_width=0.5)
        + rect(-80, -240, 170, 240, front)
        + art
        + path(gate, inks.lighter("#D9B79B", 0.3))
        + path(arch, inks.darker(colour, 0.45))
        + path(
            "M-30 -110v26M40 -110v26M-38 -54v16M48 -54v16",
            stroke=inks.darker(colour, 0.4),
            stroke_width=6,
        )
        + rect(-66, -222, 142, 46, CHALK)
        + lettering.line("BACKSTEIN", 5, -196, 13, ANTHRACITE, weight=1.3)
        + lettering.line("EIN SPAZIERGANG", 5, -182, 5, ANTHRACITE, weight=1.1)
        + rect(-80, -240, 7, 240, inks.COOL, opacity=0.2)
    )
