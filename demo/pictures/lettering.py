"""Kontor's own capitals, drawn as single strokes: no picture depends on a font of the machine."""

from demo.pictures.ink import num, path

# Each letter: its width, and its strokes in a box 10 units high.
GLYPHS: dict[str, tuple[float, str]] = {
    "A": (8, "M0 10L4 0L8 10M1.5 6.6H6.5"),
    "B": (6, "M0 0V10H3.4A2.6 2.6 0 0 0 3.4 4.8H0M0 0H3A2.4 2.4 0 0 1 3 4.8"),
    "C": (7.8, "M7.8 1.7A5 5 0 1 0 7.8 8.3"),
    "D": (7.6, "M0 0V10H2.6A5 5 0 0 0 2.6 0Z"),
    "E": (5.4, "M5.4 0H0V10H5.4M0 5H4.6"),
    "F": (5.2, "M5.2 0H0V10M0 5H4.4"),
    "G": (8.3, "M7.8 1.7A5 5 0 1 0 8.3 5.4H5"),
    "H": (7, "M0 0V10M7 0V10M0 5H7"),
    "I": (0, "M0 0V10"),
    "J": (4, "M4 0V7.5A2.3 2.3 0 0 1 0 8.4"),
    "K": (6.4, "M0 0V10M6.2 0L0 5.6M2.2 3.8L6.4 10"),
    "L": (5, "M0 0V10H5"),
    "M": (9, "M0 10L1 0L4.5 7L8 0L9 10"),
    "N": (7, "M0 10V0L7 10V0"),
    "O": (10, "M5 0A5 5 0 1 0 5 10A5 5 0 1 0 5 0"),
    "P": (5.8, "M0 10V0H3A2.8 2.8 0 0 1 3 5.6H0"),
    "Q": (10, "M5 0A5 5 0 1 0 5 10A5 5 0 1 0 5 0M6.2 7L9.4 10.4"),
    "R": (6.2, "M0 10V0H3A2.7 2.7 0 0 1 3 5.4H0M3.2 5.4L6.2 10"),
    "S": (5.6, ("M5.3 1.6A2.6 2.6 0 0 0 2.8 0C-0.6 0 -0.4 4.2 2.8 4.9C6.6 5.7 6.2 10 2.8 10A3 3 0 "
"0 1 0 8.2")),
    "T": (6.6, "M0 0H6.6M3.3 0V10"),
    "U": (7, "M0 0V6.5A3.5 3.5 0 0 0 7 6.5V0"),
    "V": (7.6, "M0 0L3.8 10L7.6 0"),
    "W": (11, "M0 0L2.75 10L5.5 1.5L8.25 10L11 0"),
    "X": (7, "M0 0L7 10M7 0L0 10"),
    "Y": (7, "M0 0L3.5 5L7 0M3.5 5V10"),
    "Z": (6.4, "M0 0H6.4L0 10H6.4"),
    "Ä": (8, "M0 10L4 0L8 10M1.5 6.6H6.5M2.2 -2V-2.1M5.8 -2V-2.1"),
    "Ö": (10, "M5 0A5 5 0 1 0 5 10A5 5 0 1 0 5 0M3.2 -2V-2.1M6.8 -2V-2.1"),
    "Ü": (7, "M0 0V6.5A3.5 3.5 0 0 0 7 6.5V0M1.7 -2V-2.1M5.3 -2V-2.1"),
    "0": (6.4, "M3.2 0C7.4 0 7.4 10 3.2 10C-1 10 -1 0 3.2 0"),
    "1": (3, "M0 2L3 0V10"),
    "2": (5.8, "M0.3 2.2A2.7 2.7 0 0 1 5.5 3C5.5 5 0.5 8 0 10H5.8"),
    "3": (5.6, "M0.4 0H5.2L2.4 4.2A2.9 2.9 0 1 1 0 8.6"),
    "4": (6.4, "M4.6 10V0L0 7H6.4"),
    "5": (5.6, "M5.2 0H1L0.5 4.6A3.1 3.1 0 1 1 0 8.8"),
    "6": (5.8, "M4.6 0.3C1.6 1.4 0 4 0 7A2.9 2.9 0 1 0 0.4 5.6"),
    "7": (5.6, "M0 0H5.6L1.8 10"),
    "8": (5.6, ("M2.8 0A2.3 2.3 0 1 0 2.8 4.6A2.3 2.3 0 1 0 2.8 0M2.8 4.6A2.7 2.7 0 1 0 2.8 10A2.7 "
"2.7 0 1 0 2.8 4.6")),
    "9": (5.8, "M1.2 9.7C4.2 8.6 5.8 6 5.8 3A2.9 2.9 0 1 0 5.4 4.4"),
    "&": (7, "M7 10L1.6 3.4A2 2 0 1 1 4.8 3.2L1.4 5.6A2.6 2.6 0 1 0 6.8 6.4"),
    ".": (0, "M0 9.9V10"),
    "-": (3, "M0 5.4H3"),
    "€": (6.6, "M6.6 1.4A4.6 5 0 1 0 6.6 8.6M-0.8 4H4.6M-0.8 6H4.2"),
    " ": (3, ""),
}  # fmt: skip
GAP = 2.6


def width_of(text: str, size: float, *, gap: float = GAP) -> float:
    """How wide the line is when its capitals are `size` high."""
    return (sum(GLYPHS[letter][0] + gap for letter in text) - gap) * size / 10


def line(
    text: str,
    x: float,
    y: float,
    size: float,
    colour: str,
    *,
    weight: float = 1.0,
    anchor: str = "middle",
    gap: float = GAP,
    opacity: float = 1,
) -> str:
    """A line of capitals with its foot at y; anchor is "start", "middle" or "end"."""
    wide = width_of(text, size, gap=gap)
    left = x - {"start": 0.0, "middle": wide / 2, "end": wide}[anchor]
    scale = size / 10
    parts, pen = [], 0.0
    for letter in text:
        width, strokes = GLYPHS[letter]
        if strokes:
            parts.append(f'<path d="{strokes}" transform="translate({num(pen)} 0)"/>')
        pen += width + gap
    return (
        f'<g transform="translate({num(left)} {num(y - size)}) scale({scale:.4g})" fill="none"'
        f' stroke="{colour}" stroke-width="{num(weight)}" stroke-linecap="round"'
        f' stroke-linejoin="round" opacity="{num(opacity)}">{"".join(parts)}</g>'
    )


def rules(
    x: float,
    y: float,
    width: float,
    count: int,
    step: float,
    colour: str,
    *,
    weight: float = 0.5,
    ragged: float = 0.25,
) -> str:
    """Lines of text too small to read, as a designer's grey."""
    data = []
    for i in range(count):
        long = width * (1 - ragged * ((i * 7) % 4) / 4) if i < count - 1 else width * 0.55
        data.append(f"M{num(x)} {num(y + i * step)}h{num(long)}")
    return path(
        "".join(data), stroke=colour, stroke_width=weight, stroke_linecap="round", opacity=0.55
    )
