"""Motifs of brick: warehouses and gables, 700 by 990 units."""

from demo.pictures import ink as inks
from demo.pictures.ink import ANTHRACITE, HARBOUR, SEA, Ink, at, ellipse, num, path, rect


def bricks(
    x: float, y: float, width: float, height: float, colour: str, *, course: float = 9
) -> str:
    """Courses of a running bond as thin light joints."""
    data = []
    rows = int(height / course)
    for row in range(rows + 1):
        data.append(f"M{num(x)} {num(y + row * course)}h{num(width)}")
        start = x + (course * 1.3 if row % 2 else 0)
        while start < x + width and row < rows:
            data.append(f"M{num(start)} {num(y + row * course)}v{num(course)}")
            start += course * 2.6
    return path("".join(data), stroke=colour, stroke_width=0.9, opacity=0.35)


def _stepped(x: float, base: float, width: float, eaves: float, steps: int) -> str:
    left, right, step_w, step_h = [], [], width / (2 * steps + 1), width / (2 * steps + 1) * 1.25
    for i in range(steps + 1):
        y = eaves - i * step_h
        left += [(x + i * step_w, y + (step_h if i else 0)), (x + i * step_w, y)]
        right += [(x + width - i * step_w, y + (step_h if i else 0)), (x + width - i * step_w, y)]
    return inks.polygon([(x, base), *left, *reversed(right), (x + width, base)])


def _windows(
    x: float,
    y: float,
    width: float,
    columns: int,
    rows: int,
    step: float,
    *,
    lit: set[tuple[int, int]],
    frame: str,
) -> str:
    parts, wide = [], width / columns
    for row in range(rows):
        for column in range(columns):
            cx = x + wide * (column + 0.5)
            top = y + row * step
            pane = (
                f"M{num(cx - wide * 0.26)} {num(top + step * 0.62)}V{num(top + 8)}Q{num(cx)} "
                f"{num(top - 6)} {num(cx + wide * 0.26)} {num(top + 8)}"
                f"V{num(top + step * 0.62)}Z"
            )
            fill = "#F6C868" if (column, row) in lit else "#26303B"
            parts.append(path(pane, fill, stroke=frame, stroke_width=1.6))
            parts.append(
                path(
                    (
                        f"M{num(cx)} {num(top + 2)}V{num(top + step * 0.62)}"
                        f"M{num(cx - wide * 0.26)} {num(top + step * 0.34)}h{num(wide * 0.52)}"
                    ),
                    stroke=frame,
                    stroke_width=1.2,
                    opacity=0.8,
                )
            )
    return "".join(parts)


def warehouses(ink: Ink) -> str:
    """Four warehouses along a canal at dusk."""
    sky = ink.linear((0, "#3D5A73"), (0.5, "#C98F6B"), (1, "#F0C690"))
    houses, mirror = [], []
    for i, (x, w, eaves, colour) in enumerate(
        (
            (40, 170, 430, "#8C3F2E"),
            (205, 150, 380, "#A65038"),
            (350, 165, 450, "#7B3527"),
            (510, 160, 400, "#96452F"),
        )
    ):
        body = _stepped(x, 720, w, eaves, 3)
        side = ink.linear(
            (0, inks.lighter(colour, 0.14)), (1, inks.darker(colour, 0.3)), line=(0, 0, 1, 0.3)
        )
        lit = {((i * 2 + 1) % 3, 1), ((i + 2) % 3, 3), (i % 3, 2)}
        hatch = path(
            f"M{x + w / 2 - 3} {eaves - 60}v{720 - eaves + 30}",
            stroke="#3A2A24",
            stroke_width=2,
            opacity=0.6,
        )
        houses.append(
            path(body, side)
            + ink.clipped(
                bricks(x, 250, w, 470, inks.lighter(colour, 0.5), course=8), path(body, "#000")
            )
            + _windows(
                x + 10, eaves + 22, w - 20, 3, int((700 - eaves) / 68), 66, lit=lit, frame="#E9D9C2"
            )
            + hatch
            + path(f"M{x + w / 2} {eaves - 62}h26v10", stroke="#3A2A24", stroke_width=4)
            + rect(x, 712, w, 14, "#5B2A20")
        )
        mirror.append(
            rect(x + 4, 728, w - 8, 230, ink.linear((0, colour, 0.75), (1, colour, 0.05)))
        )
    water = rect(0, 726, 700, 264, ink.linear((0, "#6B5A5C"), (0.4, "#3C4F62"), (1, "#20323F")))
    chance = inks.dice("fleet")
    glints = "".join(
        f"M{num(chance.uniform(46, 560))} {num(740 + i * 4.4)}h{num(chance.uniform(20, 90))}"
        for i in range(48)
    )
    lights = "".join(
        f"M{x} {740 + k * 13}h{num(18 - k)}"
        for x in (96, 150, 262, 320, 400, 470, 560, 620)
        for k in range(9)
    )
    return _warehouses_base(glints, "".join(houses), "".join(mirror), sky, water) + path(
        lights, stroke="#F6C868", stroke_width=3, opacity=0.6
    )


