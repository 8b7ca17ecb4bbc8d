"""Books, cards, sheets and boxes, most of them seen from above. Millimetres, centred."""

import math

from demo.pictures import ink as inks
from demo.pictures import lettering, scene, solids
from demo.pictures.ink import (
    ANTHRACITE,
    BRICK,
    CHALK,
    HARBOUR,
    KRAFT,
    SAND,
    Ink,
    at,
    num,
    path,
    rect,
)
from demo.pictures.kinds import artworks, bags, textiles

PAPER = "#F8F3E8"


def framed(ink: Ink, slug: str, colour: str, *, leaf: str = "") -> str:
    """A print in its wooden frame, 740 × 1030, upper left at the origin."""
    bar = 30.0
    w, h = artworks.WIDTH + 2 * bar, artworks.HEIGHT + 2 * bar
    outer = f"M0 0H{w}V{h}H0Z"
    rails = (
        solids.wood(ink, 0, 0, w, bar, inks.lighter(colour, 0.1), seed="top")
        + solids.wood(ink, 0, h - bar, w, bar, inks.darker(colour, 0.16), seed="foot")
        + ink.clipped(
            solids.wood(ink, 0, 0, bar, h, colour, seed="left", upright=True),
            path(f"M0 0L{bar} {bar}V{h - bar}L0 {h}Z", "#000"),
        )
        + ink.clipped(
            solids.wood(
                ink, w - bar, 0, bar, h, inks.darker(colour, 0.1), seed="right", upright=True
            ),
            path(f"M{w} 0L{w - bar} {bar}V{h - bar}L{w} {h}Z", "#000"),
        )
        + path(
            f"M0 0L{bar} {bar}M{w} 0L{w - bar} {bar}M0 {h}L{bar} {h - bar}M{w} {h}L{w - bar} {h - bar}",
            stroke=inks.darker(colour, 0.6),
            stroke_width=1,
            opacity=0.6,
        )
        + rect(
            1,
            1,
            w - 2,
            h - 2,
            "none",
            stroke=inks.lighter(colour, 0.5),
            stroke_width=1.6,
            opacity=0.5,
        )
    )
    inner = ink.linear((0, inks.COOL, 0.4), (1, inks.COOL, 0))
    glass = path(
        f"M{bar} {bar}H{w * 0.62}L{w * 0.3} {h - bar}H{bar}Z",
        ink.linear((0, "#FFFFFF", 0.16), (1, "#FFFFFF", 0.02), line=(0, 0, 0.6, 1)),
    )
    art = leaf or artworks.sheet(ink, slug)
    return (
        scene.lying_shadow(ink, outer, height=22, strength=0.42)
        + at(art, bar, bar)
        + rect(bar, bar, artworks.WIDTH, 16, inner)
        + rect(bar, bar, 3, artworks.HEIGHT, inks.COOL, opacity=0.22)
        + glass
        + rails
    )


def notebook(ink: Ink, colour: str) -> str:
    """Linen-bound A5 book from above, 148 × 210."""
    cover = "M-72 -105H68Q74 -105 74 -99V99Q74 105 68 105H-72Z"
    light = ink.linear(
        (0, inks.lighter(colour, 0.24)),
        (0.5, colour),
        (1, inks.darker(colour, 0.2)),
        line=(0, 0, 1, 0.9),
    )
    weave = path(
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
        + at(textiles.anchor(mark), 7, 78, 0.2)
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
                f"q{num(wide * 0.3)} {num(-high)} {num(wide * 0.7)} {num(-high * 0.3)}t{num(wide * 0.4)} {num(high * 0.3)}"
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
        + at(bags.emblem("waves", mark), 0, 40, 0.7)
    )


def fan(ink: Ink, cards: list[str], shape: str, *, spread: float = 11, step: float = 40) -> str:
    """Flat things fanned out, each with its shadow."""
    parts, middle = [], (len(cards) - 1) / 2
    for i, card in enumerate(cards):
        turn = (i - middle) * spread
        one = scene.lying_shadow(ink, shape, height=3.2, strength=0.3) + card
        parts.append(at(one, (i - middle) * step, abs(i - middle) * 7, turned=turn))
    return "".join(parts)


