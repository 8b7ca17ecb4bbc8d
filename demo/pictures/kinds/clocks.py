"""Clocks. Millimetres; wall clocks are centred, the others stand at the origin."""

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
    path,
    rect,
)
from demo.pictures.kinds import dials


def wall_clock(ink: Ink, colour: str) -> str:
    """Round kitchen clock, 300 across."""
    dark = inks.brightness(colour) < 0.6
    dial = dials.DIAL if dark else "#FBF8F1"
    shape = "M-150 0A150 150 0 1 1 150 0A150 150 0 1 1 -150 0Z"
    return (
        scene.lying_shadow(ink, shape, height=16, strength=0.42)
        + dials.ring(ink, 150, 137, colour if dark else "#EDE6D8")
        + dials.face(ink, 136, dial)
        + dials.marks(136, ANTHRACITE)
        + lettering.line("GLASEN", 0, 46, 7.5, ANTHRACITE, weight=1.1)
        + dials.hands(ink, 136, ANTHRACITE, hour=305, minute=54, second=186)
        + dials.glass(ink, 136)
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
        f"M0 0L{dials.spot(195, r * 0.5)}",
        stroke=BRICK if colour != BRICK else SIGNAL,
        stroke_width=1.6,
    )
    depth = ellipse(4, -50, 46, 46, inks.darker(colour, 0.55))
    return (
        solids.contact(ink, 40, depth=5)
        + depth
        + feet
        + button
        + at(
            dials.ring(ink, 46, 39, colour)
            + dials.face(ink, 38.5)
            + dots
            + bell
            + dials.hands(ink, r, ANTHRACITE, hour=178, minute=0, second=None)
            + dials.glass(ink, 38.5),
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
            + dials.ring(ink, 40, 35.5, BRASS)
            + dials.face(ink, 35)
            + dials.marks(35, ANTHRACITE, minutes=False, thick=0.045)
            + dials.hands(ink, 35, HARBOUR, hour=120, minute=0)
            + dials.glass(ink, 35),
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
    inner = _tide_clock_inner(ink, r, water, waves)
    ticks = "".join(
        f"M{dials.spot(h * 30, r * 0.93)}L{dials.spot(h * 30, r * 0.82)}" for h in range(12)
    )
    text = lettering.line("FLUT", 0, -r * 0.66, 7, ANTHRACITE, weight=1.2) + lettering.line(
        "EBBE", 0, r * 0.76, 7, ANTHRACITE, weight=1.2
    )
    pointer = f"M{dials.spot(228, r * 0.2)}L{dials.spot(48, r * 0.78)}"
    hand = path(
        pointer,
        stroke=BRICK,
        stroke_width=3.4,
        stroke_linecap="round",
    )
    return (
        scene.lying_shadow(ink, shape, height=12, strength=0.42)
        + rope
        + dials.ring(ink, 90, 78, colour)
        + dials.face(ink, 77)
        + inner
        + ellipse(0, 0, r * 0.62, r * 0.62, "none", stroke=ANTHRACITE, stroke_width=0.8)
        + path(ticks, stroke=ANTHRACITE, stroke_width=2)
        + text
        + at(path(pointer, stroke="#2B211E", stroke_width=3.4, opacity=0.25), 1.6, 2.6)
        + hand
        + ellipse(0, 0, 5, 5, ink.radial((0, "#F6E4B4"), (1, BRASS)))
        + dials.glass(ink, 77)
    )


def _tide_clock_inner(ink: Ink, r: float, water: str, waves: str) -> str:
    return ink.clipped(
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