def _warehouses_base(glints: str, houses: str, mirror: str, sky: str, water: str) -> str:
    return (
        _warehouses_ground(houses, sky, water)
        + mirror
        + path(glints, stroke="#E6C39A", stroke_width=2, opacity=0.35)
    )


def _warehouses_ground(houses: str, sky: str, water: str) -> str:
    return (
        rect(0, 0, 700, 990, sky)
        + ellipse(440, 600, 250, 110, "#F7D9A0", opacity=0.4)
        + houses
        + water
    )


def gables(ink: Ink) -> str:
    """Seven gables in a row, and a cat."""
    parts = [rect(0, 0, 700, 990, "#E8DCC6"), ellipse(520, 250, 70, 70, "#F4E7C9")]
    tones = ("#9C4A36", "#7E3A2C", "#B4624A", "#8B4232", "#A85640", "#6F3328", "#9A4C38")
    widths = (86, 94, 78, 100, 84, 92, 86)
    x = 40.0
    for i, wide in enumerate(widths):
        eaves = 470 - (i * 53) % 130
        body = _gable(i % 3, x, wide, eaves)
        colour = tones[i]
        parts.append(
            path(
                body,
                ink.linear(
                    (0, inks.lighter(colour, 0.12)),
                    (1, inks.darker(colour, 0.2)),
                    line=(0, 0, 1, 0.2),
                ),
            )
        )
        parts.append(
            ink.clipped(
                bricks(x, 250, wide, 610, inks.lighter(colour, 0.6), course=7), path(body, "#000")
            )
        )
        niches = "".join(
            f"M{num(x + wide * (0.2 + 0.3 * c) - 7)} {eaves + 46 + r * 76}v-34q7 -14 14 0v34z"
            for r in range(4)
            for c in range(3)
        )
        parts.append(
            path(niches, inks.darker(colour, 0.55))
            + at(
                path(niches, stroke=inks.lighter(colour, 0.55), stroke_width=1.2, opacity=0.6), 1, 1
            )
        )
        parts.append(
            path(
                f"M{num(x + wide / 2 - 11)} 860v-44q11 -18 22 0v44z",
                (HARBOUR, SEA, ANTHRACITE)[i % 3],
            )
        )
        x += wide
    cat = _gables_cat()
    return _gables_ground("".join(parts)) + cat


def _gable(kind: int, x: float, wide: float, eaves: float) -> str:
    """The outline of a house front: stepped, waved or pointed."""
    if kind == 0:
        return _stepped(x, 860, wide, eaves, 3)
    if kind == 2:
        top = (x + wide / 2, eaves - wide * 1.15)
        return inks.polygon([(x, 860), (x, eaves), top, (x + wide, eaves), (x + wide, 860)])
    m = x + wide / 2
    return (
        f"M{num(x)} 860V{eaves}C{num(x + 4)} {eaves - 26} {num(x + 20)} {eaves - 30} "
        f"{num(x + 22)} {eaves - 56}C{num(x + 24)} {eaves - 82} {num(m - 12)} "
        f"{eaves - 84} {num(m)} {eaves - 112}C{num(m + 12)} {eaves - 84} "
        f"{num(x + wide - 24)} {eaves - 82} {num(x + wide - 22)} {eaves - 56}"
        f"C{num(x + wide - 20)} {eaves - 30} {num(x + wide - 4)} {eaves - 26} "
        f"{num(x + wide)} {eaves}V860Z"
    )


def _gables_ground(houses: str) -> str:
    return (
        houses
        + rect(0, 858, 700, 132, "#CDBB9D")
        + path("M40 880H660M40 905H660M40 935H660", stroke="#B39E7C", stroke_width=2, opacity=0.6)
    )


def _gables_cat() -> str:
    return path(
        "M470 858c-4 -22 2 -34 12 -38l-3 -14 9 7h9l8 -7 -2 15c10 10 8 28 6 37c10 2 14 -6 14 -16",
        ANTHRACITE,
        stroke=ANTHRACITE,
        stroke_width=3,
    )