def postcard(ink: Ink, slug: str) -> str:
    """A6 card with a motif, 105 × 148."""
    return rect(-52.5, -74, 105, 148, artworks.PAPER, rx=0.6) + ink.clipped(
        at(artworks.MOTIFS[slug](ink), -52.5, -74, 0.15), rect(-47.5, -69, 95, 138, "#000")
    )


CARD_SHAPE = "M-52.5 -74H52.5V74H-52.5Z"


def envelope(ink: Ink) -> str:
    """Open envelope with harbour-blue lining, 162 × 114."""
    flap = "M-81 -57L0 -124L81 -57Z"
    lining = ink.linear((0, inks.lighter(HARBOUR, 0.15)), (1, inks.darker(HARBOUR, 0.3)))
    return (
        path(flap, "#EFE8DA")
        + path("M-72 -57L0 -117L72 -57Z", lining)
        + path(
            "".join(f"M{-70 + k * 10} -57q5 -4 10 0" for k in range(14)),
            stroke="#9FB4C2",
            stroke_width=0.6,
        )
        + rect(
            -81, -57, 162, 114, ink.linear((0, "#FBF8F0"), (1, "#E9E1D1"), line=(0, 0, 1, 1)), rx=1
        )
        + path("M-81 57L0 -8L81 57M-81 -57L-10 2M81 -57L10 2", stroke="#BFB4A0", stroke_width=0.6)
    )


ENVELOPE_SHAPE = "M-81 57V-57L0 -124L81 -57V57Z"


def letter(ink: Ink, *, written: bool = False) -> str:
    """A5 sheet with its blue horizon, 148 × 210."""
    laid = path(
        "".join(f"M-74 {y}H74" for y in range(-104, 105, 3)),
        stroke="#D8CFBD",
        stroke_width=0.3,
        opacity=0.7,
    )
    horizon = (
        path("M-60 84H60", stroke=HARBOUR, stroke_width=0.9)
        + path(
            "M18 84l8 -18l0 18M28 84V70l9 14",
            stroke=HARBOUR,
            stroke_width=0.8,
            stroke_linejoin="round",
        )
        + path("M-60 89q5 -3 10 0t10 0t10 0", stroke=HARBOUR, stroke_width=0.5)
    )
    text = writing(-56, -66, 108, 11, 11) if written else ""
    return (
        rect(-74, -105, 148, 210, ink.linear((0, "#FDFBF5"), (1, "#F0E9DA"), line=(0, 0, 1, 1)))
        + laid
        + horizon
        + text
    )


