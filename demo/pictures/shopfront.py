"""The front of the shop on the quay: gable, sign, awning, a lit window full of goods, a door."""

from demo.pictures import ink as inks
from demo.pictures import lettering
from demo.pictures.ink import (
    ANTHRACITE,
    BRICK,
    CHALK,
    HARBOUR,
    OAK,
    SEA,
    SIGNAL,
    Ink,
    at,
    ellipse,
    num,
    path,
    rect,
)
from demo.pictures.kinds import (
    bags,
    books,
    clocks,
    cups,
    frames,
    lamps,
    lanterns,
    townscapes,
    vessels,
    wool,
)

QUAY = 1010.0


def front(ink: Ink) -> str:
    left, right, top = 1250.0, 2330.0, 150.0
    wall = ink.linear((0, "#9A4C38"), (0.6, "#8A4231"), (1, "#6F3427"), line=(0, 0, 1, 0.5))
    steps = [
        (left, QUAY),
        (left, 330),
        (left + 130, 330),
        (left + 130, 250),
        (left + 270, 250),
        (left + 270, 180),
        (left + 410, 180),
        (left + 410, 110),
        (right - 410, 110),
        (right - 410, 180),
        (right - 270, 180),
        (right - 270, 250),
        (right - 130, 250),
        (right - 130, 330),
        (right, 330),
        (right, QUAY),
    ]
    shape = inks.polygon(steps)
    brick = ink.clipped(
        townscapes.bricks(left, top - 60, right - left, QUAY - top + 70, "#E0B79A", course=15),
        path(shape, "#000"),
    )
    copings = _front_copings(left, right)
    upper = "".join(_sash(ink, x, 200) for x in (left + 470, right - 590)) + "".join(
        _sash(ink, x, 272) for x in (left + 190, right - 310)
    )
    return (
        path(shape, wall)
        + brick
        + copings
        + upper
        + _window(ink)
        + _door(ink)
        + _sign(ink)
        + _awning(ink)
        + rect(left - 10, QUAY - 22, right - left + 20, 24, "#4A3A33")
    )


def _front_copings(left: float, right: float) -> str:
    return "".join(
        rect(x - 8, y - 12, wide + 16, 14, "#D9CBB4")
        for x, y, wide in (
            (left, 330, 130),
            (left + 130, 250, 140),
            (left + 270, 180, 140),
            (left + 410, 110, 260),
            (right - 410, 180, 140),
            (right - 270, 250, 140),
            (right - 130, 330, 130),
        )
    )


def _sash(ink: Ink, x: float, y: float) -> str:
    light = ink.linear((0, "#FFE3A4"), (1, "#F0B965"))
    frame = (
        f"M{num(x)} {num(y + 150)}V{num(y + 18)}Q{num(x + 60)} {num(y - 16)} {num(x + 120)} "
        f"{num(y + 18)}V{num(y + 150)}Z"
    )
    return (
        path(frame, light, stroke="#EFE3CE", stroke_width=9)
        + path(
            f"M{num(x + 60)} {num(y)}V{num(y + 150)}M{num(x)} {num(y + 76)}h120",
            stroke="#EFE3CE",
            stroke_width=6,
        )
        + rect(x - 12, y + 150, 144, 14, "#D9CBB4")
    )


