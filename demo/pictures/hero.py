"""The picture of the home page: a shop on the quay at dusk, warehouses across the water."""

from demo.pictures import ink as inks
from demo.pictures import scene, shopfront
from demo.pictures.ink import (
    BRICK,
    CHALK,
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
    cups,
    textiles,
)

WIDTH, HEIGHT = 2400, 1200
WATER, QUAY = 800.0, 1010.0


def harbour() -> str:
    """SVG source of the whole scene, 2400 × 1200."""
    ink = Ink()
    return scene.picture(ink, _scene(ink), WIDTH, HEIGHT, view=f"0 0 {WIDTH} {HEIGHT}")


def harbour_upright() -> str:
    """The shop's half of the same scene, 1200 × 1500, for phones."""
    ink = Ink()
    return scene.picture(ink, _scene(ink), 1200, 1500, view="1230 -200 1120 1400")


def _scene(ink: Ink) -> str:
    return (
        _sky(ink)
        + _far_bank(ink)
        + _water(ink)
        + _quay(ink)
        + shopfront.front(ink)
        + _foreground(ink)
    )


def _sky(ink: Ink) -> str:
    paint = ink.linear((0, "#6F8A9B"), (0.35, "#B9B5AE"), (0.62, "#EBC79B"), (1, "#F6DDB0"))
    sun = ink.radial((0, "#FFF3D2", 0.9), (0.25, "#FFE2A8", 0.5), (1, "#FFD592", 0))
    clouds = "".join(
        ellipse(x, y, wide, wide * 0.09, ink.radial((0, "#FFF1DC", 0.5), (1, "#FFF1DC", 0)))
        for x, y, wide in (
            (300, 240, 340),
            (760, 170, 420),
            (520, 330, 520),
            (1150, 280, 360),
            (180, 420, 300),
            (980, 430, 420),
        )
    )
    gulls = path(
        (
            "M420 300q22 -20 38 0q20 -18 42 -4M520 360q15 -14 26 0q14 -12 30 -3M330 380q12 -10 20 "
            "0q11 -10 24 -2"
        ),
        stroke="#4A5258",
        stroke_width=4,
        stroke_linecap="round",
    )
    return (
        rect(0, -200, WIDTH, WATER + 220, paint) + ellipse(640, 660, 620, 420, sun) + clouds + gulls
    )


def _far_bank(ink: Ink) -> str:
    haze = "#9A8F8A"
    cranes = "".join(
        at(
            path(
                (
                    "M-40 0L-34 -330M60 0L54 -330M-40 -110H60M-40 0L60 -110M60 0L-40 -110M-80 "
                    "-330H60"
                    "L130 -520M20 -330L60 -430L54 -330M60 -430L110 -480M60 -430L-70 -330"
                ),
                stroke=haze,
                stroke_width=13,
            ),
            x,
            WATER - 12,
            s,
        )
        for x, s in ((80, 0.62), (190, 0.54), (1010, 0.5))
    )
    spires = path(
        f"M820 {WATER}V560L834 430L848 560V{WATER}ZM900 {WATER}V590L911 500L922 590V{WATER}Z",
        "#8C827F",
    )
    return cranes + spires + _warehouses(ink)


def _warehouses(ink: Ink) -> str:
    parts, x = [], 250.0
    for i, (wide, eaves, colour) in enumerate(
        (
            (130, 560, "#8B4232"),
            (118, 520, "#A65A41"),
            (140, 580, "#7B3A2D"),
            (126, 540, "#9C4F3A"),
            (112, 570, "#8B4636"),
            (134, 530, "#A35740"),
        )
    ):
        steps, high = wide / 7, wide / 7 * 1.2
        points = [(x, WATER), (x, eaves)]
        points += [
            p
            for k in range(1, 4)
            for p in ((x + k * steps, eaves - (k - 1) * high), (x + k * steps, eaves - k * high))
        ]
        points += [
            p
            for k in range(3, 0, -1)
            for p in (
                (x + wide - k * steps, eaves - k * high),
                (x + wide - k * steps, eaves - (k - 1) * high),
            )
        ]
        points += [(x + wide, eaves), (x + wide, WATER)]
        shade = inks.mix(colour, "#D9A87C", 0.26)
        parts.append(
            path(
                inks.polygon(points),
                ink.linear((0, inks.lighter(shade, 0.12)), (1, inks.darker(shade, 0.18))),
            )
        )
        for row in range(4):
            for column in range(3):
                left, top = x + wide * (0.16 + 0.26 * column), eaves + 22 + row * 54
                lit = (i * 5 + row * 3 + column * 7) % 4 == 0
                parts.append(
                    path(
                        (
                            f"M{num(left)} {num(top + 30)}v-22q{num(wide * 0.075)} -12 "
                            f"{num(wide * 0.15)} 0v22z"
                        ),
                        "#FFD27A" if lit else inks.darker(shade, 0.5),
                    )
                )
        x += wide + 1
    return "".join(parts) + rect(240, WATER - 10, 780, 14, "#5E4A42")


