"""Pens, pencils, ink and a letter opener. Millimetres."""

from demo.pictures import ink as inks
from demo.pictures import lettering, scene, solids
from demo.pictures.ink import (
    ANTHRACITE,
    BRASS,
    BRICK,
    CHALK,
    HARBOUR,
    SIGNAL,
    Ink,
    at,
    ellipse,
    num,
    path,
    rect,
)


def _rod(ink: Ink, colour: str, *, mirror: float = 0.5) -> str:
    return ink.linear(
        (0, inks.darker(colour, 0.3)),
        (0.16, inks.lighter(colour, 0.25)),
        (0.3, inks.lighter(colour, 0.3 + mirror * 0.6)),
        (0.42, inks.lighter(colour, 0.1)),
        (0.62, colour),
        (0.86, inks.darker(colour, 0.5)),
        (1, inks.darker(colour, 0.28)),
    )


def pen(ink: Ink, colour: str) -> str:
    """Twist-action pen, 136 long, lying with its tip to the right; centred."""
    metal = _rod(ink, colour)
    cut = inks.darker(colour, 0.6) if colour == BRASS else "#D9C08A"
    brass = _rod(ink, BRASS)
    shape = "M-68 -3.4Q-68 -4.4 -66 -4.5H38L58 -2.2L63 -1.1V1.1L58 2.2L38 4.5H-66Q-68 4.4 -68 3.4Z"
    return (
        scene.lying_shadow(ink, shape, height=2.4, strength=0.5)
        + path("M62 -1.1L66.6 -0.6Q67.6 0 66.6 0.6L62 1.1Z", _rod(ink, "#B9BDC0"))
        + path(shape, metal)
        + rect(-30, -4.55, 2.2, 9.1, brass if colour != BRASS else inks.darker(BRASS, 0.4))
        + rect(36, -4.55, 1.2, 9.1, inks.darker(colour, 0.5), opacity=0.7)
        + path(
            "".join(f"M{num(-64 + k * 1.5)} -4.4V4.4" for k in range(7)),
            stroke=inks.darker(colour, 0.55),
            stroke_width=0.5,
            opacity=0.7,
        )
        + at(
            path(
                "".join(f"M{num(-64 + k * 1.5)} -4.4V4.4" for k in range(7)),
                stroke=inks.lighter(colour, 0.7),
                stroke_width=0.3,
                opacity=0.6,
            ),
            0.5,
            0,
        )
        + path("M-54 -5.4H-24Q-20 -5.4 -20 -3.6Q-20 -2.8 -22 -2.8H-54Z", brass)
        + path("M-53 -4.9H-24", stroke="#FFF6DC", stroke_width=0.4, opacity=0.8)
        + lettering.line("J. HANSEN", 6, 1.7, 3.2, cut, weight=1.1, opacity=0.9)
        + at(
            lettering.line(
                "J. HANSEN", 6, 1.7, 3.2, inks.lighter(colour, 0.6), weight=0.5, opacity=0.5
            ),
            0.25,
            0.3,
        )
    )


def pen_case(ink: Ink) -> str:
    """The felt-lined box of the pen from above, 170 × 52."""
    card = "#33464F"
    return (
        scene.lying_shadow(ink, "M-85 -26H85V26H-85Z", height=2)
        + rect(
            -85,
            -26,
            170,
            52,
            ink.linear(
                (0, inks.lighter(card, 0.18)), (1, inks.darker(card, 0.3)), line=(0, 0, 1, 1)
            ),
            rx=1.5,
        )
        + rect(-79, -20, 158, 40, "#9C8F7C", rx=1)
        + rect(
            -79,
            -20,
            158,
            40,
            ink.linear((0, inks.COOL, 0.5), (0.25, inks.COOL, 0.1), (1, inks.WARM, 0.25)),
            rx=1,
        )
    )


