"""Bodies with volume: turned vessels, boxes, discs, wood and the shadows under them.

Units are millimetres, the origin is the middle of the foot, y grows downwards as in SVG. The eye
looks down a little: circles become ellipses, `EYE` times as high as wide.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from demo.pictures import ink as inks
from demo.pictures.ink import Ink, Point, ellipse, num, path, rect

EYE = 0.2
LIGHT = math.radians(-48)
STRIPS = 30


@dataclass(frozen=True)
class Finish:
    """How a surface answers light."""

    gloss: float = 0.35
    contrast: float = 0.5
    speckles: float = 0.0
    mirror: bool = False


GLAZE = Finish(gloss=0.6, speckles=0.6)
MATT = Finish(gloss=0.12, speckles=0.7, contrast=0.45)
POWDER = Finish(gloss=0.3, contrast=0.5)
METAL = Finish(gloss=0.5, contrast=0.7, mirror=True)
SOFT = Finish(gloss=0.0, contrast=0.35)


def profile(points: Sequence[Point], steps: int = 8) -> list[Point]:
    """Fine points (height, radius) along a soft curve; a doubled point makes an edge."""
    fine: list[Point] = []
    last = len(points) - 1
    for i in range(last):
        before, here, there, after = (points[min(max(i + step, 0), last)] for step in (-1, 0, 1, 2))
        for step in range(steps):
            t = step / steps
            fine.append(
                (
                    _spline(before[0], here[0], there[0], after[0], t),
                    _spline(before[1], here[1], there[1], after[1], t),
                )
            )
    return [*fine, points[-1]]


def _spline(a: float, b: float, c: float, d: float, t: float) -> float:
    return 0.5 * (
        2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3
    )


def outline(curve: Sequence[Point], *, left: float = -1, right: float = 1) -> str:
    """The part of a turned body between two shares of its radius, as path data."""
    foot_z, foot_r = curve[0]
    top_z, top_r = curve[-1]
    side = [(r * right, -z + _dip(r, right)) for z, r in curve]
    back = [(r * left, -z + _dip(r, left)) for z, r in reversed(curve)]
    data = ["M" + "L".join(f"{num(x)} {num(y)}" for x, y in side)]
    data.append(f"A{num(top_r)} {num(top_r * EYE)} 0 0 1 {num(back[0][0])} {num(back[0][1])}")
    data.append("L" + "L".join(f"{num(x)} {num(y)}" for x, y in back[1:]))
    data.append(f"A{num(foot_r)} {num(foot_r * EYE)} 0 0 0 {num(side[0][0])} {num(side[0][1])}Z")
    del foot_z, top_z
    return "".join(data)


def _dip(radius: float, share: float) -> float:
    return radius * EYE * math.sqrt(max(0.0, 1 - share * share))


def turned(
    ink: Ink, points: Sequence[Point], colour: str, finish: Finish = GLAZE, *, seed: str = ""
) -> str:
    """A body of revolution, lit from the upper left; the top is left to `rim` or `lid`."""
    curve = profile(points)
    parts = []
    for step in range(STRIPS):
        share = -1 + 2 * step / STRIPS
        angle = math.asin(max(-1.0, min(1.0, share + 1 / STRIPS)))
        shade = _lit(angle, finish) * (1 if _dark(colour) else 0.55)
        fill = inks.tone(colour, shade)
        parts.append(path(outline(curve, left=share, right=min(1.0, share + 3.2 / STRIPS)), fill))
    parts.append(
        path(outline(curve), _slope_paint(ink, curve, finish, 1.0 if _dark(colour) else 0.6))
    )
    if finish.speckles:
        parts.append(speckles(curve, colour, finish.speckles, seed=seed or colour))
    if finish.gloss:
        parts.append(_shine(ink, curve, finish))
    return "".join(parts)


def _lit(angle: float, finish: Finish) -> float:
    lambert = math.cos(angle - LIGHT)
    light = (lambert - 0.42) * finish.contrast
    if finish.mirror:
        light += 0.28 * math.sin(angle * 5.2 + 0.6) * finish.contrast
    bounce = max(0.0, math.sin(angle) - 0.82) * 1.1
    return max(-0.62, min(0.5, light + bounce * finish.contrast))


def _dark(colour: str) -> bool:
    return inks.brightness(colour) < 0.72


def _slope_paint(ink: Ink, curve: Sequence[Point], finish: Finish, force: float) -> str:
    top, foot = curve[-1][0], curve[0][0]
    height = max(top - foot, 1.0)
    stops: list[tuple[float, str, float]] = []
    for i in range(len(curve) - 1, 0, -3):
        (z0, r0), (z1, r1) = curve[i - 1], curve[i]
        rise = math.atan2(r0 - r1, max(z1 - z0, 0.01))
        share = (top - (z0 + z1) / 2) / height
        light = math.sin(rise) * 0.32 - share * share * 0.2
        warm = light > 0
        stops.append(
            (
                share,
                inks.WARM if warm else inks.COOL,
                min(0.5, abs(light)) * (0.5 + finish.contrast) * force,
            )
        )
    return ink.linear(*stops, line=(0, -top, 0, -foot), in_user_space=True)


def _shine(ink: Ink, curve: Sequence[Point], finish: Finish) -> str:
    top, foot = curve[-1][0], curve[0][0]
    fade = ink.linear(
        (0, "#FFFFFF", 0.75 * finish.gloss),
        (0.55, "#FFFFFF", 0.4 * finish.gloss),
        (1, "#FFFFFF", 0),
        line=(0, -top, 0, -foot),
        in_user_space=True,
    )
    edge = ink.linear(
        (0, "#FFFFFF", 0.35 * finish.gloss),
        (1, "#FFFFFF", 0.05),
        line=(0, -top, 0, -foot),
        in_user_space=True,
    )
    inner = curve[int(len(curve) * 0.08) : int(len(curve) * 0.94)]
    return (
        path(outline(inner, left=-0.72, right=-0.44), fade, opacity=0.35)
        + path(outline(inner, left=-0.66, right=-0.52), fade, opacity=0.8)
        + path(outline(inner, left=0.9, right=0.95), edge, opacity=0.7)
    )


def speckles(curve: Sequence[Point], colour: str, amount: float, *, seed: str) -> str:
    """The fine dark dots of stoneware."""
    chance = inks.dice("speckles", seed)
    widest = max(r for _, r in curve)
    foot, top = curve[0][0], curve[-1][0]
    dots = []
    for _ in range(int(110 * amount)):
        z, share = chance.uniform(foot, top), chance.uniform(-0.96, 0.96)
        radius = min(curve, key=lambda point: abs(point[0] - z))[1]
        x, y = radius * share, -z + _dip(radius, share) * 0.96
        size = chance.choice((0.25, 0.3, 0.35, 0.5)) * widest / 45
        dots.append(f"M{num(x)} {num(y)}h{num(size)}v{num(size)}h-{num(size)}z")
    return path("".join(dots), inks.darker(colour, 0.45), opacity=0.5)


def rim(
    ink: Ink,
    height: float,
    radius: float,
    colour: str,
    *,
    wall: float = 3,
    inside: str = "",
    level: float = 0,
    filling: str = "",
    bare: bool = False,
) -> str:
    """The open top of a vessel: lip, inner wall and, if filled, the surface `level` mm below."""
    inside = inside or inks.lighter(colour, 0.12)
    lip = inks.lighter(inks.CLAY if bare else colour, 0.28)
    inner = radius - wall
    lip_paint = ink.linear(
        (0, inks.lighter(lip, 0.35)), (0.5, lip), (1, inks.darker(lip, 0.2)), line=(0, 0, 1, 0)
    )
    well = ink.linear(
        (0, inks.darker(inside, 0.45)),
        (0.45, inks.darker(inside, 0.2)),
        (1, inks.lighter(inside, 0.25)),
        line=(0, 0, 1, 0.25),
    )
    parts = [
        ellipse(0, -height, radius, radius * EYE, lip_paint),
        ellipse(0, -height, inner, inner * EYE, well),
    ]
    hole = ellipse(0, -height, inner, inner * EYE, "#000")
    depth = ink.linear((0, inks.COOL, 0.5), (0.7, inks.COOL, 0.06), (1, inks.WARM, 0.15))
    parts.append(ellipse(0, -height, inner, inner * EYE, depth))
    if filling:
        surface = ink.linear(
            (0, inks.darker(filling, 0.25)),
            (0.5, filling),
            (1, inks.lighter(filling, 0.25)),
            line=(0, 0, 1, 0.4),
        )
        drink = ellipse(0, -height + level, inner * 0.985, inner * EYE * 0.985, surface)
        drink += ellipse(
            -inner * 0.3,
            -height + level + inner * EYE * 0.35,
            inner * 0.35,
            inner * EYE * 0.16,
            "#FFFFFF",
            opacity=0.22,
        )
        parts.append(ink.clipped(drink, hole))
    return "".join(parts)


def disc(ink: Ink, height: float, radius: float, colour: str) -> str:
    """A closed flat top."""
    paint = ink.linear(
        (0, inks.lighter(colour, 0.35)),
        (0.6, colour),
        (1, inks.darker(colour, 0.15)),
        line=(0, 0, 1, 0.3),
    )
    return ellipse(0, -height, radius, radius * EYE, paint)


def contact(ink: Ink, width: float, *, depth: float = 0, strength: float = 1) -> str:
    """The shadow of something standing at the origin: dark at the foot, long to the right."""
    depth = depth or width * EYE
    near = ink.radial(
        (0, inks.COOL, 0.62 * strength),
        (0.62, inks.COOL, 0.42 * strength),
        (0.85, inks.COOL, 0.1 * strength),
        (1, inks.COOL, 0),
    )
    far = ink.radial(
        (0, "#3A2E2A", 0.28 * strength), (0.5, "#3A2E2A", 0.14 * strength), (1, "#3A2E2A", 0)
    )
    return ellipse(width * 0.42, depth * 0.25, width * 1.25, depth * 1.5, far) + ellipse(
        width * 0.05, depth * 0.16, width * 0.6, depth * 0.72, near
    )


def footing(ink: Ink, left: float, right: float, *, reach: float = 0, strength: float = 1) -> str:
    """The shadow of a straight front at height 0: a dark line and a soft slant to the right."""
    wide = right - left
    reach = reach or wide * 0.26
    deep = wide * 0.085
    each = f"{inks.thin(0.3 * strength, 10):.3f}"
    slant = []
    for k in range(10):
        share = (k + 1) / 10
        slant.append(
            path(
                inks.polygon(
                    [
                        (left + deep * 0.4, -1),
                        (right, -1),
                        (right + reach * share, deep * 0.5 * share),
                        (right + reach * share * 0.85, deep * 1.25 * share),
                        (left + deep * share, deep * share),
                    ]
                ),
                "#2B211E",
                opacity=each,
            )
        )
    line = path(
        f"M{num(left)} -1H{num(right + 2)}L{num(right + 4)} {num(deep * 0.14)}H{num(left + 2)}Z",
        "#1F1917",
        opacity=0.42 * strength,
    )
    return "".join(slant) + line


def wood(
    ink: Ink,
    x: float,
    y: float,
    width: float,
    height: float,
    colour: str = inks.OAK,
    *,
    seed: str = "oak",
    upright: bool = False,
    **attributes: object,
) -> str:
    """A board with its grain along the longer side."""
    chance = inks.dice("wood", seed, num(width), num(height))
    paint = ink.linear(
        (0, inks.lighter(colour, 0.16)),
        (0.5, colour),
        (1, inks.darker(colour, 0.14)),
        line=(0, 0, 1, 0.35) if not upright else (0, 0, 1, 0),
    )
    board = rect(x, y, width, height, paint, **attributes)
    along, across = (height, width) if upright else (width, height)
    dark: list[str] = []
    light: list[str] = []
    for i in range(max(7, min(26, int(across / 3)))):
        level = across * (i + chance.random()) / max(7, min(26, int(across / 3)))
        sway = min(across * 0.035, level * 0.8, (across - level) * 0.8)
        points = [(along * s / 5, level + chance.uniform(-sway, sway)) for s in range(6)]
        data = inks.smooth([(x + b, y + a) if upright else (x + a, y + b) for a, b in points])
        (dark if chance.random() < 0.7 else light).append(data)
    thin = max(0.12, across * 0.006)
    grain = path("".join(dark), stroke=inks.darker(colour, 0.35), stroke_width=thin, opacity=0.4)
    grain += path(
        "".join(light), stroke=inks.lighter(colour, 0.5), stroke_width=thin * 1.6, opacity=0.35
    )
    return board + grain
