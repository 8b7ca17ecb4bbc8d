"""Motifs of the coast: lighthouse, cranes, gull and boats, 700 by 990 units."""

from demo.pictures import ink as inks
from demo.pictures.ink import (
    ANTHRACITE,
    BRICK,
    CHALK,
    HARBOUR,
    SAND,
    SEA,
    SIGNAL,
    Ink,
    at,
    ellipse,
    num,
    path,
    rect,
)


def lighthouse(ink: Ink) -> str:
    """A banded tower above dunes."""
    tower = "M310 730L330 330H410L430 730Z"
    bands = "".join(rect(290, y, 160, 72, BRICK) for y in (344, 484, 624))
    round_light = ink.linear(
        (0, "#FFFFFF", 0.3), (0.35, "#FFFFFF", 0.05), (1, "#17202A", 0.5), line=(0, 0, 1, 0)
    )
    chance = inks.dice("dunes")
    grass = []
    for _ in range(190):
        x, y = chance.uniform(30, 670), chance.uniform(740, 930)
        lean = chance.uniform(4, 26)
        grass.append(
            f"M{num(x)} {num(y)}q{num(lean * 0.2)} -26 {num(lean)} {num(-chance.uniform(34, 60))}"
        )
    half = len(grass) // 2
    gulls = _lighthouse_gulls()
    return (
        rect(0, 0, 700, 990, ink.linear((0, "#9DB6BF"), (0.55, "#DDE0D4"), (0.72, "#F1DFC0")))
        + rect(0, 668, 700, 70, ink.linear((0, "#5E8391"), (1, "#88A7A6")))
        + path("M0 690h260M300 704h400M80 718h380", stroke="#F4EFE2", stroke_width=2.5, opacity=0.5)
        + path(tower, CHALK)
        + ink.clipped(bands + path(tower, round_light), path(tower, "#000"))
        + rect(316, 316, 108, 16, ANTHRACITE)
        + path(
            "M320 300h100M320 300v18M340 300v18M360 300v18M380 300v18M400 300v18M420 300v18",
            stroke=ANTHRACITE,
            stroke_width=3,
        )
        + rect(340, 252, 60, 64, "#F6DFA0", stroke=ANTHRACITE, stroke_width=4)
        + path("M360 252v64M380 252v64", stroke=ANTHRACITE, stroke_width=3)
        + path(
            "M332 254C340 226 354 216 370 210C386 216 400 226 408 254ZM370 212V186",
            BRICK,
            stroke=BRICK,
            stroke_width=5,
        )
        + path(
            "M0 760C120 700 220 710 330 742C450 772 560 700 700 724V990H0Z",
            ink.linear((0, "#E2C991"), (1, "#C4A263")),
        )
        + path(
            "M0 850C160 790 300 830 420 850C540 870 640 820 700 830V990H0Z",
            ink.linear((0, "#D5B878"), (1, "#B08C50")),
        )
        + path("".join(grass[:half]), stroke="#7F8A55", stroke_width=2.4, stroke_linecap="round")
        + path("".join(grass[half:]), stroke="#5F7048", stroke_width=2.6, stroke_linecap="round")
        + gulls
    )


def _lighthouse_gulls() -> str:
    return path(
        (
            "M150 240q16 -16 28 0q14 -16 30 -2M520 330q12 -12 20 0q11 -12 24 -2M210 180q9 -9 "
            "16 0q8 "
            "-9 18 -2"
        ),
        stroke=ANTHRACITE,
        stroke_width=4,
        stroke_linecap="round",
    )


def cranes(ink: Ink) -> str:
    """Container gantries against the light."""
    parts = [
        rect(0, 0, 700, 990, ink.linear((0, "#E6C98F"), (0.6, "#F2DEB4"), (0.75, "#E9B878"))),
        ellipse(470, 560, 84, 84, "#F8EBCB"),
    ]
    for i, (x, s, up) in enumerate(
        ((70, 1.0, False), (230, 1.15, True), (410, 0.95, False), (540, 0.78, True))
    ):
        colour = inks.mix("#2B3D4C", "#C98F5C", 0.14 * i)
        boom = "M40 -330L130 -520" if up else "M40 -330H220"
        stays = "M60 -430L110 -480M60 -430L-70 -330" if up else "M60 -430L200 -332M60 -430L-70 -330"
        crane = path(
            (
                "M-40 0L-34 -330M60 0L54 -330M-40 -110H60M-38 -200H58M-40 0L60 -110M60 0L-40 "
                "-110M-38 "
                f"-200L56 -110M-80 -330H60{boom}"
            ),
            stroke=colour,
            stroke_width=11,
            stroke_linejoin="round",
        )
        crane += path(f"M20 -330L60 -430L54 -330{stays}", stroke=colour, stroke_width=5)
        crane += rect(-76, -352, 46, 34, colour) + (
            ""
            if up
            else path("M150 -330V-250", stroke=colour, stroke_width=2.5)
            + rect(130, -250, 46, 22, BRICK)
        )
        parts.append(at(crane, x + 60, 760, s))
    parts.append(_containers(ink))
    quay = rect(0, 798, 700, 30, "#4A423D") + rect(
        0, 828, 700, 162, ink.linear((0, "#8C7A5E"), (1, "#3E4E58"))
    )
    chance = inks.dice("elbe")
    glints = "".join(
        f"M{num(chance.uniform(46, 560))} {836 + i * 5}h{num(chance.uniform(30, 120))}"
        for i in range(30)
    )
    return "".join(parts) + quay + path(glints, stroke="#F2DEB4", stroke_width=2.4, opacity=0.4)