def pencil(ink: Ink, colour: str, length: float = 175) -> str:
    """Hexagonal pencil, lying, tip to the right; its end at the origin."""
    shape = f"M0 -3.5H{num(length - 20)}L{num(length)} 0L{num(length - 20)} 3.5H0Z"
    wood = "#DDB98A"
    body = (
        rect(0, -3.5, length - 20, 2.3, inks.lighter(colour, 0.34))
        + rect(0, -1.2, length - 20, 2.5, colour)
        + rect(0, 1.3, length - 20, 2.2, inks.darker(colour, 0.34))
    )
    tip = path(
        (
            f"M{num(length - 20)} -3.5Q{num(length - 22.6)} -2.3 {num(length - 20)} -1.2"
            f"Q{num(length - 22.8)} 0 {num(length - 20)} 1.3Q{num(length - 22.6)} 2.4 "
            f"{num(length - 20)} 3.5L{num(length - 4)} 0.8V-0.8Z"
        ),
        ink.linear((0, inks.lighter(wood, 0.4)), (1, inks.darker(wood, 0.26))),
    )
    return (
        scene.lying_shadow(ink, shape, height=2, strength=0.45)
        + body
        + rect(0, -3.5, 14, 7, wood, opacity=0.95)
        + rect(14, -3.5, 1.4, 7, inks.SAND)
        + tip
        + path(f"M{num(length - 6)} -1L{num(length)} 0L{num(length - 6)} 1Z", "#2B2B2E")
        + lettering.line(
            "KONTOR HB",
            length * 0.24,
            0.9,
            1.9,
            CHALK if colour != SIGNAL else ANTHRACITE,
            weight=1.2,
            anchor="start",
        )
        + path(f"M14 -2.5H{num(length - 22)}", stroke="#FFFFFF", stroke_width=0.4, opacity=0.5)
    )


def pencil_box(ink: Ink) -> str:
    """Sliding box for twelve pencils, 185 × 62, half open; centred."""
    case = "#E2D5BC"
    tray = rect(-20, -29, 128, 58, "#B9A583", rx=1) + rect(
        -20,
        -29,
        128,
        58,
        ink.linear((0, inks.COOL, 0.4), (0.3, inks.COOL, 0.05), (1, inks.WARM, 0.1)),
        rx=1,
    )
    pencils = "".join(
        at(pencil(ink, (BRICK, HARBOUR, SIGNAL)[k % 3], 176), -72, -22.5 + k * 9, 1)
        for k in range(6)
    )
    sleeve = rect(
        -98,
        -31,
        108,
        62,
        ink.linear((0, inks.lighter(case, 0.4)), (1, inks.darker(case, 0.14)), line=(0, 0, 0.7, 1)),
        rx=1.5,
    )
    mark = (
        path(
            "M-84 12q6 -7 12 0t12 0t12 0t12 0t12 0M-84 20q6 -7 12 0t12 0t12 0t12 0t12 0",
            stroke=HARBOUR,
            stroke_width=1.4,
        )
        + lettering.line("KONTOR", -84, -8, 9, ANTHRACITE, weight=1.3, anchor="start")
        + lettering.line("12 HB", -84, 2, 4.4, BRICK, weight=1.2, anchor="start")
    )
    return (
        scene.lying_shadow(ink, "M-98 -31H108V31H-98Z", height=5)
        + tray
        + pencils
        + rect(6, -31, 10, 62, inks.COOL, opacity=0.25)
        + sleeve
        + mark
    )


def ink_bottle(ink: Ink, colour: str) -> str:
    """Square bottle with slanted shoulders and a black cap; 60 wide, foot at the origin."""
    glass = (
        "M-30 -4Q-30 0 -26 0H26Q30 0 30 -4V-34Q30 -38 26 -41L14 -49H-14L-26 -41Q-30 -38 -30 -34Z"
    )
    liquid = "M-26.4 -5Q-26.4 -3.4 -24.4 -3.4H24.4Q26.4 -3.4 26.4 -5V-30Q0 -33 -26.4 -30Z"
    clear = ink.linear(
        (0, "#F3F1EA", 0.9),
        (0.2, "#DDE0DC", 0.75),
        (0.8, "#B9C0BF", 0.75),
        (1, "#8E9796", 0.85),
        line=(0, 0, 1, 0),
    )
    fill = _ink_bottle_fill(ink, colour)
    cap = [(48.0, 14.5), (49, 15.5), (62, 15.5), (64, 14.5)]
    label = (
        rect(-18, -27, 36, 18, CHALK, rx=0.6)
        + rect(-16.8, -25.8, 33.6, 15.6, "none", stroke=colour, stroke_width=0.5)
        + lettering.line("TINTE", 0, -16.6, 5, ANTHRACITE, weight=1.3)
        + path("M-10 -13.4H10", stroke=colour, stroke_width=1.2)
    )
    return (
        solids.footing(ink, -29, 30)
        + path(glass, clear, stroke="#8E9796", stroke_width=0.5)
        + path(liquid, fill)
        + ellipse(0, -30.8, 26, 1.6, inks.lighter(colour, 0.35), opacity=0.7)
        + path(
            "M-27.6 -6V-33Q-27 -36 -24 -38",
            stroke="#FFFFFF",
            stroke_width=1.8,
            opacity=0.85,
            stroke_linecap="round",
        )
        + path("M-14 -49L-26 -41M14 -49L26 -41", stroke="#FFFFFF", stroke_width=0.7, opacity=0.7)
        + path("M12 -44L24 -38.5", stroke="#FFFFFF", stroke_width=1.4, opacity=0.5)
        + label
        + rect(-24, -28, 5, 22, "#FFFFFF", opacity=0.16)
        + solids.turned(ink, cap, inks.BLACK, solids.POWDER)
        + path(
            "".join(f"M{num(-13.5 + k * 2.25)} -50V-61" for k in range(13)),
            stroke="#000000",
            stroke_width=0.5,
            opacity=0.6,
        )
        + solids.disc(ink, 64, 14.5, "#3A3E42")
    )


