"""A pillar candle. Millimetres, foot at the origin."""

from demo.pictures import ink as inks
from demo.pictures import scene, solids
from demo.pictures.ink import Ink, Point, ellipse, num, path, rect


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
    pool = _candle_pool(colour, height, lit, radius)
    wick = _candle_wick(height)
    flame = ""
    if lit:
        y = -height - 9
        flame = (
            scene.glow(ink, 0, y - 18, 150, strength=0.55)
            + path(
                (
                    f"M0 {num(y - 46)}C12 {num(y - 22)} 11 {num(y - 4)} 0 {num(y)}C-11 "
                    f"{num(y - 4)} "
                    f"-12 {num(y - 22)} 0 {num(y - 46)}Z"
                ),
                ink.linear((0, "#FFD36B"), (0.5, "#FFF3C4"), (0.85, "#FFB54A"), (1, "#6C8FB8")),
            )
            + path(
                (
                    f"M0 {num(y - 32)}C5 {num(y - 18)} 5 {num(y - 8)} 0 {num(y - 4)}C-5 "
                    f"{num(y - 8)} "
                    f"-5 {num(y - 18)} 0 {num(y - 32)}Z"
                ),
                "#FFFDF0",
                opacity=0.9,
            )
        )
    return (
        _candle_ground(ink, colour, body, curve, height, lit, radius, warm)
        + solids.disc(ink, height, radius - 1.5, inks.lighter(colour, 0.18))
        + pool
        + wick
        + flame
    )


def _candle_ground(
    ink: Ink,
    colour: str,
    body: list[Point],
    curve: list[Point],
    height: float,
    lit: bool,
    radius: float,
    warm: str,
) -> str:
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
    )


def _candle_wick(height: float) -> str:
    return path(
        f"M0 {num(-height + 1)}C-1 {num(-height - 5)} 1 {num(-height - 8)} 0.5 {num(-height - 12)}",
        stroke="#2A211B",
        stroke_width=1.7,
        stroke_linecap="round",
    )


def _candle_pool(colour: str, height: float, lit: bool, radius: float) -> str:
    return ellipse(
        0,
        -height + 0.6,
        radius * 0.62,
        radius * 0.62 * solids.EYE,
        inks.lighter(colour, 0.5 if lit else 0.1),
        opacity=0.8,
    )