def _water(ink: Ink) -> str:
    paint = ink.linear((0, "#D9B68E"), (0.25, "#8F8F8C"), (1, "#3A5263"))
    chance = inks.dice("harbour")
    glints, lamps_ = "", ""
    for i in range(90):
        y = WATER + 8 + i * 4.4
        long = chance.uniform(20, 120) * (0.5 + i / 90)
        glints += f"M{num(chance.uniform(-40, 1500))} {num(y)}h{num(long)}"
    for x in (300, 420, 560, 640, 700, 830, 960):
        lamps_ += "".join(
            f"M{num(x - 14 + chance.uniform(-7, 7))} {num(WATER + 16 + k * 13)}h{num(30 - k * 1.6)}"
            for k in range(14)
        )
    sun = "".join(
        f"M{num(600 + chance.uniform(-60, 60) - k * 2)} {num(WATER + 8 + k * 12)}h{num(70 + k * 5)}"
        for k in range(28)
    )
    mirror = rect(252, WATER + 4, 768, 210, ink.linear((0, "#7C4A3A", 0.6), (1, "#7C4A3A", 0)))
    return (
        rect(0, WATER, WIDTH, HEIGHT - WATER, paint)
        + mirror
        + path(sun, stroke="#FFE7B8", stroke_width=5, stroke_linecap="round", opacity=0.4)
        + path(lamps_, stroke="#FFD27A", stroke_width=4, stroke_linecap="round", opacity=0.55)
        + path(glints, stroke="#F3D9B2", stroke_width=2.5, stroke_linecap="round", opacity=0.35)
        + _boat(ink)
    )


def _boat(ink: Ink) -> str:
    hull = path(
        "M-190 -34H200C184 6 150 44 70 48H-110C-160 46 -182 10 -190 -34Z",
        ink.linear((0, "#37505F"), (0.55, "#22343F"), (0.56, "#8C3F2E"), (1, "#6A2E22")),
    )
    cabin = (
        rect(-110, -96, 120, 64, ink.linear((0, CHALK), (1, "#CFC3B0")))
        + rect(-98, -84, 40, 30, "#FFDB8E")
        + rect(-46, -84, 40, 30, "#FFDB8E")
        + rect(-120, -104, 142, 12, BRICK)
    )
    mast = path(
        "M70 -34V-300M70 -290L-100 -104M70 -290L196 -40", stroke="#3A342E", stroke_width=5
    ) + path("M70 -250C110 -210 130 -140 134 -70L70 -60Z", "#A6523C", opacity=0.9)
    ripple = path(
        "M-240 52q30 -10 60 0t60 0t60 0t60 0t60 0t60 0t60 0t60 0",
        stroke="#F3D9B2",
        stroke_width=4,
        opacity=0.6,
    )
    return at(
        mast + cabin + hull + path("M-188 -28H198", stroke=CHALK, stroke_width=5) + ripple,
        790,
        960,
        0.9,
    )


def _quay(ink: Ink) -> str:
    stone = ink.linear((0, "#A08C78"), (1, "#6B5C50"))
    top = inks.polygon([(1010, QUAY), (2400, QUAY), (2400, HEIGHT), (760, HEIGHT)])
    side = inks.polygon([(1010, QUAY), (760, HEIGHT), (690, HEIGHT), (985, QUAY + 6)])
    chance = inks.dice("cobbles")
    stones = ""
    for row in range(11):
        y = QUAY + 8 + row * row * 1.5 + row * 3
        step = 42 + row * 7
        for column in range(int(1650 / step)):
            x = 2400 - column * step - (row % 2) * step / 2
            edge = 1010 - (y - QUAY) * 1.3
            if x - step * 0.9 > edge:
                stones += (
                    f"M{num(x - step * 0.92)} {num(y)}q{num(step * 0.4)} "
                    f"{num(-2 - chance.random() * 2)} {num(step * 0.84)} "
                    f"0v{num(6 + row * 1.7)}h{num(-step * 0.84)}z"
                )
    warm = ink.radial((0, "#FFD88F", 0.7), (0.5, "#FFD88F", 0.2), (1, "#FFD88F", 0))
    return (
        path(side, "#4A3F38")
        + path(top, stone)
        + path(stones, "#C4AE94", opacity=0.35)
        + ellipse(1790, QUAY + 50, 620, 170, warm)
    )


