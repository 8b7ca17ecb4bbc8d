"""Rock sugar and honey."""

from demo.pictures import ink as inks
from demo.pictures import sets, solids
from demo.pictures.ink import (
    BRICK,
    CHALK,
    HARBOUR,
    Ink,
    at,
    path,
)
from demo.pictures.kinds import bags, cups, loose, vessels
from demo.pictures.shots import Look, Role, close, standing


def _kluntje(ink: Ink, look: Look) -> str:
    return bags.pouch(ink, CHALK, HARBOUR, "KLUNTJE", "crystal") + at(loose.crystals(ink), 104, 14)


def _kluntje_use(ink: Ink, look: Look) -> str:
    things = [
        (bags.pouch(ink, CHALK, HARBOUR, "KLUNTJE", "crystal"), -70.0, 1250.0),
        (cups.espresso_cup(ink, HARBOUR, filled=True), 60.0, 1400.0),
        (loose.crystals(ink, 9, 60), -35.0, 1430.0),
        (vessels.jar(ink, CHALK, 110), 150.0, 1230.0),
    ]
    return sets.tabletop(ink, things, scale=4, wall=sets.MIST)


def _honey(ink: Ink, look: Look) -> str:
    return bags.honey_jar(ink)


def _honey_use(ink: Ink, look: Look) -> str:
    plate = vessels.plate(ink, inks.FOG, 100)
    bread = (
        path(
            "M-48 -18C-56 -52 -20 -66 4 -62C34 -66 58 -48 50 -18C30 -10 -28 -10 -48 -18Z",
            ink.linear((0, "#8A5A34"), (1, "#5C3A20")),
        )
        + path(
            "M-42 -22C-46 -48 -18 -58 4 -55C30 -58 48 -46 44 -22C26 -16 -24 -16 -42 -22Z", "#C29462"
        )
        + path(
            "M-34 -28C-36 -46 -12 -52 6 -50C26 -52 38 -42 36 -28C18 -20 -20 -22 -34 -28Z",
            ink.linear((0, "#D98F2E"), (1, "#9A5318")),
            opacity=0.92,
        )
    )
    return sets.tabletop(
        ink,
        [
            (bags.honey_jar(ink), -70.0, 1290.0),
            (solids.contact(ink, 80) + plate + bread, 55.0, 1390.0),
            (cups.mug(ink, BRICK, drink=cups.TEA), 150.0, 1240.0),
        ],
        scale=4.4,
        wall=sets.LINEN,
    )


ROLES: dict[str, Role] = {
    "kluntje-kandis": Role(
        main=standing(_kluntje, 5, x=700, y=1330),
        detail=close(lambda ink, look: loose.crystals(ink, 16, 90), 15, (0, -8), horizon=700),
        use=_kluntje_use,
        detail_alt=(
            "Weiße Kandisstücke aus der Nähe, die Kanten fangen das Licht",
            "White pieces of rock sugar close up, their edges catching the light",
        ),
        use_alt=(
            "Kandis neben einer kleinen Tasse Tee auf einem Eichentisch",
            "Rock sugar beside a small cup of tea on an oak table",
        ),
    ),
    "heidehonig": Role(
        main=standing(_honey, 9.6, y=1290),
        detail=close(_honey, 19, (-4, -46)),
        use=_honey_use,
        detail_alt=(
            "Das Etikett des Honigglases aus der Nähe",
            "The label of the honey jar close up",
        ),
        use_alt=(
            "Honigglas neben einem Teller mit Honigbrot und einem Becher Tee",
            "Honey jar beside a plate with bread and honey and a mug of tea",
        ),
    ),
}