def _ink_bottle_fill(ink: Ink, colour: str) -> str:
    return ink.linear(
        (0, inks.lighter(colour, 0.1)),
        (0.14, inks.darker(colour, 0.35)),
        (0.55, inks.darker(colour, 0.12)),
        (0.82, inks.lighter(colour, 0.28)),
        (1, inks.darker(colour, 0.3)),
        line=(0, 0, 1, 0.3),
    )


def swatch(ink: Ink, colour: str) -> str:
    """A brush stroke of the ink on a card, 90 × 60."""
    wash = ink.linear(
        (0, inks.darker(colour, 0.25), 0.95),
        (0.5, colour, 0.85),
        (1, inks.lighter(colour, 0.3), 0.6),
        line=(0, 0, 1, 0),
    )
    return (
        scene.lying_shadow(ink, "M-50 -34H50V34H-50Z", height=2.5)
        + rect(-50, -34, 100, 68, "#FAF6EC")
        + path(
            (
                "M-38 -18C-20 -24 12 -22 36 -17C40 -12 34 -7 38 -3C14 2 -20 -2 -38 1C-42 -6 "
                "-34 -10 "
                "-38 -18Z"
            ),
            wash,
        )
        + path(
            "M-36 18q5 -12 9 -2t8 -2t8 2t7 -3q6 -9 10 2t9 -2t8 2",
            stroke=colour,
            stroke_width=1.5,
            stroke_linecap="round",
        )
    )


def opener(ink: Ink) -> str:
    """Letter opener, 210 long, blade to the right; centred."""
    blade = (
        "M-30 -1.8C-20 -2 -14 -2.4 -8 -3.6C14 -6.2 48 -5 78 -2.8C92 -1.7 100 -0.8 106 0C100 "
        "0.8 92 1.7 78 2.8C48 5 14 6.2 -8 3.6C-14 2.4 -20 2 -30 1.8Z"
    )
    upper = "M-30 -1.8C-20 -2 -14 -2.4 -8 -3.6C14 -6.2 48 -5 78 -2.8C92 -1.7 100 -0.8 106 0H-30Z"
    steel = ink.linear((0, "#F3F4F2"), (1, "#C4C9CA"))
    under = ink.linear((0, "#9BA2A5"), (1, "#D9DCDB"))
    brushed = "".join(
        f"M{num(-6 + abs(k - 6) * 2)} {num(-3.9 + k * 0.65)}H{num(60 - abs(k - 6) * 4)}"
        for k in range(13)
    )
    grip = (
        "M-106 -3.4C-105 -6.4 -99 -6.8 -88 -5.8C-72 -4.4 -56 -3 -34 -3.4V3.4C-56 3 -72 4.4 -88 "
        "5.8C-99 6.8 -105 6.4 -106 3.4Z"
    )
    walnut = "#6B4630"
    handle = ink.clipped(
        solids.wood(ink, -107, -10, 70, 20, walnut, seed="walnut"), path(grip, "#000")
    ) + path(grip, ink.linear((0, inks.WARM, 0.34), (0.4, inks.WARM, 0), (1, inks.COOL, 0.5)))
    metal = ink.radial(
        (0, "#F2DDA6"), (0.6, BRASS), (1, inks.darker(BRASS, 0.5)), centre=(0.35, 0.3)
    )
    rivets = "".join(
        ellipse(x, 0, 1.9, 1.9, metal, stroke=inks.darker(walnut, 0.5), stroke_width=0.4)
        for x in (-95, -76, -57)
    )
    return (
        scene.lying_shadow(ink, blade, height=1.8, strength=0.5)
        + scene.lying_shadow(ink, grip, height=2.6, strength=0.5)
        + path(blade, under)
        + path(upper, steel)
        + path(brushed, stroke="#FFFFFF", stroke_width=0.22, opacity=0.5)
        + path("M-30 0H104", stroke="#FFFFFF", stroke_width=0.5, opacity=0.9)
        + lettering.line("PIKE", 14, 0.9, 2.2, "#6C7376", weight=1.0)
        + rect(-36, -3.9, 4, 7.8, _rod(ink, BRASS))
        + handle
        + rivets
    )