def _window(ink: Ink) -> str:
    x, y, wide, high = 1330.0, 580.0, 620.0, 372.0
    inside = ink.radial(
        (0, "#FFF0C6"), (0.5, "#F7D694"), (1, "#C98F4E"), centre=(0.5, 0.3), radius=0.75
    )
    shelf = rect(x, y + 178, wide, 10, inks.darker(OAK, 0.2))
    goods = (
        at(frames.framed(ink, "kunstdruck-leuchtturm", OAK), x + 24, y + 22, 0.14)
        + at(frames.framed(ink, "kunstdruck-regatta", OAK), x + 500, y + 22, 0.14)
        + at(vessels.teapot(ink, SEA), x + 210, y + 178, 0.62)
        + at(cups.mug(ink, BRICK, drink=""), x + 298, y + 178, 0.62)
        + at(cups.mug(ink, HARBOUR, drink=""), x + 364, y + 178, 0.62)
        + at(vessels.jar(ink, CHALK, 110), x + 440, y + 178, 0.62)
        + at(vessels.vase(ink, BRICK, stems=False), x + 54, y + high, 0.62)
        + at(bags.pouch(ink, inks.KRAFT, BRICK, "FRIESISCH", "waves"), x + 132, y + high, 0.66)
        + at(bags.pouch(ink, "#2B3034", SIGNAL, "LADEKAI", "crane"), x + 222, y + high, 0.66)
        + at(lanterns.lantern(ink, SIGNAL), x + 318, y + high, 0.64)
        + at(books.book(ink), x + 418, y + high, 0.6)
        + at(clocks.desk_clock(ink), x + 506, y + high, 0.62)
        + at(wool.yarn(ink, SEA), x + 580, y + high, 0.6)
        + at(lamps.pendant(ink, HARBOUR, radius=120, cord=120), x + 310, y + 74, 0.62)
    )
    frame = rect(x, y, wide, high, "none", stroke="#22343F", stroke_width=18) + path(
        f"M{x + wide / 3} {y}v{high}M{x + 2 * wide / 3} {y}v{high}",
        stroke="#22343F",
        stroke_width=9,
    )
    gleam = path(
        f"M{x + 20} {y + 10}h150l-130 352h-20zM{x + 430} {y + 10}h70l-130 352h-70z",
        "#FFFFFF",
        opacity=0.1,
    )
    return (
        rect(x, y, wide, high, inside)
        + shelf
        + ink.clipped(goods, rect(x, y, wide, high, "#000"))
        + gleam
        + frame
        + rect(x - 24, y + high + 4, wide + 48, 22, "#D9CBB4")
    )


def _door(ink: Ink) -> str:
    x, y = 2030.0, 590.0
    panes = rect(x + 26, y + 30, 168, 220, ink.linear((0, "#FFE9B4"), (1, "#EDBB6C"))) + path(
        f"M{x + 110} {y + 30}v220M{x + 26} {y + 140}h168", stroke="#22343F", stroke_width=7
    )
    return (
        rect(x - 16, y - 16, 252, QUAY - y + 16, "#E5D8C0")
        + rect(x, y, 220, QUAY - y, ink.linear((0, "#34566E"), (1, "#22394A"), line=(0, 0, 1, 0)))
        + panes
        + rect(x + 26, y + 278, 168, 110, "none", stroke="#4B6E86", stroke_width=5)
        + ellipse(x + 200, y + 270, 9, 9, inks.BRASS)
        + rect(x - 34, QUAY - 14, 288, 20, "#8D7B69")
        + at(lettering.line("OFFEN", 0, 0, 12, ANTHRACITE, weight=1.4), x + 68, y + 92)
    )


def _sign(ink: Ink) -> str:
    board = rect(1330, 436, 920, 84, ink.linear((0, "#2C4A60"), (1, "#1E3445")), rx=4)
    return (
        rect(1336, 446, 920, 84, "#2B1C18", opacity=0.4, rx=4)
        + board
        + rect(1338, 444, 904, 68, "none", stroke=inks.BRASS, stroke_width=2.5, rx=3)
        + lettering.line("KONTOR", 1790, 500, 42, "#F3DFAE", weight=1.35, gap=9)
    )


def _awning(ink: Ink) -> str:
    parts, x, wide, n = [], 1306.0, 668.0, 12
    for i in range(n):
        colour = CHALK if i % 2 else HARBOUR
        top_x, low_x = x + 14 + i * (wide - 28) / n, x - 12 + i * (wide + 24) / n
        top_w, low_w = (wide - 28) / n, (wide + 24) / n
        light = ink.linear((0, inks.lighter(colour, 0.1)), (1, inks.darker(colour, 0.2)))
        parts.append(
            path(
                (
                    f"M{num(top_x)} 540h{num(top_w)}L{num(low_x + low_w)} "
                    f"606v14q{num(-low_w / 2)} 20 "
                    f"{num(-low_w)} 0v-14Z"
                ),
                light,
            )
        )
    return rect(1320, 612, 640, 60, ink.linear((0, "#2B1C18", 0.5), (1, "#2B1C18", 0))) + "".join(
        parts
    )
