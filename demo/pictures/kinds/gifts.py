"""Wrapping paper, gift box and gift card. Millimetres."""

from demo.pictures import ink as inks
from demo.pictures import lettering, scene, solids
from demo.pictures.ink import ANTHRACITE, CHALK, KRAFT, Ink, num, path, rect


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
        (
            f'<ellipse cx="302" cy="-4" rx="{num(16 - k * 3)}" ry="{num(44 - k * 8.5)}" '
            f'fill="none" '
            f'stroke="{inks.darker(paper, 0.3)}" stroke-width="1.4"/>'
        )
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
    bow = _gift_box_bow(ink, band, deep)
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
        + (
            f'<ellipse cx="0" cy="-115" rx="9" ry="7.5" fill="{band}" stroke="{deep}" '
            'stroke-width="1"/>'
        )
    )


def _gift_box_bow(ink: Ink, band: str, deep: str) -> str:
    return "".join(
        path(
            (
                f"M0 -116C{s * 18} -150 {s * 66} -156 {s * 64} -130C{s * 62} -112 {s * 22} "
                f"-108 0 -116"
                "Z"
            ),
            ink.linear((0, inks.lighter(band, 0.5)), (1, deep)),
        )
        + path(
            f"M{s * 4} -117C{s * 24} -132 {s * 44} -138 {s * 52} -132",
            stroke=inks.darker(band, 0.4),
            stroke_width=1,
            opacity=0.6,
        )
        + path(
            (
                f"M{s * 2} -114C{s * 14} -104 {s * 30} -100 {s * 40} -86L{s * 26} -88C{s * 18} -98 "
                f"{s * 8} -104 0 -110Z"
            ),
            ink.linear((0, band), (1, deep)),
        )
        for s in (-1, 1)
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
    skyline = (
        "M-74 16V-2H-62V-10H-56V-18H-50V-10H-44V-2H-36V-8L-28 -22L-20 -8V-2H-12V-14H-8V-20"
        "H-2V-26H4V-20H10V-14H14V4H26V-6L34 -16L42 -6V16Z"
    )
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
