"""Lamps, by day in the studio and in the evening at home."""

from demo.pictures import ink as inks
from demo.pictures import scene, sets, solids
from demo.pictures.ink import (
    ANTHRACITE,
    BRICK,
    CHALK,
    HARBOUR,
    NATURAL,
    SEA,
    SIGNAL,
    Ink,
    at,
    ellipse,
)
from demo.pictures.kinds import books, cups, lamps, lanterns, textiles, vessels
from demo.pictures.shots import Look, Role, close, lying, standing

EVENING = "#8A8F8C"


def _table(ink: Ink, look: Look) -> str:
    return lamps.table_lamp(ink, look.colour)


def _table_use(ink: Ink, look: Look) -> str:
    things = [
        (lamps.table_lamp(ink, look.colour), 60.0, 1260.0),
        (books.book(ink), -160.0, 1250.0),
        (cups.mug(ink, CHALK, drink=cups.TEA), -60.0, 1400.0),
    ]
    light = scene.glow(ink, 760, 900, 900, strength=0.75)
    return sets.tabletop(
        ink, things, scale=2.5, wall=sets.DUSK, sun=0, extra=light, colour="#A67C50"
    ) + scene.glow(ink, 760, 1010, 420, strength=0.4)


def _pendant(ink: Ink, look: Look) -> str:
    return lamps.pendant(ink, look.colour)


def _pendant_use(ink: Ink, look: Look) -> str:
    wall = scene.wall(ink, sets.DUSK) + scene.glow(ink, 800, 900, 980, strength=0.7)
    bowls = (
        at(vessels.bowl(ink, CHALK, 118), 800, 1430, 1.9)
        + at(cups.mug(ink, HARBOUR, drink=""), 380, 1400, 2.1)
        + at(vessels.teapot(ink, SEA), 1230, 1420, 1.9)
    )
    shine = ellipse(800, 1400, 760, 190, ink.radial((0, "#FFE3A2", 0.4), (1, "#FFE3A2", 0)))
    three = "".join(
        at(lamps.pendant(ink, colour, radius=140), x, 640, 1.35)
        for colour, x in ((SEA, 310), (ANTHRACITE, 800), (SIGNAL, 1290))
    )
    return wall + scene.table(ink, 1250, "#A67C50") + shine + bowls + three


def _floor(ink: Ink, look: Look) -> str:
    return lamps.floor_lamp(ink, look.colour)


def _floor_use(ink: Ink, look: Look) -> str:
    body = sets.room(ink, "#7F8C8E", floor=1420, sun=0) + scene.glow(
        ink, 1290, 420, 900, strength=0.8
    )
    seat = at(sets.sofa(ink, "#9AA5A4"), -330, 40, 1)
    pillow = at(textiles.cushion(ink, BRICK), 330, 960, 0.95, turned=-6)
    return (
        body
        + seat
        + pillow
        + at(lamps.floor_lamp(ink, look.colour), 1330, 1560, 0.94)
        + scene.glow(ink, 1330, 330, 380, strength=0.35)
    )


def _lantern(ink: Ink, look: Look) -> str:
    return lanterns.lantern(ink, look.colour)


def _lantern_use(ink: Ink, look: Look) -> str:
    things = [
        (lanterns.lantern(ink, look.colour), -20.0, 1330.0),
        (cups.mug(ink, CHALK, drink=cups.TEA), 105.0, 1420.0),
        (books.book(ink), -175.0, 1230.0),
    ]
    return sets.tabletop(
        ink,
        things,
        scale=3.6,
        wall="#46545F",
        sun=0,
        colour="#94704A",
        extra=scene.glow(ink, 730, 950, 760, strength=0.8),
    ) + scene.glow(ink, 730, 960, 330, strength=0.35)


def _bulb(ink: Ink, look: Look) -> str:
    return lanterns.bulb(ink)


def _bulb_use(ink: Ink, look: Look) -> str:
    wall = scene.wall(ink, sets.DUSK) + scene.glow(ink, 800, 700, 900, strength=0.6)
    hung = ""
    for x, drop in ((330, 420), (800, 620), (1270, 500)):
        hung += (
            f'<path d="M{x} 0V{drop}" stroke="#26221F" stroke-width="9"/>'
            + at(_socket(ink), x, drop + 130, 4.4)
            + at(lanterns.bulb(ink), x, drop + 130, 4.4, turned=180)
        )
    return wall + hung


def _socket(ink: Ink) -> str:
    return at(
        solids.turned(
            ink,
            [(0.0, 14.5), (3, 16.0), (28, 16.0), (36, 10.0), (42, 4.0)],
            inks.BRASS,
            solids.METAL,
        ),
        0,
        12,
    )


ROLES: dict[str, Role] = {
    "tischleuchte-hafenlicht": Role(
        main=standing(_table, 2.9, x=840, y=1420),
        detail=close(_table, 6.6, (-50, -340)),
        use=_table_use,
        look=Look("hafenblau", HARBOUR),
        detail_alt=(
            "Schirm, Gelenk und Messingstange aus der Nähe",
            "Shade, joint and brass rod close up",
        ),
        use_alt=(
            "Die Leuchte am Abend auf einem Tisch mit Buch und Becher",
            "The lamp in the evening on a table with book and mug",
        ),
    ),
    "pendelleuchte-speicher": Role(
        main=lying(_pendant, 3.2, y=1010),
        detail=close(_pendant, 6.4, (-40, -90), flat=True),
        use=_pendant_use,
        look=Look("seegruen", SEA),
        detail_alt=(
            "Lochkranz und Messingkappe der Pendelleuchte aus der Nähe",
            "Ring of holes and brass cap of the pendant close up",
        ),
        use_alt=(
            "Drei Pendelleuchten am Abend über einem gedeckten Tisch",
            "Three pendant lamps in the evening above a laid table",
        ),
    ),
    "stehleuchte-mast": Role(
        main=standing(_floor, 0.93, y=1500),
        detail=close(_floor, 2.9, (30, -1290)),
        use=_floor_use,
        look=Look("natur", NATURAL),
        detail_alt=("Der leuchtende Leinenschirm aus der Nähe", "The glowing linen shade close up"),
        use_alt=(
            "Die Stehleuchte am Abend neben einem Sofa mit Kissen",
            "The floor lamp in the evening beside a sofa with a cushion",
        ),
    ),
    "akkuleuchte-laterne": Role(
        main=standing(_lantern, 5.4, y=1370),
        detail=close(_lantern, 12, (-4, -70)),
        use=_lantern_use,
        look=Look("signalgelb", SIGNAL),
        detail_alt=(
            "Opalglas und Drehknopf der Laterne aus der Nähe",
            "Opal glass and knob of the lantern close up",
        ),
        use_alt=(
            "Die Laterne am Abend auf einem Tisch mit Tee und Buch",
            "The lantern in the evening on a table with tea and a book",
        ),
    ),
    "led-lampe-faden": Role(
        main=standing(_bulb, 9.6, y=1300),
        detail=close(_bulb, 20, (0, -68), flat=True),
        use=_bulb_use,
        detail_alt=(
            "Die vier leuchtenden Fäden im Glas aus der Nähe",
            "The four glowing filaments in the glass close up",
        ),
        use_alt=(
            "Drei LED-Lampen an Kabeln vor einer dunklen Wand",
            "Three LED bulbs on cords before a dark wall",
        ),
    ),
}
