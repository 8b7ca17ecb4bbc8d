"""Loose sheets, cards and the tablet, seen from above. Millimetres, centred."""

from demo.pictures import ink as inks
from demo.pictures import lettering, scene
from demo.pictures.ink import ANTHRACITE, BRICK, CHALK, HARBOUR, Ink, at, num, path, rect
from demo.pictures.kinds import artworks, books, shirts


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
    text = books.writing(-56, -66, 108, 11, 11) if written else ""
    return (
        rect(-74, -105, 148, 210, ink.linear((0, "#FDFBF5"), (1, "#F0E9DA"), line=(0, 0, 1, 1)))
        + laid
        + horizon
        + text
    )


LETTER_SHAPE = "M-74 -105H74V105H-74Z"


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
            (
                "M-74 -104C-58 -108 -42 -106 -26 -116M-16 -100V54M-76 54H-16M24 -112L78 -92M22 6H66"
                "V52H22Z"
            ),
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
            if (row + col) % 4 == 0 or (abs(col - 7.5) + row < 9 and (row * col) % 3 == 1):
                chart.append(
                    f"M{num(-88 + col * cell)} {num(-20 + row * cell)}h{cell}v{cell}h-{cell}z"
                )
    grid = "".join(
        (
            f"M-88 {num(-20 + k * cell)}H{num(-88 + 16 * cell)}M{num(-88 + k * cell)} -20"
            f"V{num(-20 + 16 * cell)}"
        )
        for k in range(17)
    )
    hat = at(shirts.beanie(ink, inks.SIGNAL), 0, -42, 0.34)
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
