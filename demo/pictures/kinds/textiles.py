"""Shirts, hat, socks, bag, cushion, blanket and towels, lying or hanging. Millimetres, centred."""

import math

from demo.pictures import ink as inks
from demo.pictures import lettering, solids
from demo.pictures.ink import Ink, at, ellipse, num, path, rect

SHIRT = (
    "M-92 -330C-60 -312 60 -312 92 -330C140 -318 205 -290 232 -262L330 -96L236 -40L206 -84"
    "C200 40 204 200 210 338C120 352 -120 352 -210 338C-204 200 -200 40 -206 -84L-236 -40L-330 -96"
    "L-232 -262C-205 -290 -140 -318 -92 -330Z"
)
LONG = (
    "M-118 -330C-70 -316 70 -316 118 -330C160 -318 210 -292 232 -258C272 -150 300 20 318 196L254 210"
    "C240 90 224 0 202 -70C200 40 202 200 208 338C120 350 -120 350 -208 338C-202 200 -200 40 -202 -70"
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


def cloth(
    ink: Ink,
    shape: str,
    colour: str,
    folds: tuple[str, ...] = (),
    *,
    on: str = "",
    wide: float = 22,
    thread: float = 3.4,
    box: tuple[float, float, float, float] = (-335, -332, 670, 682),
) -> str:
    """A piece of fabric: light across, soft folds, fine weave; `on` is printed onto it.

    `box` bounds the shape: what is drawn beyond it costs time and is cut away.
    """
    light = ink.linear(
        (0, inks.lighter(colour, 0.2)),
        (0.45, colour),
        (1, inks.darker(colour, 0.22)),
        line=(0, 0, 1, 0.9),
    )
    weave = path(
        inks.lines(*box, thread), stroke=inks.COOL, stroke_width=thread * 0.3, opacity=0.07
    )
    rolls = "".join(folds)
    pale = 0.16 if inks.brightness(colour) > 0.35 else 0.06
    relief = ""
    if folds:
        relief = inks.soft_stroke(rolls, inks.darker(colour, 0.6), wide * 1.9, 0.22)
        lights = inks.soft_stroke(rolls, inks.lighter(colour, 0.8), wide * 1.5, pale)
        relief += at(lights, -wide * 0.9, -wide * 0.35)
    return path(shape, light) + ink.clipped(on + weave + relief, path(shape, "#000"))


def seams(data: str, colour: str, *, width: float = 1.6) -> str:
    """A line of stitching."""
    return path(data, stroke=inks.darker(colour, 0.5), stroke_width=width, opacity=0.5) + at(
        path(
            data,
            stroke=inks.lighter(colour, 0.55),
            stroke_width=width * 0.8,
            stroke_dasharray="5 3.4",
            opacity=0.7,
        ),
        -1.2,
        2.6,
    )


def anchor(colour: str) -> str:
    """The anchor of the chest print, 70 high."""
    return path(
        "M0 -22V32M-15 -10H15M-26 10C-24 26 -12 33 0 34C12 33 24 26 26 10M-32 17L-26 8L-18 15M32 17L26 8L18 15",
        stroke=colour,
        stroke_width=5,
        stroke_linecap="round",
        stroke_linejoin="round",
    ) + ellipse(0, -29, 7, 7, "none", stroke=colour, stroke_width=5)


def gull(colour: str, grey: str, beak: str = inks.SIGNAL) -> str:
    """A gull in flight, 260 wide."""
    return (
        path("M-130 -48C-90 -66 -48 -46 -14 -6C-30 8 -54 4 -70 -8C-88 -22 -108 -36 -130 -48Z", grey)
        + path("M136 -70C96 -78 44 -58 8 -10C20 6 40 6 58 -6C84 -24 108 -50 136 -70Z", colour)
        + path("M136 -70C112 -66 98 -58 86 -48L104 -42C118 -52 128 -62 136 -70Z", inks.ANTHRACITE)
        + path(
            "M-130 -48C-112 -50 -100 -44 -92 -38L-104 -30C-114 -36 -122 -42 -130 -48Z",
            inks.ANTHRACITE,
        )
        + path(
            "M-60 18C-40 -8 0 -22 40 -14C52 -20 66 -18 72 -8C62 12 24 26 -12 24C-32 28 -50 26 -60 18Z",
            colour,
        )
        + path("M72 -9L88 -4L70 0Z", beak)
        + ellipse(62, -9, 2.4, 2.4, inks.ANTHRACITE)
    )


def t_shirt(ink: Ink, colour: str, motif: str) -> str:
    """T-shirt, lying, 660 mm over the sleeves."""
    mark = inks.CHALK if inks.brightness(colour) < 0.6 else inks.HARBOUR
    if motif == "anchor":
        on = at(anchor(mark), 104, -178, 0.86)
    else:
        on = at(gull("#FBF8F1", "#8E979B"), -6, -110, 1.35) + path(
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
    hems = "M-206 322C-120 336 120 336 206 322M316 -92L232 -45M-316 -92L-232 -45M-108 -326C-84 -236 84 -236 108 -326"
    arms = path(
        "M-232 -262C-214 -200 -206 -140 -206 -84M232 -262C214 -200 206 -140 206 -84",
        stroke=inks.darker(colour, 0.5),
        stroke_width=2,
        opacity=0.45,
    )
    return (
        inside
        + label
        + cloth(ink, SHIRT, colour, FOLDS, on=on)
        + arms
        + seams(hems, colour)
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
    return neck + cloth(ink, LONG, "#EFE7D8", FOLDS[:7], on=on) + joint + edge


def beanie(ink: Ink, colour: str) -> str:
    """Ribbed hat with cuff, 220 mm wide, standing on its cuff."""
    dome = "M-104 -60C-112 -150 -74 -206 0 -208C74 -206 112 -150 104 -60Z"
    cuff = "M-110 -8C-114 -40 -114 -62 -109 -84C-60 -72 60 -72 109 -84C114 -62 114 -40 110 -8C60 6 -60 6 -110 -8Z"
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
            f"M{num(x * 1.01)} {num(4 - abs(x) * 0.08)}C{num(x * 1.03)} -30 {num(x * 1.03)} -50 {num(x)} {num(-72 - abs(x) * 0.06)}"
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
    tag = (
        rect(-15, -50, 30, 26, inks.darker("#A8743F", 0.05), rx=2)
        + path(
            "M-12 -47H12V-27H-12Z",
            stroke=inks.lighter("#A8743F", 0.4),
            stroke_width=0.8,
            stroke_dasharray="2.4 1.6",
        )
        + at(anchor(inks.darker("#A8743F", 0.55)), 0, -37, 0.26)
    )
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


def socks(ink: Ink, colour: str) -> str:
    """A pair, one over the other, 300 mm high."""
    shape = "M-46 -150H46C48 -60 44 0 52 34C66 62 130 74 142 104C150 132 128 146 96 146H-6C-42 144 -58 118 -54 82C-50 20 -44 -60 -46 -150Z"
    accent = inks.BRICK if inks.brightness(colour) < 0.5 else inks.HARBOUR
    ribs = "".join(f"M{x} -150C{x + 2} -100 {x - 1} -40 {x + 2} 20" for x in range(-42, 46, 9))
    cuff = rect(-60, -152, 120, 46, inks.darker(colour, 0.1)) + path(
        "M-60 -112H60M-60 -100H60", stroke=accent, stroke_width=6
    )
    heel = path("M-60 66C-30 56 0 76 -2 104C-4 128 -20 150 -60 146Z", accent) + path(
        "M100 76C86 96 88 130 100 150H160V70Z", accent
    )
    on = (
        cuff
        + heel
        + path(ribs, stroke=inks.darker(colour, 0.5), stroke_width=2, opacity=0.4)
        + path(
            inks.lines(-60, -105, 220, 255, 5, upright=True),
            stroke=inks.COOL,
            stroke_width=0.9,
            opacity=0.16,
        )
    )
    one = cloth(
        ink,
        shape,
        colour,
        ("M-20 30C10 60 40 80 60 120", "M30 -120C20 -60 24 0 40 40"),
        on=on,
        wide=14,
        box=(-58, -150, 204, 298),
    )
    band = (
        rect(-52, -40, 104, 56, inks.KRAFT, rx=1)
        + rect(
            -52,
            -40,
            104,
            56,
            ink.linear((0, inks.WARM, 0.3), (1, inks.COOL, 0.25), line=(0, 0, 1, 0)),
        )
        + at(anchor(inks.ANTHRACITE), 0, -18, 0.3)
        + lettering.line("NORDLOT", 0, 8, 6, inks.ANTHRACITE, weight=1.3)
    )
    return at(one, 26, 12, turned=5) + at(path(shape, "#000", opacity=0.18), 6, 6) + one + band


def tote(ink: Ink, colour: str) -> str:
    """Canvas bag hanging by its handles, 380 mm wide."""
    mark = inks.CHALK if inks.brightness(colour) < 0.6 else inks.HARBOUR
    shape = "M-188 -200C-100 -192 100 -192 188 -200C192 -60 190 90 182 208C100 222 -100 222 -182 208C-190 90 -192 -60 -188 -200Z"
    back = path(
        "M-96 -196C-92 -360 -50 -420 0 -420C50 -420 92 -360 96 -196",
        stroke=inks.darker(colour, 0.42),
        stroke_width=24,
    )
    front = path(
        "M-104 -160C-100 -350 -50 -410 0 -412C50 -410 100 -350 104 -160",
        stroke=inks.darker(colour, 0.16),
        stroke_width=25,
    ) + path(
        "M-107 -160C-103 -352 -52 -415 -3 -417C47 -415 97 -352 101 -160",
        stroke=inks.lighter(colour, 0.2),
        stroke_width=16,
    )
    crosses = "".join(
        path(
            f"M{x - 11} -176h22v34h-22zM{x - 11} -176l22 34M{x + 11} -176l-22 34",
            stroke=inks.lighter(colour, 0.6)
            if inks.brightness(colour) < 0.6
            else inks.darker(colour, 0.4),
            stroke_width=1.6,
            stroke_dasharray="4 2",
        )
        for x in (-104, 104)
    )
    gable = path(
        "M-78 78V6H-48V-34H-18V-72H18V-34H48V6H78V78ZM-16 78V34A16 16 0 0 1 16 34V78M-48 6H-18M18 6H48M-48 40V24M48 40V24",
        stroke=mark,
        stroke_width=5,
        stroke_linejoin="round",
    )
    on = at(gable, 0, -10) + lettering.line("KONTOR", 0, 128, 24, mark, weight=1.5, gap=5)
    folds = (
        "M-150 -160C-130 -40 -160 60 -140 190",
        "M140 -170C120 -60 156 40 144 200",
        "M-60 210C-50 160 -80 130 -70 90",
        "M64 -190C50 -150 70 -120 56 -90",
    )
    return (
        back
        + cloth(ink, shape, colour, folds, on=on, box=(-190, -202, 380, 422))
        + seams("M-186 -172C-100 -164 100 -164 186 -172", colour)
        + front
        + crosses
    )


def cushion(ink: Ink, colour: str) -> str:
    """Square cushion with a woven running bond, 500 mm."""
    shape = "M-238 -232C-120 -216 120 -216 238 -232C250 -236 252 -232 248 -222C226 -110 226 110 248 226C252 238 248 242 236 236C120 218 -120 218 -236 236C-248 240 -252 236 -247 224C-226 110 -226 -110 -247 -222C-252 -236 -248 -236 -238 -232Z"
    rows = []
    for row in range(-9, 9):
        for col in range(-5, 6):
            x, y = col * 58 + (29 if row % 2 else 0), row * 28.0
            bulge = 1 - 0.00000032 * (x * x + y * y)
            rows.append(f"M{num((x - 25) * bulge)} {num((y + 2) * bulge)}h50v21h-50z")
    brick = path("".join(rows), inks.darker(colour, 0.08)) + at(
        path("".join(rows), stroke=inks.lighter(colour, 0.4), stroke_width=1.2, opacity=0.5),
        -0.8,
        -0.8,
    )
    ground = (
        inks.lighter(colour, 0.62) if inks.brightness(colour) < 0.6 else inks.lighter(colour, 0.75)
    )
    volume = ink.radial(
        (0, inks.WARM, 0.34),
        (0.5, inks.WARM, 0),
        (0.72, inks.COOL, 0.08),
        (1, inks.COOL, 0.5),
        centre=(0.4, 0.34),
        radius=0.72,
    )
    folds = (
        "M-225 -215C-180 -170 -150 -150 -120 -140",
        "M225 -215C190 -170 160 -150 130 -146",
        "M-222 218C-180 180 -160 150 -120 140",
        "M224 216C180 180 150 160 120 150",
    )
    piping = path(shape, stroke=inks.darker(colour, 0.3), stroke_width=5) + at(
        path(shape, stroke=inks.lighter(colour, 0.35), stroke_width=1.6), -1, -1
    )
    return (
        cloth(ink, shape, ground, folds, on=brick, wide=26, box=(-248, -240, 496, 480))
        + path(shape, volume)
        + piping
    )


def blanket(ink: Ink, colour: str) -> str:
    """Folded blanket with fringes, 420 mm wide, standing on its fold."""
    pale = inks.mix(colour, "#F4EEE2", 0.72)
    bands = (
        (0, 150, colour),
        (150, 22, inks.mix(colour, pale, 0.5)),
        (172, 70, pale),
        (242, 22, inks.mix(colour, pale, 0.5)),
        (264, 60, inks.darker(colour, 0.16)),
        (324, 22, inks.mix(colour, pale, 0.4)),
        (346, 90, pale),
    )
    twill = path(
        "".join(f"M{x} 4l-50 -56" for x in range(-200, 262, 6)),
        stroke=inks.COOL,
        stroke_width=1.2,
        opacity=0.16,
    )
    parts = [solids.footing(ink, -196, 206)]
    for i in range(4):
        y, w = -i * 46.0, 205 - (i % 2) * 5
        sag = 5 - i
        shape = f"M{-w + 20} {y}C{-w - 12} {y - 3} {-w - 12} {y - 43} {-w + 20} {y - 46}C{-60} {y - 46 + sag} {60} {y - 46 + sag} {w} {y - 46}C{w + 5} {y - 40} {w + 5} {y - 6} {w} {y}C{60} {y + sag} {-60} {y + sag} {-w + 20} {y}Z"
        stripes = "".join(rect(-w - 12 + x, y - 52, wide + 1, 62, band) for x, wide, band in bands)
        light = ink.linear(
            (0, inks.WARM, 0.42),
            (0.3, inks.WARM, 0.08),
            (0.62, inks.COOL, 0.02),
            (1, inks.COOL, 0.5),
        )
        fold = ink.linear(
            (0, inks.COOL, 0.3), (0.06, inks.WARM, 0.16), (0.16, inks.WARM, 0), line=(0, 0, 1, 0)
        )
        parts.append(
            cloth(
                ink,
                shape,
                colour,
                on=stripes + at(twill, 0, y),
                thread=4,
                box=(-w - 8, y - 48, 2 * w + 16, 52),
            )
            + path(shape, light)
            + path(shape, fold)
        )
        fringe = "".join(
            f"M{w - 2} {num(y - 4 - k * 3.6)}q12 {num((k * 7) % 5 - 2)} {num(24 + (k * 5) % 7)} {num((k * 11) % 9 + 1)}"
            for k in range(12)
        )
        parts.append(
            path(fringe, stroke=inks.darker(pale, 0.16), stroke_width=2.6, stroke_linecap="round")
            + at(
                path(
                    fringe, stroke=inks.lighter(pale, 0.3), stroke_width=1.2, stroke_linecap="round"
                ),
                -0.3,
                -0.6,
            )
        )
    return "".join(parts)


def towels(ink: Ink, colour: str) -> str:
    """Two towels hanging from a rail, 250 mm wide each, 420 high; the rail is at the origin."""
    ground = "#F3ECDF"
    parts = []
    for i, (x, wide) in enumerate(((-135, True), (120, False))):
        h = 400 - i * 40
        shape = f"M{x - 112} 0C{x - 60} 6 {x + 60} 6 {x + 112} 0C{x + 118} {h * 0.4:.0f} {x + 104} {h * 0.7:.0f} {x + 114} {h}C{x + 60} {h + 9} {x - 50} {h - 6} {x - 114} {h}C{x - 106} {h * 0.7:.0f} {x - 120} {h * 0.4:.0f} {x - 112} 0Z"
        on = (
            "".join(rect(x - 130, h - 90 + k * 26, 260, 14, colour) for k in range(2))
            + rect(x - 130, 40, 260, 14, colour)
            if wide
            else "".join(rect(x - 100 + k * 22, -10, 4, 460, colour) for k in range(10))
        )
        folds = (
            f"M{x - 60} 10C{x - 70} {h / 2:.0f} {x - 50} {h * 0.8:.0f} {x - 62} {h}",
            f"M{x + 50} 10C{x + 64} {h / 2:.0f} {x + 40} {h * 0.8:.0f} {x + 56} {h}",
            f"M{x} 40C{x + 8} {h / 2:.0f} {x - 8} {h * 0.7:.0f} {x + 4} {h}",
        )
        parts.append(
            cloth(ink, shape, ground, folds, on=on, wide=20, box=(x - 118, 0, 236, h + 6))
            + seams(
                f"M{x - 110} {h - 12}C{x - 50} {h - 18} {x + 60} {h - 3} {x + 110} {h - 12}", ground
            )
        )
    rail = rect(
        -330,
        -14,
        660,
        18,
        ink.linear(
            (0, inks.lighter(inks.BRASS, 0.6)), (0.4, inks.BRASS), (1, inks.darker(inks.BRASS, 0.5))
        ),
        rx=9,
    )
    return rail + "".join(parts)
