"""Furniture and rooms in which the goods are shown in use, drawn in pixels of the 1600 canvas."""

from demo.pictures import ink as inks
from demo.pictures import scene, solids
from demo.pictures.ink import BRASS, OAK, Ink, at, ellipse, num, path, rect
from demo.pictures.kinds import cups

LINEN, SAGE, MIST, DUSK, CLAYWALL = "#DED6C7", "#C2CBBE", "#BAC6CB", "#55646E", "#CFAE98"
TABLE_TOP = 1120.0

Thing = tuple[str, float, float]


def tabletop(
    ink: Ink,
    things: list[Thing],
    *,
    scale: float = 4,
    wall: str = LINEN,
    colour: str = OAK,
    sun: float = 0.5,
    top: float = TABLE_TOP,
    extra: str = "",
) -> str:
    """Things on a table before a sunlit wall: (markup, x in mm from the middle, y in px)."""
    light = scene.window_light(ink, 180, 130, 1.5, strength=sun) if sun else ""
    placed = "".join(
        at(markup, 800 + x * scale, y, scale)
        for markup, x, y in sorted(things, key=lambda thing: thing[2])
    )
    return scene.wall(ink, wall) + light + extra + scene.table(ink, top, colour) + placed


def desk(
    ink: Ink,
    things: list[tuple[str, float, float, float]],
    *,
    scale: float = 4,
    colour: str = "#C39A68",
) -> str:
    """Things on a desk seen from above: (markup, x, y in px from the middle, turn in degrees)."""
    placed = "".join(
        at(markup, 800 + x, 800 + y, scale, turned=turn) for markup, x, y, turn in things
    )
    ray = path("M-60 -40L520 -40L1180 1640L480 1640Z", "#FFF1D0", opacity=0.03)
    light = inks.spread(ray, 60, 0)
    return scene.boards(ink, colour) + light + placed


def cup_from_above(ink: Ink, colour: str, drink: str = cups.COFFEE) -> str:
    """A mug on the desk, 85 across."""
    shadow = scene.lying_shadow(
        ink, "M-42 0A42 42 0 1 1 42 0A42 42 0 1 1 -42 0Z", height=9, strength=0.5
    )
    ear = path(
        "M36 22C66 40 78 14 60 0",
        stroke=inks.darker(colour, 0.2),
        stroke_width=10,
        stroke_linecap="round",
    ) + path(
        "M36 20C66 37 75 14 58 0",
        stroke=inks.lighter(colour, 0.2),
        stroke_width=3.5,
        stroke_linecap="round",
    )
    lip = ink.linear(
        (0, inks.lighter(colour, 0.45)), (1, inks.darker(colour, 0.25)), line=(0, 0, 1, 1)
    )
    well = ink.linear(
        (0, inks.darker(colour, 0.5)), (1, inks.lighter(colour, 0.1)), line=(0, 0, 1, 1)
    )
    surface = ink.radial(
        (0, inks.lighter(drink, 0.18)),
        (0.7, drink),
        (1, inks.darker(drink, 0.3)),
        centre=(0.6, 0.6),
        radius=0.7,
    )
    return (
        shadow
        + ear
        + ellipse(0, 0, 42.5, 42.5, lip)
        + ellipse(0, 0, 39, 39, well)
        + ellipse(1, 1.6, 37, 36.4, surface)
        + path(
            "M-26 -14C-20 -26 -4 -30 8 -27",
            stroke="#FFFFFF",
            stroke_width=3.5,
            stroke_linecap="round",
            opacity=0.35,
        )
    )


