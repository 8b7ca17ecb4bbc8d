"""Clocks and a candle. Millimetres; wall clocks are centred, the others stand at the origin."""

import math

from demo.pictures import ink as inks
from demo.pictures import lettering, scene, solids
from demo.pictures.ink import (
    ANTHRACITE,
    BRASS,
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

DIAL = "#F8F4EA"


def _spot(angle: float, radius: float) -> str:
    turn = math.radians(angle)
    return f"{num(radius * math.sin(turn))} {num(-radius * math.cos(turn))}"


def _marks(
    radius: float, colour: str, *, long: float = 0.16, thick: float = 0.035, minutes: bool = True
) -> str:
    hours = "".join(
        f"M{_spot(h * 30, radius * 0.92)}L{_spot(h * 30, radius * (0.92 - long * (1.25 if h % 3 == 0 else 1)))}"
        for h in range(12)
    )
    dots = "".join(
        f"M{_spot(m * 6, radius * 0.92)}L{_spot(m * 6, radius * 0.87)}" for m in range(60) if m % 5
    )
    return path(hours, stroke=colour, stroke_width=radius * thick) + (
        path(dots, stroke=colour, stroke_width=radius * thick * 0.32) if minutes else ""
    )


def _hands(
    ink: Ink,
    radius: float,
    colour: str,
    *,
    hour: float,
    minute: float,
    second: float | None = None,
    accent: str = SIGNAL,
) -> str:
    def hand(angle: float, length: float, back: float, wide: float, paint: str) -> str:
        return path(
            f"M{_spot(angle + 180, radius * back)}L{_spot(angle, radius * length)}",
            stroke=paint,
            stroke_width=radius * wide,
            stroke_linecap="butt",
        )

    both = hand(hour, 0.52, 0.12, 0.052, colour) + hand(minute, 0.8, 0.14, 0.038, colour)
    shade = at(
        f'<g opacity="0.28">{hand(hour, 0.52, 0.12, 0.052, "#2B211E")}{hand(minute, 0.8, 0.14, 0.038, "#2B211E")}</g>',
        radius * 0.018,
        radius * 0.03,
    )
    tick = (
        ""
        if second is None
        else at(
            f'<g opacity="0.2">{hand(second, 0.84, 0.2, 0.014, "#2B211E")}</g>',
            radius * 0.02,
            radius * 0.035,
        )
        + hand(second, 0.84, 0.2, 0.014, accent)
    )
    pin = ellipse(
        0, 0, radius * 0.05, radius * 0.05, accent if second is not None else colour
    ) + ellipse(
        -radius * 0.01, -radius * 0.012, radius * 0.02, radius * 0.02, "#FFFFFF", opacity=0.5
    )
    return shade + both + tick + pin


def _face(ink: Ink, radius: float, dial: str = DIAL) -> str:
    return ellipse(
        0,
        0,
        radius,
        radius,
        ink.radial(
            (0, inks.lighter(dial, 0.6)),
            (0.7, dial),
            (1, inks.darker(dial, 0.16)),
            centre=(0.36, 0.3),
            radius=0.85,
        ),
    )


def _glass(ink: Ink, radius: float) -> str:
    r = radius * 0.93
    inner = ink.radial(
        (0, inks.COOL, 0),
        (0.86, inks.COOL, 0),
        (1, inks.COOL, 0.34),
        centre=(0.53, 0.55),
        radius=0.55,
    )
    gleam = ink.linear((0, "#FFFFFF", 0.5), (1, "#FFFFFF", 0.02), line=(0, 0, 0.8, 1))
    return ellipse(0, 0, radius, radius, inner) + path(
        f"M{_spot(-78, r)}A{num(r)} {num(r)} 0 0 1 {_spot(22, r)}Q{num(-r * 0.2)} {num(-r * 0.5)} {_spot(-78, r)}Z",
        gleam,
        opacity=0.5,
    )


def _ring(ink: Ink, outer: float, inner: float, colour: str) -> str:
    body = ink.linear(
        (0, inks.lighter(colour, 0.45)),
        (0.4, colour),
        (1, inks.darker(colour, 0.45)),
        line=(0, 0, 1, 1),
    )
    lip = ink.linear(
        (0, inks.darker(colour, 0.5)),
        (0.6, colour),
        (1, inks.lighter(colour, 0.5)),
        line=(0, 0, 1, 1),
    )
    middle = (outer + inner * 1.4) / 2.4
    return ellipse(0, 0, outer, outer, body) + ellipse(0, 0, middle, middle, lip)


def wall_clock(ink: Ink, colour: str) -> str:
    """Round kitchen clock, 300 across."""
    dark = inks.brightness(colour) < 0.6
    dial = DIAL if dark else "#FBF8F1"
    shape = "M-150 0A150 150 0 1 1 150 0A150 150 0 1 1 -150 0Z"
    return (
        scene.lying_shadow(ink, shape, height=16, strength=0.42)
        + _ring(ink, 150, 137, colour if dark else "#EDE6D8")
        + _face(ink, 136, dial)
        + _marks(136, ANTHRACITE)
        + lettering.line("GLASEN", 0, 46, 7.5, ANTHRACITE, weight=1.1)
        + _hands(ink, 136, ANTHRACITE, hour=305, minute=54, second=186)
        + _glass(ink, 136)
    )


def alarm_clock(ink: Ink, colour: str) -> str:
    """Small alarm clock on two feet, 90 across, 105 high."""
    feet = path(
        "M-30 -14L-36 -1M30 -14L36 -1",
        stroke=inks.darker(colour, 0.35),
        stroke_width=8,
        stroke_linecap="round",
    )
    button = rect(
        -15, -110, 30, 14, ink.linear((0, inks.lighter("#D9D4C8", 0.5)), (1, "#8C877C")), rx=5
    )
    r = 37.0
    dots = "".join(
        ellipse(
            r * 0.8 * math.sin(h * math.pi / 6),
            -r * 0.8 * math.cos(h * math.pi / 6),
            2.1 if h % 3 else 2.8,
            2.1 if h % 3 else 2.8,
            SEA if h % 3 else ANTHRACITE,
        )
        for h in range(12)
    )
    bell = path(
        f"M0 0L{_spot(195, r * 0.5)}", stroke=BRICK if colour != BRICK else SIGNAL, stroke_width=1.6
    )
    depth = ellipse(4, -50, 46, 46, inks.darker(colour, 0.55))
    return (
        solids.contact(ink, 40, depth=5)
        + depth
        + feet
        + button
        + at(
            _ring(ink, 46, 39, colour)
            + _face(ink, 38.5)
            + dots
            + bell
            + _hands(ink, r, ANTHRACITE, hour=178, minute=0, second=None)
            + _glass(ink, 38.5),
            0,
            -52,
        )
    )


def desk_clock(ink: Ink) -> str:
    """Oak block rounded like an archway, 110 wide, 140 high."""
    shape = "M-55 0V-86A55 54 0 0 1 55 -86V0Z"
    side = "M55 0V-86C55 -122 28 -140 0 -140C10 -143 16 -143 20 -142C48 -138 68 -116 68 -88V-5Z"
    return (
        solids.footing(ink, -55, 66)
        + path(
            side,
            ink.linear((0, inks.darker(OAK, 0.1)), (1, inks.darker(OAK, 0.5)), line=(0, 0, 1, 0.4)),
        )
        + ink.clipped(
            solids.wood(ink, -56, -142, 112, 143, OAK, seed="block", upright=True),
            path(shape, "#000"),
        )
        + path(
            "M-54 0V-86A54 53 0 0 1 54 -86",
            stroke=inks.lighter(OAK, 0.6),
            stroke_width=1.2,
            opacity=0.7,
        )
        + at(
            ellipse(1.4, 2, 41, 41, "#2B211E", opacity=0.35)
            + _ring(ink, 40, 35.5, BRASS)
            + _face(ink, 35)
            + _marks(35, ANTHRACITE, minutes=False, thick=0.045)
            + _hands(ink, 35, HARBOUR, hour=120, minute=0)
            + _glass(ink, 35),
            0,
            -80,
        )
    )


def tide_clock(ink: Ink, colour: str) -> str:
    """Tide clock with one hand, 180 across."""
    shape = "M-90 0A90 90 0 1 1 90 0A90 90 0 1 1 -90 0Z"
    rope = path("M-24 -92C-24 -116 24 -116 24 -92", stroke=inks.darker(colour, 0.3), stroke_width=5)
    r = 76.0
    water = ink.linear(
        (0, inks.lighter(HARBOUR, 0.42)), (0.5, HARBOUR), (1, inks.darker(HARBOUR, 0.35))
    )
    waves = "".join(
        f"M-80 {y}" + "".join(f"q10 {-6 if k % 2 else 6} 20 0" for k in range(8)) + "V90H-80Z"
        for y in (2,)
    )
    inner = ink.clipped(
        path(waves, water, opacity=0.9)
        + "".join(
            path(
                f"M-80 {14 + j * 12}"
                + "".join(f"q10 {-5 if (k + j) % 2 else 5} 20 0" for k in range(8)),
                stroke=CHALK,
                stroke_width=0.8,
                opacity=0.4,
            )
            for j in range(5)
        ),
        ellipse(0, 0, r * 0.62, r * 0.62, "#000"),
    )
    ticks = "".join(f"M{_spot(h * 30, r * 0.93)}L{_spot(h * 30, r * 0.82)}" for h in range(12))
    text = lettering.line("FLUT", 0, -r * 0.66, 7, ANTHRACITE, weight=1.2) + lettering.line(
        "EBBE", 0, r * 0.76, 7, ANTHRACITE, weight=1.2
    )
    hand = path(
        f"M{_spot(228, r * 0.2)}L{_spot(48, r * 0.78)}",
        stroke=BRICK,
        stroke_width=3.4,
        stroke_linecap="round",
    )
    return (
        scene.lying_shadow(ink, shape, height=12, strength=0.42)
        + rope
        + _ring(ink, 90, 78, colour)
        + _face(ink, 77)
        + inner
        + ellipse(0, 0, r * 0.62, r * 0.62, "none", stroke=ANTHRACITE, stroke_width=0.8)
        + path(ticks, stroke=ANTHRACITE, stroke_width=2)
        + text
        + at(
            f'<g opacity="0.25">{path(f"M{_spot(228, r * 0.2)}L{_spot(48, r * 0.78)}", stroke="#2B211E", stroke_width=3.4)}</g>',
            1.6,
            2.6,
        )
        + hand
        + ellipse(0, 0, 5, 5, ink.radial((0, "#F6E4B4"), (1, BRASS)))
        + _glass(ink, 77)
    )


def candle(
    ink: Ink, colour: str, *, lit: bool = True, height: float = 150, radius: float = 35
) -> str:
    """Pillar candle."""
    body = [
        (0.0, radius - 1.5),
        (1.5, radius),
        (height * 0.5, radius),
        (height - 2, radius),
        (height, radius - 1.5),
    ]
    curve = solids.profile(body)
    warm = ink.linear(
        (0, "#FFDF9E", 0.75), (0.22, "#FFD08A", 0.28), (0.5, "#FFD08A", 0), (1, "#FFD08A", 0)
    )
    pool = ellipse(
        0,
        -height + 0.6,
        radius * 0.62,
        radius * 0.62 * solids.EYE,
        inks.lighter(colour, 0.5 if lit else 0.1),
        opacity=0.8,
    )
    wick = path(
        f"M0 {num(-height + 1)}C-1 {num(-height - 5)} 1 {num(-height - 8)} 0.5 {num(-height - 12)}",
        stroke="#2A211B",
        stroke_width=1.7,
        stroke_linecap="round",
    )
    flame = ""
    if lit:
        y = -height - 9
        flame = (
            scene.glow(ink, 0, y - 18, 150, strength=0.55)
            + path(
                f"M0 {num(y - 46)}C12 {num(y - 22)} 11 {num(y - 4)} 0 {num(y)}C-11 {num(y - 4)} -12 {num(y - 22)} 0 {num(y - 46)}Z",
                ink.linear((0, "#FFD36B"), (0.5, "#FFF3C4"), (0.85, "#FFB54A"), (1, "#6C8FB8")),
            )
            + path(
                f"M0 {num(y - 32)}C5 {num(y - 18)} 5 {num(y - 8)} 0 {num(y - 4)}C-5 {num(y - 8)} -5 {num(y - 18)} 0 {num(y - 32)}Z",
                "#FFFDF0",
                opacity=0.9,
            )
        )
    return (
        solids.contact(ink, radius * 1.05)
        + solids.turned(ink, body, colour, solids.Finish(gloss=0.22, contrast=0.42))
        + (
            ink.clipped(
                rect(-radius - 2, -height - 10, 2 * radius + 4, height + 20, warm),
                path(solids.outline(curve), "#000"),
            )
            if lit
            else ""
        )
        + solids.disc(ink, height, radius - 1.5, inks.lighter(colour, 0.18))
        + pool
        + wick
        + flame
    )
