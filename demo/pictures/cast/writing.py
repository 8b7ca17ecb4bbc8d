"""Pen, pencils, ink and letter opener."""

from demo.pictures import scene, sets
from demo.pictures.ink import BLACK, BRASS, BRICK, CHALK, HARBOUR, SIGNAL, Ink, at
from demo.pictures.kinds import books, sheets, writing
from demo.pictures.shots import Look, Role, close, lying, standing


def _pen(ink: Ink, look: Look) -> str:
    return writing.pen_case(ink) + writing.pen(ink, look.colour)


def _pen_use(ink: Ink, look: Look) -> str:
    book = (
        scene.lying_shadow(ink, "M-146 -104H146V106H-146Z", height=6)
        + books.open_book(ink, dotted=True)
        + books.writing(-130, -72, 110, 7, 12)
    )
    return sets.desk(
        ink,
        [
            (book, -60, 60, -6),
            (writing.pen(ink, BRASS), 300, 150, -48),
            (sets.cup_from_above(ink, HARBOUR), 560, -560, 0),
        ],
        scale=4.6,
    )


def _pencils(ink: Ink, look: Look) -> str:
    return writing.pencil_box(ink)


def _pencils_use(ink: Ink, look: Look) -> str:
    pencils = [
        (writing.pencil(ink, colour), -560 + i * 30, 120 + i * 88, -12 + i * 3)
        for i, colour in enumerate((BRICK, HARBOUR, SIGNAL, BRICK))
    ]
    return sets.desk(
        ink,
        [
            (writing.pencil_box(ink), 0, -330, 4),
            *pencils,
            (
                scene.lying_shadow(ink, sheets.CARD_SHAPE, height=3) + books.booklet(ink, HARBOUR),
                500,
                330,
                9,
            ),
        ],
        scale=4.6,
    )


def _bottle(ink: Ink, look: Look) -> str:
    return writing.ink_bottle(ink, look.colour)


def _swatch(ink: Ink, look: Look) -> str:
    cards = [(HARBOUR, -330, -300, -6), (BRICK, 250, -20, 5), (BLACK, -180, 360, 3)]
    body = scene.linen(ink)
    return body + "".join(
        at(writing.swatch(ink, colour), 800 + x, 800 + y, 7.4, turned=turn)
        for colour, x, y, turn in cards
    )


def _bottle_use(ink: Ink, look: Look) -> str:
    things = [
        (writing.ink_bottle(ink, colour), x, y)
        for colour, x, y in (
            (HARBOUR, -82.0, 1250.0),
            (BRICK, -2.0, 1330.0),
            ("#3B4045", 80.0, 1260.0),
        )
    ]
    return sets.tabletop(ink, things, scale=7, wall=sets.LINEN, colour="#A97F52")


def _opener(ink: Ink, look: Look) -> str:
    return writing.opener(ink)


def _opener_use(ink: Ink, look: Look) -> str:
    cover = scene.lying_shadow(ink, sheets.ENVELOPE_SHAPE, height=5) + sheets.envelope(ink)
    return sets.desk(
        ink,
        [
            (cover, -250, -120, -8),
            (cover, 210, 220, 11),
            (writing.opener(ink), 90, 40, -30),
            (sets.cup_from_above(ink, CHALK), 570, -570, 0),
        ],
        scale=4.4,
    )


ROLES: dict[str, Role] = {
    "kugelschreiber-gravur": Role(
        main=lying(_pen, 8.4, turned=-20),
        detail=close(
            lambda ink, look: writing.pen(ink, look.colour), 30, (8, 0), turned=-20, flat=True
        ),
        use=_pen_use,
        look=Look("messing", BRASS),
        detail_alt=(
            "Die Gravur auf dem Schaft aus der Nähe",
            "The engraving on the barrel close up",
        ),
        use_alt=(
            "Der Stift auf einem aufgeschlagenen Notizbuch neben einem Becher Kaffee",
            "The pen on an open notebook beside a mug of coffee",
        ),
    ),
    "bleistifte-kontor": Role(
        main=lying(_pencils, 6.7, turned=-14),
        detail=close(_pencils, 15, (75, 0), turned=-14, flat=True),
        use=_pencils_use,
        detail_alt=(
            "Die angespitzten Enden der Bleistifte aus der Nähe",
            "The sharpened ends of the pencils close up",
        ),
        use_alt=(
            "Schachtel mit Bleistiften, vier davon lose, auf einem Schreibtisch",
            "Box of pencils, four of them loose, on a desk",
        ),
    ),
    "tinte-im-glas": Role(
        main=standing(_bottle, 15, y=1270),
        detail=_swatch,
        use=_bottle_use,
        look=Look("hafenblau", HARBOUR),
        detail_alt=("Farbproben der drei Tinten auf Karton", "Samples of the three inks on card"),
        use_alt=(
            "Drei Gläser Tinte in Blau, Rot und Anthrazit auf einem Tisch",
            "Three bottles of ink in blue, red and anthracite on a table",
        ),
    ),
    "briefoeffner-pike": Role(
        main=lying(_opener, 6.7, turned=-28),
        detail=close(_opener, 15, (-56, 0), turned=-28, flat=True),
        use=_opener_use,
        detail_alt=(
            "Der Nussbaumgriff mit drei Messingnieten aus der Nähe",
            "The walnut handle with its three brass rivets close up",
        ),
        use_alt=("Der Brieföffner auf zwei Umschlägen", "The letter opener on two envelopes"),
    ),
}
