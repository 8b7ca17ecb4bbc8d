"""Shirts and the hat, lying or hanging. Millimetres."""

import math

from demo.pictures import ink as inks
from demo.pictures import lettering
from demo.pictures.ink import (
    Ink,
    at,
    num,
    path,
    rect,
)
from demo.pictures.kinds import marks, textiles

SHIRT = (
    "M-92 -330C-60 -312 60 -312 92 -330C140 -318 205 -290 232 -262L330 -96L236 -40L206 -84"
    "C200 40 204 200 210 338C120 352 -120 352 -210 338C-204 200 -200 40 -206 -84L-236 -40L-330 -96"
    "L-232 -262C-205 -290 -140 -318 -92 -330Z"
)


LONG = (
    "M-118 -330C-70 -316 70 -316 118 -330C160 -318 210 -292 232 -258C272 -150 300 20 318 "
    "196L254 210"
    "C240 90 224 0 202 -70C200 40 202 200 208 338C120 350 -120 350 -208 338C-202 200 -200 40 "
    "-202 -70"
    "C-224 0 -240 90 -254 210L-318 196C-300 20 -272 -150 -232 -258C-210 -292 -160 -318 -118 -330Z"
)


FOLDS = (
    "M-196 -70C-150 -20 -170 90 -182 190",
    "M-120 -250C-150 -180 -186 -130 -204 -96",
    "M150 -230C170 -180 196 -140 205 -100",
    "M190 -40C150 60 176 180 186 300",
    "M-60 330C-74 240 -50 160 -90 60",
    "M70 334C86 230 60 170 92 70",
    "M10 336C4 280 14 220 2 170",
    "M-280 -120C-262 -150 -250 -190 -244 -226",
    "M282 -118C264 -150 252 -186 246 -222",
)


def t_shirt(ink: Ink, colour: str, motif: str) -> str:
    """T-shirt, lying, 660 mm over the sleeves."""
    mark = inks.CHALK if inks.brightness(colour) < 0.6 else inks.HARBOUR
    if motif == "anchor":
        on = at(marks.anchor(mark), 104, -178, 0.86)
    else:
        on = at(marks.gull("#FBF8F1", "#8E979B"), -6, -110, 1.35) + path(
            "M-120 -16q20 -12 40 0t40 0t40 0t40 0t40 0M-90 6q20 -12 40 0t40 0t40 0t40 0",
            stroke=inks.HARBOUR,
            stroke_width=5,
            stroke_linecap="round",
        )
    neck = "M-92 -330C-70 -262 70 -262 92 -330C60 -344 -60 -344 -92 -330Z"
    inside = path(neck, ink.linear((0, inks.darker(colour, 0.3)), (1, inks.darker(colour, 0.5))))
    label = rect(-16, -324, 32, 20, inks.CHALK, rx=1.5) + lettering.line(
        "KONTOR", 0, -311, 4.2, inks.ANTHRACITE, weight=1.3
    )
    collar = path(
        "M-99 -331C-76 -246 76 -246 99 -331", stroke=inks.darker(colour, 0.3), stroke_width=19
    ) + path(
        "M-98 -331C-75 -248 75 -248 98 -331", stroke=inks.lighter(colour, 0.1), stroke_width=15
    )
    hems = (
        "M-206 322C-120 336 120 336 206 322M316 -92L232 -45M-316 -92L-232 -45M-108 -326C-84 "
        "-236 84 -236 108 -326"
    )
    arms = path(
        "M-232 -262C-214 -200 -206 -140 -206 -84M232 -262C214 -200 206 -140 206 -84",
        stroke=inks.darker(colour, 0.5),
        stroke_width=2,
        opacity=0.45,
    )
    return (
        inside
        + label
        + textiles.cloth(ink, SHIRT, colour, FOLDS, on=on)
        + arms
        + textiles.seams(hems, colour)
        + collar
    )


