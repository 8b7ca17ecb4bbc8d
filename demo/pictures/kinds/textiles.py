"""Cloth, and socks, bag, cushion, blanket and towels made of it. Millimetres, centred."""

from demo.pictures import ink as inks
from demo.pictures import lettering, solids
from demo.pictures.ink import Ink, at, num, path, rect
from demo.pictures.kinds import marks


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


def socks(ink: Ink, colour: str) -> str:
    """A pair, one over the other, 300 mm high."""
    shape = (
        "M-46 -150H46C48 -60 44 0 52 34C66 62 130 74 142 104C150 132 128 146 96 146H-6C-42 "
        "144 -58 118 -54 82C-50 20 -44 -60 -46 -150Z"
    )
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
        + at(marks.anchor(inks.ANTHRACITE), 0, -18, 0.3)
        + lettering.line("NORDLOT", 0, 8, 6, inks.ANTHRACITE, weight=1.3)
    )
    return at(one, 26, 12, turned=5) + at(path(shape, "#000", opacity=0.18), 6, 6) + one + band


def tote(ink: Ink, colour: str) -> str:
    """Canvas bag hanging by its handles, 380 mm wide."""
    mark = inks.CHALK if inks.brightness(colour) < 0.6 else inks.HARBOUR
    shape = (
        "M-188 -200C-100 -192 100 -192 188 -200C192 -60 190 90 182 208C100 222 -100 222 -182 "
        "208C-190 90 -192 -60 -188 -200Z"
    )
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
    crosses = _tote_crosses(colour)
    gable = path(
        (
            "M-78 78V6H-48V-34H-18V-72H18V-34H48V6H78V78ZM-16 78V34A16 16 0 0 1 16 34V78M-48 "
            "6H-18M18 "
            "6H48M-48 40V24M48 40V24"
        ),
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


def _tote_crosses(colour: str) -> str:
    return "".join(
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


def cushion(ink: Ink, colour: str) -> str:
    """Square cushion with a woven running bond, 500 mm."""
    shape = (
        "M-238 -232C-120 -216 120 -216 238 -232C250 -236 252 -232 248 -222C226 -110 226 110 "
        "248 226C252 238 248 242 236 236C120 218 -120 218 -236 236C-248 240 -252 236 -247 224"
        "C-226 110 -226 -110 -247 -222C-252 -236 -248 -236 -238 -232Z"
    )
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
    twill = _blanket_twill()
    parts = [solids.footing(ink, -196, 206)]
    for i in range(4):
        y, w = -i * 46.0, 205 - (i % 2) * 5
        sag = 5 - i
        shape = (
            f"M{-w + 20} {y}C{-w - 12} {y - 3} {-w - 12} {y - 43} {-w + 20} {y - 46}C{-60} "
            f"{y - 46 + sag} {60} {y - 46 + sag} {w} {y - 46}C{w + 5} {y - 40} {w + 5} {y - 6} "
            f"{w} {y}C{60} {y + sag} {-60} {y + sag} {-w + 20} {y}Z"
        )
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
        parts.append(_fringe(pale, w, y))
    return "".join(parts)


def _fringe(colour: str, x: float, y: float) -> str:
    """Twelve twisted threads at the right edge of a fold."""
    threads = "".join(
        f"M{x - 2} {num(y - 4 - k * 3.6)}q12 {num((k * 7) % 5 - 2)} "
        f"{num(24 + (k * 5) % 7)} {num((k * 11) % 9 + 1)}"
        for k in range(12)
    )
    shade = path(
        threads, stroke=inks.darker(colour, 0.16), stroke_width=2.6, stroke_linecap="round"
    )
    gleam = path(
        threads, stroke=inks.lighter(colour, 0.3), stroke_width=1.2, stroke_linecap="round"
    )
    return shade + at(gleam, -0.3, -0.6)


def _blanket_twill() -> str:
    return path(
        "".join(f"M{x} 4l-50 -56" for x in range(-200, 262, 6)),
        stroke=inks.COOL,
        stroke_width=1.2,
        opacity=0.16,
    )


def towels(ink: Ink, colour: str) -> str:
    """Two towels hanging from a rail, 250 mm wide each, 420 high; the rail is at the origin."""
    ground = "#F3ECDF"
    parts = []
    for i, (x, wide) in enumerate(((-135, True), (120, False))):
        h = 400 - i * 40
        shape = (
            f"M{x - 112} 0C{x - 60} 6 {x + 60} 6 {x + 112} 0C{x + 118} {h * 0.4:.0f} {x + 104} "
            f"{h * 0.7:.0f} {x + 114} {h}C{x + 60} {h + 9} {x - 50} {h - 6} {x - 114} {h}"
            f"C{x - 106} {h * 0.7:.0f} {x - 120} {h * 0.4:.0f} {x - 112} 0Z"
        )
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
