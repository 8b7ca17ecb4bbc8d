"""Dials, hands, rings and glasses, the parts that all clocks share."""

import math

from demo.pictures import ink as inks
from demo.pictures.ink import (
    SIGNAL,
    Ink,
    at,
    ellipse,
    num,
    path,
)

DIAL = "#F8F4EA"


def spot(angle: float, radius: float) -> str:
    """Path coordinates of a point on the dial: degrees from twelve, distance from the pin."""
    turn = math.radians(angle)
    return f"{num(radius * math.sin(turn))} {num(-radius * math.cos(turn))}"


def marks(
    radius: float, colour: str, *, long: float = 0.16, thick: float = 0.035, minutes: bool = True
) -> str:
    """Hour marks and, unless told otherwise, minute marks."""
    hours = "".join(
        (
            f"M{spot(h * 30, radius * 0.92)}"
            f"L{spot(h * 30, radius * (0.92 - long * (1.25 if h % 3 == 0 else 1)))}"
        )
        for h in range(12)
    )
    dots = "".join(
        f"M{spot(m * 6, radius * 0.92)}L{spot(m * 6, radius * 0.87)}" for m in range(60) if m % 5
    )
    return path(hours, stroke=colour, stroke_width=radius * thick) + (
        path(dots, stroke=colour, stroke_width=radius * thick * 0.32) if minutes else ""
    )


def hands(
    ink: Ink,
    radius: float,
    colour: str,
    *,
    hour: float,
    minute: float,
    second: float | None = None,
    accent: str = SIGNAL,
) -> str:
    """Hour and minute hand, perhaps a second hand, with their shadow and the pin; in degrees."""

    def hand(
        angle: float, length: float, back: float, wide: float, paint: str, opacity: float = 1
    ) -> str:
        return path(
            f"M{spot(angle + 180, radius * back)}L{spot(angle, radius * length)}",
            stroke=paint,
            stroke_width=radius * wide,
            opacity=opacity,
        )

    dark = "#2B211E"
    both = hand(hour, 0.52, 0.12, 0.052, colour) + hand(minute, 0.8, 0.14, 0.038, colour)
    fall = hand(hour, 0.52, 0.12, 0.052, dark, 0.28) + hand(minute, 0.8, 0.14, 0.038, dark, 0.28)
    shade = at(fall, radius * 0.018, radius * 0.03)
    tick = ""
    if second is not None:
        tick = at(hand(second, 0.84, 0.2, 0.014, dark, 0.2), radius * 0.02, radius * 0.035)
        tick += hand(second, 0.84, 0.2, 0.014, accent)
    pin = ellipse(
        0, 0, radius * 0.05, radius * 0.05, accent if second is not None else colour
    ) + ellipse(
        -radius * 0.01, -radius * 0.012, radius * 0.02, radius * 0.02, "#FFFFFF", opacity=0.5
    )
    return shade + both + tick + pin


def face(ink: Ink, radius: float, dial: str = DIAL) -> str:
    """The paper of the dial."""
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


def glass(ink: Ink, radius: float) -> str:
    """The glass: shade at its edge and a gleam."""
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
        (
            f"M{spot(-78, r)}A{num(r)} {num(r)} 0 0 1 {spot(22, r)}Q{num(-r * 0.2)} "
            f"{num(-r * 0.5)} "
            f"{spot(-78, r)}Z"
        ),
        gleam,
        opacity=0.5,
    )


def ring(ink: Ink, outer: float, inner: float, colour: str) -> str:
    """The case around the dial, with its bevel."""
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