def striped_shirt(ink: Ink, colour: str) -> str:
    """Long-sleeved shirt with knitted stripes."""
    body, arms = "", ""
    for y in range(-230, 340, 34):
        half = 204 + max(0.0, (-84 - y) * 0.12) + max(0.0, (y - 200) * 0.05)
        body += f"M{num(-half)} {y}C-100 {y + 12} 100 {y + 12} {num(half)} {y}"
    for sign in (-1, 1):
        for t in range(12):
            y = -210 + t * 34
            seam = 206 + max(0.0, (-84 - y) * 0.15) + max(0.0, (y + 70) * 0.185)
            arms += f"M{num(sign * seam)} {num(y + 8)}L{num(sign * (252 + t * 7.0))} {num(y - 10)}"
    on = path(body + arms, stroke=colour, stroke_width=13)
    neck = path(
        "M-118 -330C-80 -296 80 -296 118 -330C70 -342 -70 -342 -118 -330Z",
        inks.darker(inks.NATURAL, 0.35),
    )
    edge = path(
        "M-120 -331C-80 -290 80 -290 120 -331",
        stroke=inks.lighter(inks.NATURAL, 0.5),
        stroke_width=10,
    )
    joint = path(
        "M-232 -258C-214 -200 -204 -140 -202 -70M232 -258C214 -200 204 -140 202 -70",
        stroke=inks.darker(inks.NATURAL, 0.5),
        stroke_width=2,
        opacity=0.5,
    )
    return neck + textiles.cloth(ink, LONG, "#EFE7D8", FOLDS[:7], on=on) + joint + edge


def beanie(ink: Ink, colour: str) -> str:
    """Ribbed hat with cuff, 220 mm wide, standing on its cuff."""
    dome = "M-104 -60C-112 -150 -74 -206 0 -208C74 -206 112 -150 104 -60Z"
    cuff = (
        "M-110 -8C-114 -40 -114 -62 -109 -84C-60 -72 60 -72 109 -84C114 -62 114 -40 110 -8C60 "
        "6 -60 6 -110 -8Z"
    )
    light = ink.linear(
        (0, inks.lighter(colour, 0.12)),
        (0.3, inks.lighter(colour, 0.2)),
        (0.62, colour),
        (1, inks.darker(colour, 0.42)),
        line=(0, 0, 1, 0),
    )
    ribs, cuffs = [], []
    for i in range(-12, 13):
        a = math.asin(i / 13)
        x = 108 * math.sin(a * 1.0)
        ribs.append(f"M{num(x)} -58C{num(x * 1.04)} -140 {num(x * 0.7)} -190 {num(x * 0.1)} -206")
        cuffs.append(
            f"M{num(x * 1.01)} {num(4 - abs(x) * 0.08)}C{num(x * 1.03)} -30 {num(x * 1.03)} -50 "
            f"{num(x)} {num(-72 - abs(x) * 0.06)}"
        )

    def knit(data: list[str], wide: float) -> str:
        lines = "".join(data)
        return path(lines, stroke=inks.darker(colour, 0.55), stroke_width=wide, opacity=0.42) + at(
            path(lines, stroke=inks.lighter(colour, 0.5), stroke_width=wide * 0.55, opacity=0.34),
            -2.6,
            0,
        )

    stitches = ink.pattern(
        8, 5, path("M0 0L4 3L8 0", stroke=inks.COOL, stroke_width=0.9, opacity=0.5)
    )
    shade = ink.linear((0, inks.COOL, 0.4), (1, inks.COOL, 0))
    tag = _beanie_tag()
    return (
        path(dome, light)
        + ink.clipped(
            knit(ribs, 4)
            + path(dome, stitches, opacity=0.4)
            + rect(-120, -100, 240, 26, shade, transform="rotate(180 0 -87)"),
            path(dome, "#000"),
        )
        + path(cuff, light)
        + ink.clipped(knit(cuffs, 4.4) + path(cuff, stitches, opacity=0.45), path(cuff, "#000"))
        + tag
    )


def _beanie_tag() -> str:
    return (
        rect(-15, -50, 30, 26, inks.darker("#A8743F", 0.05), rx=2)
        + path(
            "M-12 -47H12V-27H-12Z",
            stroke=inks.lighter("#A8743F", 0.4),
            stroke_width=0.8,
            stroke_dasharray="2.4 1.6",
        )
        + at(marks.anchor(inks.darker("#A8743F", 0.55)), 0, -37, 0.26)
    )
