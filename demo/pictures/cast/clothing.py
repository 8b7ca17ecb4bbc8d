"""Shirts, hat, socks and bag: flat, close up and on the hallway's pegs."""

from demo.pictures import scene, sets, solids
from demo.pictures.ink import ANTHRACITE, BRICK, FOG, HARBOUR, NATURAL, NAVY, SAND, SIGNAL, Ink, at
from demo.pictures.kinds import shirts, textiles
from demo.pictures.shots import Draw, Look, Role, close, lying, standing


def _shirt(motif: str) -> Draw:
    return lambda ink, look: shirts.t_shirt(ink, look.colour, motif)


def _striped(ink: Ink, look: Look) -> str:
    return shirts.striped_shirt(ink, look.colour)


def _hallway(left: Draw, right: Draw) -> Draw:
    """Two things on a peg rail: a shirt on its hanger, and something beside it."""

    def use(ink: Ink, look: Look) -> str:
        body = sets.room(ink, sets.LINEN, floor=1500) + sets.peg_rail(
            ink, 210, (200.0, 560.0, 1150.0, 1420.0)
        )
        return body + at(left(ink, look), 560, 250, 1.45) + at(right(ink, look), 1180, 250, 1.45)

    return use


def _hung(shirt: Draw, shape: str) -> Draw:
    def draw(ink: Ink, look: Look) -> str:
        hanger = sets.hanger(ink)
        return hanger + at(
            scene.lying_shadow(ink, shape, height=14, strength=0.3) + shirt(ink, look), 0, 404
        )

    return draw


def _hung_tote(ink: Ink, look: Look) -> str:
    return at(
        scene.lying_shadow(ink, "M-188 -200H188L182 208H-182Z", height=12, strength=0.3)
        + textiles.tote(ink, NATURAL),
        -20,
        424,
    )


def _hung_hat(ink: Ink, look: Look) -> str:
    return at(shirts.beanie(ink, SIGNAL), -20, 230, 1.05)


def _hat_use(ink: Ink, look: Look) -> str:
    body = sets.room(ink, sets.MIST, floor=1500) + sets.peg_rail(
        ink, 420, (230.0, 620.0, 1010.0, 1390.0)
    )
    for colour, x in ((ANTHRACITE, 232), (SIGNAL, 622), (BRICK, 1012)):
        body += at(
            scene.lying_shadow(
                ink, "M-108 -8C-114 -150 -74 -206 0 -208C74 -206 114 -150 108 -8Z", height=9
            )
            + shirts.beanie(ink, colour),
            x,
            830,
            1.6,
        )
    return body + at(textiles.tote(ink, NATURAL), 1392, 1010, 1.25)


def _socks(ink: Ink, look: Look) -> str:
    return textiles.socks(ink, look.colour)


def _socks_use(ink: Ink, look: Look) -> str:
    pair = scene.lying_shadow(
        ink,
        (
            "M-46 -150H46C48 -60 44 0 52 34C66 62 130 74 142 104C150 132 128 146 96 146H-6C-42 144 "
            "-58 118 -54 82Z"
        ),
        height=7,
    )
    return sets.desk(
        ink,
        [
            (pair + textiles.socks(ink, NAVY), -300, 60, -8),
            (pair + textiles.socks(ink, FOG), 270, 180, 6),
            (sets.cup_from_above(ink, BRICK), 560, -520, 0),
        ],
        scale=3,
    )


def _tote_main(ink: Ink, look: Look) -> str:
    shadow = scene.lying_shadow(ink, "M-188 -200H188L182 208H-182Z", height=12, strength=0.3)
    return shadow + textiles.tote(ink, look.colour)


def _tote_use(ink: Ink, look: Look) -> str:
    body = sets.room(ink, sets.SAGE, floor=1500) + sets.peg_rail(
        ink, 250, (200.0, 520.0, 1120.0, 1400.0)
    )
    left = at(
        scene.lying_shadow(ink, "M-188 -200H188L182 208H-182Z", height=12, strength=0.3)
        + textiles.tote(ink, NATURAL),
        520,
        940,
        1.55,
    )
    right = at(
        scene.lying_shadow(ink, "M-188 -200H188L182 208H-182Z", height=12, strength=0.3)
        + textiles.tote(ink, HARBOUR),
        1122,
        940,
        1.55,
    )
    return body + left + right