def brick_wall(ink: Ink, colour: str = "#E4DACB") -> str:
    """A whitewashed brick wall in raking light."""
    dark, pale = inks.darker(colour, 0.2), inks.lighter(colour, 0.4)
    brick = "".join(
        rect(x, y, 112, 38, inks.tone(colour, t), rx=2)
        + path(f"M{x} {y + 38}h112", stroke=dark, stroke_width=2, opacity=0.7)
        + path(f"M{x} {y + 1}h112", stroke=pale, stroke_width=2, opacity=0.7)
        for x, y, t in (
            (2, 3, 0.05),
            (120, 3, -0.03),
            (-58, 47, 0.0),
            (60, 47, 0.09),
            (178, 47, -0.04),
        )
    )
    tile = ink.pattern(236, 88, rect(0, 0, 236, 88, inks.darker(colour, 0.08)) + brick)
    return rect(0, 0, 1600, 1600, tile)


def room(ink: Ink, wall: str = LINEN, *, floor: float = 1330, sun: float = 0.5) -> str:
    """A wall, a skirting board and a wooden floor."""
    light = scene.window_light(ink, 120, 160, 1.7, strength=sun) if sun else ""
    ground = rect(0, floor, 1600, 270, ink.linear((0, "#A67B4E"), (1, "#C39A68")))
    seams = "".join(
        f"M{800 + (k - 8) * 120} {num(floor)}L{800 + (k - 8) * 260} 1600" for k in range(17)
    )
    glow = ink.linear((0, inks.COOL, 0.35), (0.3, inks.WARM, 0.1), (1, inks.COOL, 0.12))
    board = (
        rect(0, floor - 62, 1600, 62, inks.lighter(wall, 0.4))
        + rect(0, floor - 62, 1600, 3, "#FFFFFF", opacity=0.6)
        + rect(0, floor - 5, 1600, 5, inks.COOL, opacity=0.3)
    )
    return (
        scene.wall(ink, wall)
        + light
        + board
        + ground
        + path(seams, stroke="#7C5832", stroke_width=2.5, opacity=0.5)
        + rect(0, floor, 1600, 270, glow)
    )


def sideboard(
    ink: Ink, top: float, *, left: float = 200, width: float = 1200, height: float = 330
) -> str:
    """A low oak cabinet on legs; things stand at `top`."""
    body = solids.wood(ink, left, top + 26, width, height, inks.darker(OAK, 0.06), seed="cabinet")
    doors = "".join(
        rect(
            left + 14 + k * (width - 28) / 3,
            top + 42,
            (width - 28) / 3 - 8,
            height - 34,
            ink.linear((0, inks.WARM, 0.22), (1, inks.COOL, 0.14), line=(0, 0, 1, 1)),
            stroke=inks.darker(OAK, 0.5),
            stroke_width=2,
        )
        + ellipse(
            left + (k + 0.9) * (width - 28) / 3,
            top + 42 + height * 0.44,
            9,
            9,
            BRASS,
            stroke=inks.darker(BRASS, 0.5),
            stroke_width=1.5,
        )
        for k in range(3)
    )
    legs = "".join(
        path(f"M{num(x)} {num(top + height + 26)}h26l-6 110h-14z", inks.darker(OAK, 0.3))
        for x in (left + 50, left + width - 76)
    )
    under = ellipse(left + width / 2, top + height + 138, width * 0.5, 16, inks.COOL, opacity=0.28)
    shadow = path(f"M{left} {top}h{width}v{height + 20}h-{width}z", "#2B211E", opacity=0.03)
    wall_shadow = inks.spread(shadow, 60, 40)
    return (
        wall_shadow
        + under
        + legs
        + body
        + doors
        + solids.wood(ink, left - 12, top, width + 24, 28, inks.lighter(OAK, 0.08), seed="board")
        + rect(left - 12, top, width + 24, 3, "#FFF3DC", opacity=0.6)
    )