def _foreground(ink: Ink) -> str:
    bollard = at(
        path(
            "M-46 0V-90H46V0Z",
            ink.linear((0, "#4B4F52"), (0.3, "#7A7E80"), (1, "#24282B"), line=(0, 0, 1, 0)),
        )
        + path(
            (
                "M-58 -84C-58 -108 -40 -116 0 -116C40 -116 58 -108 58 -84C58 -72 40 -68 0 "
                "-68C-40 -68 "
                "-58 -72 -58 -84Z"
            ),
            ink.linear((0, "#8A8E90"), (1, "#2A2E31")),
        ),
        1130,
        1120,
        1.1,
    )
    rope = path("M1090 1056C1000 1100 950 1080 900 1000", stroke="#B99C6B", stroke_width=11) + path(
        "M1090 1054C1000 1098 950 1078 900 998", stroke="#E2CC9C", stroke_width=4
    )
    body = ink.linear((0, "#FFFFFF"), (1, "#C3C6C4"), line=(0, 0, 0.6, 1))
    gull = _foreground_gull(body)
    bench = "".join(
        rect(1420 + k * 4, y, 330 - k * 8, 12, inks.tone(OAK, 0.1 - k * 0.1))
        for k, y in enumerate((1046, 1064))
    ) + path("M1450 1076v56M1720 1076v56", stroke="#2B2F33", stroke_width=12)
    shadow = ellipse(1590, 1134, 200, 14, inks.COOL, opacity=0.3) + ellipse(
        1160, 1122, 90, 12, inks.COOL, opacity=0.4
    )
    on_bench = at(textiles.blanket(ink, SEA), 1520, 1046, 0.42) + at(
        cups.mug(ink, CHALK), 1670, 1046, 0.5
    )
    pots = "".join(_tub(ink, x) for x in (1985.0, 2300.0))
    return (
        pots
        + shadow
        + bench
        + on_bench
        + bollard
        + at(gull, 1130 - 365 * 0.24, 994 - 622 * 0.24, 0.24)
        + rope
    )


def _foreground_gull(body: str) -> str:
    return (
        path(
            (
                "M262 452C250 380 262 330 292 292C300 250 330 226 366 230C400 234 420 260 416 "
                "296C414 "
                "330 432 356 462 396C500 448 536 494 566 540C500 566 380 586 320 564C282 548 "
                "266 500 "
                "262 452Z"
            ),
            body,
        )
        + path(
            (
                "M336 392C390 366 440 400 480 446C520 492 566 524 606 560C560 574 470 566 414 "
                "540C356 "
                "512 322 452 336 392Z"
            ),
            "#8E9A9E",
        )
        + path("M296 284C270 280 236 286 214 304C238 316 270 316 298 308Z", SIGNAL)
        + ellipse(338, 272, 9, 9, "#1D2226")
        + path("M340 560v64M390 556v66", stroke="#E0A088", stroke_width=9)
    )


def _tub(ink: Ink, x: float) -> str:
    leaves = "".join(
        path(
            (
                f"M0 0C{d * 0.3:.0f} -50 {d * 0.7:.0f} -90 {d} "
                f"{-120 - (i * 37) % 40}C{d * 0.9:.0f} "
                f"-70 {d * 0.5:.0f} -30 6 0Z"
            ),
            ("#5F7A55", "#4C6648", "#7C9268")[i % 3],
        )
        for i, d in enumerate((-60, -42, -24, -8, 10, 26, 44, 62))
    )
    return at(leaves, x, QUAY - 40) + path(
        f"M{num(x - 46)} {num(QUAY - 52)}h92l-12 62h-68z",
        ink.linear((0, "#B5694C"), (1, "#7A3F2C"), line=(0, 0, 1, 0)),
    )