def _containers(ink: Ink) -> str:
    """The stack of boxes under the cranes, in the colours of the glazes."""
    parts = []
    palette = (BRICK, HARBOUR, SEA, SIGNAL, SAND, "#7C8B90", ANTHRACITE)
    for row in range(4):
        for col in range(9):
            if (col * 5 + row * 3) % 7 < row:
                continue
            x, y = 16 + col * 76, 760 - row * 38
            colour = palette[(col * 3 + row * 2) % 7]
            parts.append(
                rect(
                    x,
                    y,
                    74,
                    36,
                    ink.linear((0, inks.lighter(colour, 0.15)), (1, inks.darker(colour, 0.25))),
                )
            )
            parts.append(
                path(
                    "".join(f"M{x + 6 + k * 8} {y + 4}v28" for k in range(9)),
                    stroke=inks.darker(colour, 0.5),
                    stroke_width=2,
                    opacity=0.5,
                )
            )
    return "".join(parts)


def gull_on_bollard(ink: Ink) -> str:
    """A herring gull that does not move."""
    body = ink.linear((0, "#FFFFFF"), (0.6, "#F1EEE6"), (1, "#BFC4C4"), line=(0, 0, 0.6, 1))
    wing = ink.linear((0, "#A9B3B7"), (1, "#76848A"))
    return (
        _gull_on_bollard_ground(ink)
        + path(
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
            wing,
        )
        + path("M500 508C540 536 580 552 622 572C584 584 530 572 496 552Z", ANTHRACITE)
        + path("M596 566l20 6l-14 6zM560 552l14 8l-18 2z", CHALK)
        + path("M296 284C270 280 236 286 214 304C238 316 270 316 298 308Z", SIGNAL)
        + path("M226 306C240 314 252 314 258 308Z", BRICK)
        + path("M214 304C240 302 270 300 296 296", stroke="#A87A1E", stroke_width=2.4)
        + ellipse(338, 272, 10, 10, "#F0DDA0")
        + ellipse(337, 272, 5.4, 5.4, "#1D2226")
        + path("M322 258q14 -8 30 0", stroke="#8E9698", stroke_width=4, stroke_linecap="round")
    )


def _gull_on_bollard_ground(ink: Ink) -> str:
    return (
        rect(0, 0, 700, 990, ink.linear((0, "#C7D2D1"), (0.7, "#E8E2D2"), (1, "#E8E2D2")))
        + rect(0, 742, 700, 248, ink.linear((0, "#6F8D95"), (1, "#3F6172")))
        + path(
            "M46 770h220M420 790h230M90 830h180M470 850h180M60 900h240M480 930h180",
            stroke="#DCE3DE",
            stroke_width=4,
            opacity=0.4,
            stroke_linecap="round",
        )
        + path(
            "M232 990V676H468V990Z",
            ink.linear((0, "#4B4F52"), (0.3, "#6A6E70"), (1, "#24282B"), line=(0, 0, 1, 0)),
        )
        + path(
            (
                "M206 690C206 640 250 622 350 622C450 622 494 640 494 690C494 716 450 724 350 "
                "724C250 "
                "724 206 716 206 690Z"
            ),
            ink.linear((0, "#777B7C"), (0.4, "#54585A"), (1, "#26292C")),
        )
        + path(
            "M320 628v-70M384 628v-70M320 628l-22 6M320 628l14 6M384 628l-20 6M384 628l16 6",
            stroke="#E0A088",
            stroke_width=8,
            stroke_linecap="round",
        )
    )


def regatta(ink: Ink) -> str:
    """Five boats close to the wind."""
    parts = [
        rect(0, 0, 700, 990, ink.linear((0, "#F1E4C8"), (0.5, "#E3E3D6"))),
        ellipse(180, 220, 52, 52, SIGNAL),
    ]
    for i in range(16):
        colour = inks.mix(HARBOUR, SEA, i / 15) if i % 2 else inks.mix("#466E86", "#8FB0A3", i / 15)
        y = 590 + i * 27
        wave = f"M0 {y}" + "".join(f"q25 {-7 if k % 2 else 7} 50 0" for k in range(14)) + "V990H0Z"
        parts.append(path(wave, colour))
    for x, y, s, sail in (
        (150, 640, 0.62, CHALK),
        (330, 620, 0.5, "#E9D6B0"),
        (540, 650, 0.7, BRICK),
        (250, 770, 1.05, CHALK),
        (510, 850, 1.25, SIGNAL),
    ):
        shade = ink.linear(
            (0, inks.lighter(sail, 0.3)), (1, inks.darker(sail, 0.22)), line=(0, 0, 1, 0.4)
        )
        boat = (
            path("M4 -262C60 -190 92 -110 98 -34L4 -26Z", shade)
            + path("M-4 -238C-36 -160 -62 -90 -78 -32L-4 -28Z", inks.darker(sail, 0.12))
            + path("M0 -270V-4", stroke="#5A4632", stroke_width=4)
            + path(
                "M4 -200l70 40M4 -140l84 30M4 -84l92 18",
                stroke=inks.darker(sail, 0.4),
                stroke_width=1.4,
                opacity=0.5,
            )
            + path("M-96 -18H106C92 12 70 20 20 20H-50C-76 18 -90 4 -96 -18Z", ANTHRACITE)
            + path("M-92 -12H100", stroke=CHALK, stroke_width=4)
            + path(
                "M-110 26q30 -12 60 0t60 0t60 0t60 0",
                stroke="#F4F1E6",
                stroke_width=5,
                opacity=0.75,
                stroke_linecap="round",
            )
        )
        parts.append(at(boat, x, y, s, turned=12))
    return "".join(parts)