def sofa(ink: Ink, colour: str = "#8D9A9C", *, y: float = 0) -> str:
    """A sofa that fills the lower half of the picture; cushions lean at about (500, 930)."""
    light = ink.linear(
        (0, inks.lighter(colour, 0.28)), (0.5, colour), (1, inks.darker(colour, 0.3))
    )
    across = ink.linear(
        (0, inks.WARM, 0.2), (0.5, inks.WARM, 0), (1, inks.COOL, 0.3), line=(0, 0, 1, 0)
    )
    weave = ink.pattern(
        6,
        6,
        path("M0 1.5H6", stroke=inks.COOL, stroke_width=1.2, opacity=0.25)
        + path("M1.5 0V6", stroke=inks.WARM, stroke_width=1.2, opacity=0.25),
    )
    back = "M120 700Q120 620 200 620H1400Q1480 620 1480 700V1180H120Z"
    seat = "M150 1120Q150 1070 210 1070H1390Q1450 1070 1450 1120V1290H150Z"
    arm_l, arm_r = (
        "M20 860Q20 790 100 790Q190 790 190 860V1400H20Z",
        "M1410 860Q1410 790 1500 790Q1580 790 1580 860V1400H1410Z",
    )
    base = rect(60, 1280, 1480, 120, inks.darker(colour, 0.3)) + "".join(
        rect(x, 1400, 34, 70, inks.darker(OAK, 0.25)) for x in (110, 1456)
    )
    pieces = "".join(
        path(p, light)
        + path(p, weave)
        + path(p, across)
        + path(p, stroke=inks.darker(colour, 0.4), stroke_width=3, opacity=0.5)
        for p in (back, seat, arm_l, arm_r)
    )
    gap = path(
        "M800 630V1070M800 1072V1290",
        stroke=inks.darker(colour, 0.5),
        stroke_width=6,
        opacity=0.6,
    ) + rect(160, 1020, 1280, 50, ink.linear((0, inks.COOL, 0), (1, inks.COOL, 0.4)))
    return at(base + pieces + gap, 0, y)


def peg_rail(ink: Ink, y: float, pegs: tuple[float, ...]) -> str:
    """A rail with wooden pegs on the wall."""
    fall = rect(70, y + 60, 1480, 60, ink.linear((0, "#2B211E", 0.3), (1, "#2B211E", 0)))
    board = solids.wood(ink, 60, y, 1480, 66, OAK, seed="rail", rx=4) + rect(
        60, y, 1480, 3, "#FFF3DC", opacity=0.6
    )
    knobs = "".join(
        ellipse(x + 6, y + 46, 17, 17, "#2B211E", opacity=0.3)
        + ellipse(
            x,
            y + 34,
            17,
            17,
            ink.radial(
                (0, inks.lighter(OAK, 0.5)),
                (0.6, inks.darker(OAK, 0.05)),
                (1, inks.darker(OAK, 0.5)),
                centre=(0.35, 0.3),
            ),
        )
        for x in pegs
    )
    return fall + board + knobs


def hanger(ink: Ink) -> str:
    """A wooden coat hanger, its hook at the origin; units are millimetres."""
    hook = path(
        "M0 64V34C0 22 20 20 20 2C20 -18 -16 -18 -16 2",
        stroke="#8A8F92",
        stroke_width=5,
        stroke_linecap="round",
    )
    arms = path(
        (
            "M0 56C-60 64 -150 90 -200 124C-206 130 -200 138 -192 136C-130 112 -60 96 0 92C60 "
            "96 130 "
            "112 192 136C200 138 206 130 200 124C150 90 60 64 0 56Z"
        ),
        ink.linear((0, inks.lighter(OAK, 0.3)), (1, inks.darker(OAK, 0.35))),
    )
    return hook + arms


def stool(ink: Ink, *, top: float = 1180) -> str:
    """A round wooden stool in the lower part of the picture; things stand at `top`."""
    seat = at(
        solids.turned(ink, [(0.0, 300.0), (4, 318.0), (40, 320.0), (46, 314.0)], OAK, solids.SOFT)
        + solids.disc(ink, 46, 314, inks.lighter(OAK, 0.1)),
        800,
        top + 46,
    )
    legs = "".join(
        path(
            f"M{x} {top + 60}l{d} 420h34l{-d * 0.8:.0f} -420z",
            ink.linear((0, inks.darker(OAK, 0.35)), (1, inks.darker(OAK, 0.1))),
        )
        for x, d in ((590, -50), (980, 50))
    )
    return legs + seat