LETTER_SHAPE = "M-74 -105H74V105H-74Z"


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
    """The brick book standing, its spine to the left; 170 × 240 and 19 thick; foot at the origin."""
    colour = "#A4513B"
    front = ink.linear(
        (0, inks.lighter(colour, 0.2)), (1, inks.darker(colour, 0.14)), line=(0, 0, 1, 0.6)
    )
    side = ink.linear(
        (0, inks.darker(colour, 0.2)), (1, inks.darker(colour, 0.5)), line=(0, 0, 1, 0)
    )
    art = ink.clipped(
        artworks.bricks(-80, -240, 170, 240, inks.lighter(colour, 0.6), course=12),
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


def _print(x: float, y: float, width: float, height: float, colour: str, motif: str) -> str:
    """The pattern of the wrapping paper over a field."""
    if motif == "wellen":
        rows = range(int(height / 17))
        wave = "q8.5 -9 17 0t17 0" * int(width / 34)
        data = "".join(f"M{num(x + 3)} {num(y + 9 + row * 17)}{wave}" for row in rows)
        return path(data, stroke=colour, stroke_width=2.6)
    data = ""
    for row in range(int(height / 13)):
        start = x + (0 if row % 2 else 20)
        for column in range(int((x + width - start) / 40)):
            data += f"M{num(start + column * 40 + 1)} {num(y + 1 + row * 13)}h38v11h-38z"
        if row % 2 == 0:
            data += f"M{num(x)} {num(y + 1 + row * 13)}h19v11h-19z"
    return path(data, inks.lighter(colour, 0.06))


def roll(ink: Ink, colour: str, motif: str) -> str:
    """Roll of wrapping paper with a loose end, 700 long, lying; centred."""
    paper = inks.lighter(KRAFT, 0.45)
    loose, wound = (
        _print(-300, 40, 600, 266, colour, motif),
        _print(-306, -48, 606, 88, colour, motif),
    )
    light = ink.linear(
        (0, inks.COOL, 0.25), (0.28, inks.WARM, 0.5), (0.6, inks.WARM, 0), (1, inks.COOL, 0.6)
    )
    sheet = "M-300 0H300V300C200 318 60 296 -60 310C-160 320 -240 300 -300 306Z"
    curl = ink.linear(
        (0, inks.COOL, 0.45),
        (0.25, inks.WARM, 0.1),
        (0.7, inks.WARM, 0.25),
        (0.94, inks.COOL, 0.04),
        (1, inks.COOL, 0.2),
    )
    core = "".join(
        f'<ellipse cx="302" cy="-4" rx="{num(16 - k * 3)}" ry="{num(44 - k * 8.5)}" fill="none" stroke="{inks.darker(paper, 0.3)}" stroke-width="1.4"/>'
        for k in range(4)
    )
    return (
        scene.lying_shadow(ink, sheet, height=8)
        + path(sheet, paper)
        + loose
        + path(sheet, curl)
        + scene.lying_shadow(ink, "M-306 -48H306V40H-306Z", height=12, strength=0.4)
        + rect(-306, -48, 612, 88, paper, rx=8)
        + wound
        + rect(-306, -48, 612, 88, light, rx=8)
        + f'<ellipse cx="302" cy="-4" rx="18" ry="44" fill="{inks.darker(paper, 0.08)}"/>'
        + core
        + '<ellipse cx="302" cy="-4" rx="6" ry="15" fill="#6B5138"/>'
        + rect(-60, -49, 96, 90, CHALK, opacity=0.96)
        + rect(-60, -49, 96, 90, light)
        + lettering.line("5 M", -12, 2, 13, ANTHRACITE, weight=1.2)
        + lettering.line("KONTOR", -12, 22, 7, ANTHRACITE, weight=1.1)
    )


def gift_box(ink: Ink, colour: str) -> str:
    """Lidded box with linen ribbon, 240 wide, seen a little from above; foot at the origin."""
    front = ink.linear(
        (0, inks.lighter(colour, 0.16)),
        (0.6, colour),
        (1, inks.darker(colour, 0.28)),
        line=(0, 0, 1, 0.3),
    )
    top = ink.linear(
        (0, inks.lighter(colour, 0.42)), (1, inks.lighter(colour, 0.14)), line=(0, 0, 1, 0.6)
    )
    texture = ink.pattern(
        2.4,
        2.4,
        path("M0 1.2H2.4", stroke=inks.lighter(colour, 0.5), stroke_width=0.35, opacity=0.55),
    )
    band, deep = "#E6D6B8", "#C9B48D"
    lid = "M-124 -50V-92L-104 -140H104L124 -92V-50Z"
    bow = "".join(
        path(
            f"M0 -116C{s * 18} -150 {s * 66} -156 {s * 64} -130C{s * 62} -112 {s * 22} -108 0 -116Z",
            ink.linear((0, inks.lighter(band, 0.5)), (1, deep)),
        )
        + path(
            f"M{s * 4} -117C{s * 24} -132 {s * 44} -138 {s * 52} -132",
            stroke=inks.darker(band, 0.4),
            stroke_width=1,
            opacity=0.6,
        )
        + path(
            f"M{s * 2} -114C{s * 14} -104 {s * 30} -100 {s * 40} -86L{s * 26} -88C{s * 18} -98 {s * 8} -104 0 -110Z",
            ink.linear((0, band), (1, deep)),
        )
        for s in (-1, 1)
    )
    return (
        solids.footing(ink, -119, 119)
        + rect(-119, -52, 238, 52, front)
        + rect(-119, -52, 238, 8, inks.COOL, opacity=0.3)
        + path("M-124 -92H124V-46H-124Z", front)
        + path("M-124 -92L-104 -140H104L124 -92Z", top)
        + path(lid, texture)
        + path("M-124 -92H124", stroke=inks.lighter(colour, 0.6), stroke_width=1.2, opacity=0.7)
        + path(
            "M-14 0V-92L-11 -140H11L14 -92V0Z",
            ink.linear(
                (0, inks.lighter(band, 0.4)),
                (0.42, inks.lighter(band, 0.2)),
                (0.44, band),
                (1, deep),
            ),
        )
        + path("M-115 -112L115 -112L119 -101L-119 -101Z", band)
        + bow
        + f'<ellipse cx="0" cy="-115" rx="9" ry="7.5" fill="{band}" stroke="{deep}" stroke-width="1"/>'
    )


def gift_card(ink: Ink, colour: str, amount: str) -> str:
    """A card of 148 × 94 with its value."""
    mark = CHALK if inks.brightness(colour) < 0.6 else ANTHRACITE
    light = ink.linear(
        (0, inks.lighter(colour, 0.22)),
        (0.55, colour),
        (1, inks.darker(colour, 0.25)),
        line=(0, 0, 1, 1),
    )
    shape = rect(-74, -47, 148, 94, "#000", rx=5)
    waves = "".join(
        f"M-80 {num(16 + k * 8)}"
        + "".join(f"q9 {num((-1) ** j * (5 - k * 0.4))} 18 0" for j in range(9))
        for k in range(6)
    )
    skyline = "M-74 16V-2H-62V-10H-56V-18H-50V-10H-44V-2H-36V-8L-28 -22L-20 -8V-2H-12V-14H-8V-20H-2V-26H4V-20H10V-14H14V4H26V-6L34 -16L42 -6V16Z"
    return (
        rect(-74, -47, 148, 94, light, rx=5)
        + ink.clipped(
            path(skyline, mark, opacity=0.16)
            + path(waves, stroke=mark, stroke_width=1.3, opacity=0.35),
            shape,
        )
        + lettering.line("KONTOR", -62, -27, 8, mark, weight=1.3, anchor="start")
        + lettering.line(amount, 62, 34, 17, mark, weight=1.15, anchor="end")
        + rect(
            -73.4,
            -46.4,
            146.8,
            92.8,
            "none",
            stroke=inks.lighter(colour, 0.6),
            stroke_width=0.7,
            rx=4.6,
            opacity=0.6,
        )
    )


GIFT_CARD_SHAPE = "M-70 -47H70Q74 -47 74 -43V43Q74 47 70 47H-70Q-74 47 -74 43V-43Q-74 -47 -70 -47Z"


def pattern_sheet(ink: Ink) -> str:
    """A page of the sewing pattern, 210 × 297."""
    pieces = (
        path(
            "M-80 -110C-60 -116 -40 -112 -24 -124L-10 -108V60H-82C-76 0 -78 -60 -80 -110Z",
            stroke=HARBOUR,
            stroke_width=1.4,
        )
        + path("M20 -120L84 -96L76 -20L14 -36Z", stroke=BRICK, stroke_width=1.4)
        + path("M16 0H72V58H16Z", stroke=ANTHRACITE, stroke_width=1.4)
        + path(
            "M-74 -104C-58 -108 -42 -106 -26 -116M-16 -100V54M-76 54H-16M24 -112L78 -92M22 6H66V52H22Z",
            stroke="#8E8675",
            stroke_width=0.6,
            stroke_dasharray="4 2.4",
        )
        + path(
            "M-46 -80V30M-46 -80l-3 7M-46 -80l3 7M-46 30l-3 -7M-46 30l3 -7M48 -86V-36",
            stroke=ANTHRACITE,
            stroke_width=0.8,
        )
        + path("M-82 -50l6 3v-6zM-10 -20l-6 3v-6z", ANTHRACITE)
    )
    text = (
        lettering.line("FISCHERHEMD", -84, -130, 7.4, ANTHRACITE, weight=1.2, anchor="start")
        + lettering.rules(-84, 84, 76, 7, 7, ANTHRACITE, weight=1.3)
        + lettering.rules(10, 84, 76, 7, 7, ANTHRACITE, weight=1.3)
    )
    size = "".join(
        rect(
            60 + (k % 2) * 10,
            -142 + (k // 2) * 6,
            10,
            6,
            ANTHRACITE if (k + k // 2) % 2 else CHALK,
            stroke=ANTHRACITE,
            stroke_width=0.3,
        )
        for k in range(4)
    )
    return (
        rect(-105, -148.5, 210, 297, ink.linear((0, "#FDFBF6"), (1, "#EFE9DC"), line=(0, 0, 1, 1)))
        + pieces
        + text
        + size
    )


def knitting_sheet(ink: Ink) -> str:
    """A page of the knitting pattern, 210 × 297."""
    chart, cell = [], 7.2
    for row in range(16):
        for col in range(16):
            if (row + col) % 4 == 0 or abs(col - 7.5) + row < 9 and (row * col) % 3 == 1:
                chart.append(
                    f"M{num(-88 + col * cell)} {num(-20 + row * cell)}h{cell}v{cell}h-{cell}z"
                )
    grid = "".join(
        f"M-88 {num(-20 + k * cell)}H{num(-88 + 16 * cell)}M{num(-88 + k * cell)} -20V{num(-20 + 16 * cell)}"
        for k in range(17)
    )
    hat = at(textiles.beanie(ink, inks.SIGNAL), 0, -42, 0.34)
    return (
        rect(-105, -148.5, 210, 297, ink.linear((0, "#FDFBF6"), (1, "#EFE9DC"), line=(0, 0, 1, 1)))
        + lettering.line("LOTSENMÜTZE", -88, -122, 8.6, ANTHRACITE, weight=1.2, anchor="start")
        + hat
        + path("".join(chart), HARBOUR)
        + path(grid, stroke="#9C9484", stroke_width=0.5)
        + lettering.rules(42, -14, 46, 13, 8.6, ANTHRACITE, weight=1.2)
        + lettering.rules(-88, 112, 176, 3, 8, ANTHRACITE, weight=1.2)
    )


A4_SHAPE = "M-105 -148.5H105V148.5H-105Z"


def tablet(ink: Ink, page: str) -> str:
    """A tablet that shows a page; 190 × 270."""
    screen = rect(-85, -123, 170, 246, "#F4EFE4")
    return (
        rect(
            -95,
            -135,
            190,
            270,
            ink.linear((0, "#4A4E52"), (1, "#17191C"), line=(0, 0, 1, 1)),
            rx=13,
        )
        + rect(-92, -132, 184, 264, "#101214", rx=11)
        + screen
        + ink.clipped(at(page, 0, 0, 0.8), rect(-85, -123, 170, 246, "#000"))
        + path("M-85 -123H30L-60 123H-85Z", "#FFFFFF", opacity=0.07)
        + '<circle cx="0" cy="-127.5" r="1.4" fill="#2E3236"/>'
    )


TABLET_SHAPE = "M-95 -135H95V135H-95Z"


def knitted(colour: str, rows: int, columns: int, size: float) -> str:
    """A patch of stocking stitch, upper left at the origin."""
    one = []
    for row in range(rows):
        for col in range(columns):
            x, y = col * size, row * size * 0.74
            one.append(
                f"M{num(x)} {num(y)}q{num(size * 0.12)} {num(size * 0.5)} {num(size * 0.5)} {num(size * 0.86)}q{num(size * 0.38)} {num(-size * 0.36)} {num(size * 0.5)} {num(-size * 0.86)}"
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
    shade = ink.radial(
        (0, inks.WARM, 0.3),
        (0.45, inks.WARM, 0),
        (0.75, inks.COOL, 0.12),
        (1, inks.COOL, 0.55),
        centre=(0.36, 0.28),
        radius=0.78,
    )
    band = (
        rect(-radius, -17, radius * 2, 34, CHALK)
        + path(
            f"M{-radius} -13H{radius}M{-radius} 13H{radius}",
            stroke=inks.darker(colour, 0.2),
            stroke_width=1.4,
        )
        + lettering.line("EIDER", 0, 2, 10, ANTHRACITE, weight=1.3)
        + lettering.line("100 G", 0, 10.5, 4.4, ANTHRACITE, weight=1.2)
    )
    whole = f'<circle cx="0" cy="0" r="{num(radius)}" fill="{light}"/>' + ink.clipped(
        "".join(parts) + band + f'<circle cx="0" cy="0" r="{num(radius)}" fill="{shade}"/>', ball
    )
    tail = f"M{num(radius * 0.5)} -3C{num(radius * 1.3)} 6 {num(radius * 1.5)} -4 {num(radius * 2.0)} 3S{num(radius * 2.6)} 8 {num(radius * 2.5)} 2"
    end = path(
        tail, stroke=inks.darker(colour, 0.4), stroke_width=3.6, stroke_linecap="round"
    ) + at(
        path(tail, stroke=inks.lighter(colour, 0.15), stroke_width=2.4, stroke_linecap="round"),
        0,
        -0.6,
    )
    return solids.contact(ink, radius * 0.8) + end + at(whole, 0, -radius * 0.98)
