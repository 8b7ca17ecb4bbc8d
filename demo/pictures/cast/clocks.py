"""Clocks in the studio, on the wall and at the bedside."""

from demo.pictures import scene, sets
from demo.pictures.ink import ANTHRACITE, BRASS, BRICK, CHALK, HARBOUR, SEA, Ink, at
from demo.pictures.kinds import books, clocks, cups, frames, lamps, vessels
from demo.pictures.shots import Look, Role, close, lying, standing


def _wall(ink: Ink, look: Look) -> str:
    return clocks.wall_clock(ink, look.colour)


def _wall_use(ink: Ink, look: Look) -> str:
    body = (
        sets.brick_wall(ink)
        + scene.window_light(ink, 60, 60, 1.6, strength=0.35)
        + at(clocks.wall_clock(ink, look.colour), 800, 480, 2.4)
        + scene.shelf(ink, 1290)
    )
    things = (
        (vessels.jar(ink, CHALK, 180), -230.0),
        (vessels.jar(ink, ANTHRACITE, 110), -115.0),
        (vessels.teapot(ink, SEA), 40.0),
        (cups.mug(ink, BRICK, drink=""), 195.0),
    )
    return body + "".join(at(thing, 800 + x * 2.6, 1286, 2.6) for thing, x in things)


def _alarm(ink: Ink, look: Look) -> str:
    return clocks.alarm_clock(ink, look.colour)


def _alarm_use(ink: Ink, look: Look) -> str:
    things = [
        (lamps.table_lamp(ink, CHALK), 90.0, 1240.0),
        (clocks.alarm_clock(ink, look.colour), -60.0, 1370.0),
        (books.book(ink), -190.0, 1240.0),
        (cups.mug(ink, HARBOUR), 150.0, 1430.0),
    ]
    return sets.tabletop(
        ink, things, scale=2.7, wall=sets.MIST, extra=scene.glow(ink, 860, 800, 560, strength=0.4)
    )


def _desk(ink: Ink, look: Look) -> str:
    return clocks.desk_clock(ink)


def _desk_use(ink: Ink, look: Look) -> str:
    things = [
        (clocks.desk_clock(ink), -30.0, 1330.0),
        (books.book(ink), -160.0, 1240.0),
        (vessels.vase(ink, BRICK), 120.0, 1240.0),
    ]
    return sets.tabletop(ink, things, scale=3.6, wall=sets.SAGE)


def _tide(ink: Ink, look: Look) -> str:
    return clocks.tide_clock(ink, look.colour)


def _tide_use(ink: Ink, look: Look) -> str:
    body = (
        sets.room(ink, sets.MIST, floor=1590)
        + at(clocks.tide_clock(ink, look.colour), 1090, 500, 2.5)
        + at(frames.framed(ink, "kunstdruck-regatta", BRASS), 190, 150, 0.78)
    )
    return (
        body
        + sets.sideboard(ink, 1210)
        + at(vessels.vase(ink, HARBOUR, stems=True), 1330, 1210, 1.5)
        + at(vessels.bowl(ink, SEA, 118), 520, 1210, 1.5)
    )


ROLES: dict[str, Role] = {
    "wanduhr-kaispeicher": Role(
        main=lying(_wall, 4.2),
        detail=close(_wall, 10, (40, -40), flat=True),
        use=_wall_use,
        look=Look("hafenblau", HARBOUR),
        detail_alt=(
            "Zeiger und Stundenstriche der Wanduhr aus der Nähe",
            "Hands and hour marks of the wall clock close up",
        ),
        use_alt=(
            "Die Wanduhr über einem Küchenregal an einer weißen Ziegelwand",
            "The wall clock above a kitchen shelf on a white brick wall",
        ),
    ),
    "wecker-fruehschicht": Role(
        main=standing(_alarm, 9.6, y=1300),
        detail=close(_alarm, 20, (4, -64)),
        use=_alarm_use,
        look=Look("backstein", BRICK),
        detail_alt=(
            "Zifferblatt und Taste des Weckers aus der Nähe",
            "Dial and button of the alarm clock close up",
        ),
        use_alt=(
            "Der Wecker auf einem Nachttisch mit Leuchte und Buch",
            "The alarm clock on a bedside table with lamp and book",
        ),
    ),
    "tischuhr-glasen": Role(
        main=standing(_desk, 7.6, x=760, y=1320),
        detail=close(_desk, 17, (0, -84)),
        use=_desk_use,
        detail_alt=(
            "Messingring und Eichenmaserung aus der Nähe",
            "Brass ring and oak grain close up",
        ),
        use_alt=("Die Tischuhr zwischen Buch und Vase", "The desk clock between a book and a vase"),
    ),
    "tidenuhr-ebbe": Role(
        main=lying(_tide, 6.6, y=830),
        detail=close(_tide, 15, (10, -16), flat=True),
        use=_tide_use,
        look=Look("messing", BRASS),
        detail_alt=(
            "Zeiger und Wellen der Tidenuhr aus der Nähe",
            "Hand and waves of the tide clock close up",
        ),
        use_alt=(
            "Die Tidenuhr neben einem gerahmten Druck über einer Anrichte",
            "The tide clock beside a framed print above a sideboard",
        ),
    ),
}