HALL = (
    "an einem Bügel im Flur, neben einer Stofftasche",
    "on a hanger in the hallway, beside a tote bag",
)
ROLES: dict[str, Role] = {
    "t-shirt-anker": Role(
        main=lying(_shirt("anchor"), 2.06, y=800, shape=shirts.SHIRT, height=9),
        detail=close(_shirt("anchor"), 6.4, (70, -230), flat=True),
        use=_hallway(_hung(_shirt("anchor"), shirts.SHIRT), _hung_tote),
        look=Look("marine", NAVY),
        detail_alt=("Kragen und Ankerdruck aus der Nähe", "Collar and anchor print close up"),
        use_alt=("T-Shirt " + HALL[0], "T-shirt " + HALL[1]),
    ),
    "t-shirt-moewe": Role(
        main=lying(_shirt("gull"), 2.06, y=800, shape=shirts.SHIRT, height=9),
        detail=close(_shirt("gull"), 4.6, (0, -110), flat=True),
        use=_hallway(_hung(_shirt("gull"), shirts.SHIRT), _hung_hat),
        look=Look("sand", SAND),
        detail_alt=("Der Möwendruck aus der Nähe", "The gull print close up"),
        use_alt=(
            "T-Shirt an einem Bügel im Flur, neben einer gelben Mütze",
            "T-shirt on a hanger in the hallway, beside a yellow beanie",
        ),
    ),
    "ringelhemd-fischer": Role(
        main=lying(_striped, 2.1, y=790, shape=shirts.LONG, height=9),
        detail=close(_striped, 5.6, (-70, -210), flat=True),
        use=_hallway(_hung(_striped, shirts.LONG), _hung_tote),
        look=Look("marine", NAVY),
        detail_alt=(
            "Ausschnitt und gestrickte Ringel aus der Nähe",
            "Neckline and knitted stripes close up",
        ),
        use_alt=("Ringelhemd " + HALL[0], "Striped shirt " + HALL[1]),
    ),
    "muetze-lotse": Role(
        main=standing(
            lambda ink, look: solids.contact(ink, 116) + shirts.beanie(ink, look.colour),
            5,
            y=1290,
        ),
        detail=close(lambda ink, look: shirts.beanie(ink, look.colour), 12, (-6, -70), flat=True),
        use=_hat_use,
        look=Look("backstein", BRICK),
        detail_alt=(
            "Umschlag und Lederetikett der Mütze aus der Nähe",
            "Cuff and leather label of the beanie close up",
        ),
        use_alt=(
            "Drei Mützen und eine Stofftasche an einer Hakenleiste",
            "Three beanies and a tote bag on a peg rail",
        ),
    ),
    "socken-vordeck": Role(
        main=lying(
            _socks,
            4.3,
            x=690,
            y=800,
            shape=(
                "M-46 -150H46C48 -60 44 0 52 34C66 62 130 74 142 104C150 132 128 146 96 146H-6"
                "C-42 144 -58 118 -54 82Z"
            ),
        ),
        detail=close(_socks, 9.5, (10, 60), flat=True),
        use=_socks_use,
        look=Look("marine", NAVY),
        detail_alt=(
            "Die abgesetzte Ferse der Socke aus der Nähe",
            "The contrasting heel of the sock close up",
        ),
        use_alt=(
            "Zwei Paar Socken auf Dielen neben einem Becher",
            "Two pairs of socks on floorboards beside a mug",
        ),
    ),
    "stofftasche-kontor": Role(
        main=lying(_tote_main, 2.1, x=800, y=1000),
        detail=close(_tote_main, 5.6, (-70, -130), flat=True),
        use=_tote_use,
        look=Look("natur", NATURAL),
        detail_alt=(
            "Der Kreuzstich an den Henkeln aus der Nähe",
            "The cross-stitch at the handles close up",
        ),
        use_alt=(
            "Zwei Stofftaschen in Natur und Blau an einer Hakenleiste",
            "Two tote bags in natural and blue on a peg rail",
        ),
    ),
}
