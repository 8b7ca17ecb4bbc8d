"""The chart of nine knots, 700 by 990 units."""

from demo.pictures import ink as inks
from demo.pictures import solids
from demo.pictures.ink import BRICK, Ink, at, ellipse, path, rect

ROPES: tuple[tuple[tuple[float, float], ...], ...] = (
    (
        (-80, 66),
        (-40, 30),
        (26, -34),
        (6, -78),
        (-34, -48),
        (14, 14),
        (58, 48),
        (84, 4),
        (30, -8),
        (-84, 8),
    ),
    (
        (-86, -34),
        (-30, -30),
        (34, 34),
        (74, 0),
        (34, -34),
        (-30, 34),
        (-74, 4),
        (-44, -18),
        (0, 0),
        (86, 44),
    ),
    (
        (-88, -22),
        (-20, -24),
        (40, -18),
        (56, 8),
        (30, 30),
        (-10, 6),
        (-44, 28),
        (-30, 52),
        (20, 44),
        (88, 22),
    ),
    (
        (-70, 80),
        (-40, 20),
        (0, -40),
        (40, -66),
        (58, -30),
        (10, 0),
        (-40, 10),
        (-60, -24),
        (-20, -50),
        (70, 60),
    ),
    (
        (-88, 8),
        (-40, -36),
        (8, -20),
        (20, 24),
        (-20, 44),
        (-40, 8),
        (-6, -30),
        (40, -40),
        (62, 0),
        (88, 30),
    ),
    (
        (-6, -90),
        (-30, -40),
        (10, -8),
        (44, 22),
        (16, 52),
        (-28, 30),
        (-20, -8),
        (30, -34),
        (40, -70),
        (10, 90),
    ),
    (
        (-84, -50),
        (-30, -54),
        (30, -24),
        (44, 24),
        (4, 48),
        (-36, 20),
        (-24, -18),
        (24, -6),
        (56, 40),
        (84, 66),
    ),
    (
        (-84, 30),
        (-50, -28),
        (-4, 22),
        (42, -28),
        (66, 8),
        (36, 38),
        (-6, -12),
        (-46, 40),
        (-20, 62),
        (84, 50),
    ),
    (
        (-88, -10),
        (-36, -14),
        (16, -46),
        (52, -12),
        (24, 30),
        (-24, 18),
        (-14, -34),
        (34, -60),
        (62, -40),
        (84, 30),
    ),
)


def knots(ink: Ink) -> str:
    """A chart of nine knots, rope over rope with its shadow."""
    parts = [
        rect(
            0,
            0,
            700,
            990,
            ink.radial((0, "#34566E"), (1, "#1F3648"), centre=(0.4, 0.3), radius=0.9),
        )
    ]
    for i, points in enumerate(ROPES):
        x, y = 160 + (i % 3) * 190, 210 + (i // 3) * 285
        fine = solids.profile(points, steps=10)
        for start in range(0, len(fine) - 1, 6):
            piece = inks.smooth(fine[max(0, start - 1) : start + 8])
            shadow = inks.smooth(fine[start + 1 : start + 6]) if start else ""
            rope = path(shadow, stroke="#0F1C26", stroke_width=21, opacity=0.5) if shadow else ""
            rope += path(piece, stroke="#8E744A", stroke_width=15) + path(
                piece, stroke="#E7D3A8", stroke_width=11
            )
            rope += path(piece, stroke="#B99C6B", stroke_width=11, stroke_dasharray="1.8 4.6")
            parts.append(at(rope, x, y, 0.98))
        for end in (points[0], points[-1]):
            parts.append(ellipse(x + end[0] * 0.98, y + end[1] * 0.98, 8.5, 8.5, BRICK))
    frame = rect(70, 70, 560, 850, "none", stroke="#D6C09A", stroke_width=2, opacity=0.7)
    return "".join(parts) + frame
