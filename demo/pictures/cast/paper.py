"""Books, cards, calendars and wrapping."""

from demo.pictures import ink as inks
from demo.pictures import scene, sets
from demo.pictures.ink import BRASS, BRICK, CHALK, HARBOUR, SAND, SEA, SIGNAL, Ink, at
from demo.pictures.kinds import books, cups, gifts, lamps, sheets, vessels, writing
from demo.pictures.shots import Look, Role, close, lying, standing

CARDS = (
    "kunstdruck-moewe",
    "kunstdruck-leuchtturm",
    "kunstdruck-kraene",
    "kunstdruck-speicherstadt",
)


def _notebook(ink: Ink, look: Look) -> str:
    return books.notebook(ink, look.colour)


def _open(ink: Ink, look: Look) -> str:
    book = (
        scene.lying_shadow(ink, "M-146 -104H146V106H-146Z", height=6)
        + books.open_book(ink)
        + books.writing(-132, -79, 112, 13, 8)
    )
    return (
        scene.boards(ink)
        + at(book, 760, 830, 7, turned=-7)
        + at(writing.pen(ink, BRASS), 1130, 900, 7, turned=-62)
    )


def _notebook_use(ink: Ink, look: Look) -> str:
    def book(colour: str) -> str:
        return scene.lying_shadow(ink, books.NOTEBOOK_SHAPE, height=5) + books.notebook(ink, colour)

    return sets.desk(
        ink,
        [
            (book(BRICK), -300, -60, -9),
            (book(HARBOUR), 210, 200, 7),
            (writing.pen(ink, BRASS), 560, -330, 58),
            (sets.cup_from_above(ink, CHALK), -560, -560, 0),
        ],
        scale=4.4,
    )


def _booklets(ink: Ink, look: Look) -> str:
    return sheets.fan(
        ink, [books.booklet(ink, colour) for colour in (SAND, HARBOUR, BRICK)], sheets.CARD_SHAPE
    )


def _booklets_use(ink: Ink, look: Look) -> str:
    one = [
        scene.lying_shadow(ink, sheets.CARD_SHAPE, height=3) + books.booklet(ink, colour)
        for colour in (HARBOUR, BRICK, SAND)
    ]
    return sets.desk(
        ink,
        [
            (one[0], -380, -160, -12),
            (one[1], 30, 130, 5),
            (one[2], 430, -60, 14),
            (writing.pencil(ink, SIGNAL), -520, 520, -8),
        ],
        scale=4.4,
    )


def _postcards(ink: Ink, look: Look) -> str:
    return sheets.fan(ink, [sheets.postcard(ink, slug) for slug in CARDS], sheets.CARD_SHAPE)


def _postcards_use(ink: Ink, look: Look) -> str:
    cards = [
        scene.lying_shadow(ink, sheets.CARD_SHAPE, height=3) + sheets.postcard(ink, slug)
        for slug in CARDS
    ]
    return sets.desk(
        ink,
        [
            (cards[0], -420, -250, -8),
            (cards[1], 30, -300, 4),
            (cards[2], -260, 330, 6),
            (cards[3], 300, 260, -7),
            (writing.pen(ink, inks.BLACK), 590, -60, 74),
        ],
        scale=4,
    )


def _letter(ink: Ink, look: Look) -> str:
    sheet = scene.lying_shadow(ink, sheets.LETTER_SHAPE, height=4) + sheets.letter(ink)
    cover = scene.lying_shadow(ink, sheets.ENVELOPE_SHAPE, height=5) + sheets.envelope(ink)
    return at(sheet, -46, -22, turned=-4) + at(cover, 46, 66, turned=8)


def _letter_use(ink: Ink, look: Look) -> str:
    sheet = scene.lying_shadow(ink, sheets.LETTER_SHAPE, height=4) + sheets.letter(
        ink, written=True
    )
    cover = scene.lying_shadow(ink, sheets.ENVELOPE_SHAPE, height=5) + sheets.envelope(ink)
    return sets.desk(
        ink,
        [
            (sheet, -190, 0, -5),
            (cover, 420, 330, 12),
            (writing.pen(ink, BRASS), 330, -240, -58),
            (writing.opener(ink), -120, 640, -6),
        ],
        scale=4.6,
    )


def _calendar(ink: Ink, look: Look) -> str:
    return books.calendar(ink)


def _calendar_use(ink: Ink, look: Look) -> str:
    body = (
        sets.room(ink, sets.SAGE, floor=1590)
        + at(books.calendar(ink), 760, 190, 2.05)
        + sets.sideboard(ink, 1290)
    )
    return (
        body
        + at(vessels.vase(ink, BRICK, stems=True), 320, 1290, 1.7)
        + at(cups.mug(ink, HARBOUR), 1180, 1290, 1.9)
    )


def _book(ink: Ink, look: Look) -> str:
    return books.book(ink)


def _book_use(ink: Ink, look: Look) -> str:
    things = [
        (books.book(ink), -40.0, 1310.0),
        (cups.mug(ink, SEA), 115.0, 1400.0),
        (lamps.table_lamp(ink, HARBOUR), -170.0, 1230.0),
    ]
    return sets.tabletop(ink, things, scale=2.6, wall=sets.LINEN)


def _roll(ink: Ink, look: Look) -> str:
    return gifts.roll(ink, look.colour, look.code)


def _roll_use(ink: Ink, look: Look) -> str:
    return sets.desk(
        ink,
        [
            (at(gifts.roll(ink, HARBOUR, "wellen"), 0, 0, 0.42), -120, -480, -4),
            (at(gifts.roll(ink, BRICK, "klinker"), 0, 0, 0.42), 120, 180, 5),
            (writing.pencil(ink, SIGNAL), -650, 640, -14),
        ],
        scale=4.6,
    )


def _box(ink: Ink, look: Look) -> str:
    return gifts.gift_box(ink, look.colour)


def _box_use(ink: Ink, look: Look) -> str:
    return sets.tabletop(
        ink,
        [
            (gifts.gift_box(ink, HARBOUR), -50.0, 1310.0),
            (at(gifts.gift_box(ink, BRICK), 0, 0, 0.72), 150.0, 1260.0),
            (cups.mug(ink, CHALK, drink=cups.TEA), 105.0, 1430.0),
        ],
        scale=3.5,
        wall=sets.MIST,
    )


CARD_LOOKS = {
    "10eur": (SAND, "10 €"),
    "25eur": (SEA, "25 €"),
    "50eur": (BRICK, "50 €"),
    "100eur": (HARBOUR, "100 €"),
}


def _gift_card(ink: Ink, look: Look) -> str:
    colour, amount = CARD_LOOKS[look.code]
    cover = scene.lying_shadow(ink, sheets.ENVELOPE_SHAPE, height=5) + sheets.envelope(ink)
    card = scene.lying_shadow(
        ink, gifts.GIFT_CARD_SHAPE, height=4, strength=0.45
    ) + gifts.gift_card(ink, colour, amount)
    return at(cover, 8, 34, turned=5) + at(card, -8, -18, turned=-8)


def _gift_card_use(ink: Ink, look: Look) -> str:
    cards = [
        scene.lying_shadow(ink, gifts.GIFT_CARD_SHAPE, height=3)
        + gifts.gift_card(ink, *CARD_LOOKS[code])
        for code in ("10eur", "25eur", "50eur", "100eur")
    ]
    return sets.desk(
        ink,
        [
            (cards[0], -380, -380, -9),
            (cards[1], 330, -330, 6),
            (cards[2], -330, 240, 5),
            (cards[3], 370, 320, -7),
        ],
        scale=4.3,
        colour="#A97F52",
    )


ROLES: dict[str, Role] = {
    "notizbuch-logbuch": Role(
        main=lying(_notebook, 6, x=790, y=770, shape=books.NOTEBOOK_SHAPE, turned=-3),
        detail=_open,
        use=_notebook_use,
        look=Look("hafenblau", HARBOUR),
        detail_alt=(
            "Das aufgeschlagene Notizbuch mit Handschrift und Stift",
            "The open notebook with handwriting and a pen",
        ),
        use_alt=(
            "Zwei Notizbücher, ein Stift und ein Becher auf einem Schreibtisch",
            "Two notebooks, a pen and a mug on a desk",
        ),
    ),
    "kladden-dreierpack": Role(
        main=lying(_booklets, 6.4, y=790),
        detail=close(_booklets, 13, (40, 10), flat=True),
        use=_booklets_use,
        detail_alt=(
            "Umschlag und Prägung der Kladden aus der Nähe",
            "Covers of the pocket notebooks close up",
        ),
        use_alt=(
            "Drei Kladden in drei Farben mit einem Bleistift auf dem Tisch",
            "Three pocket notebooks in three colours with a pencil on the table",
        ),
    ),
    "postkarten-hafenrunde": Role(
        main=lying(_postcards, 5.4, y=780),
        detail=close(_postcards, 11, (60, -10), flat=True),
        use=_postcards_use,
        detail_alt=(
            "Die oberste Postkarte mit den Speichern aus der Nähe",
            "The topmost postcard with the warehouses close up",
        ),
        use_alt=(
            "Vier Postkarten mit Hafenmotiven auf einem Schreibtisch",
            "Four harbour postcards on a desk",
        ),
    ),
    "briefpapier-reede": Role(
        main=lying(_letter, 5, y=780),
        detail=close(_letter, 11, (46, 20), flat=True),
        use=_letter_use,
        detail_alt=(
            "Das blaue Futter des Umschlags aus der Nähe",
            "The blue lining of the envelope close up",
        ),
        use_alt=(
            "Ein geschriebener Brief mit Umschlag, Stift und Brieföffner",
            "A written letter with envelope, pen and letter opener",
        ),
    ),
    "kalender-jahrein": Role(
        main=lying(_calendar, 3.2, y=170),
        detail=close(_calendar, 8, (-20, 290), flat=True),
        use=_calendar_use,
        detail_alt=(
            "Monatsname und Tageszahlen des Kalenders aus der Nähe",
            "Month and dates of the calendar close up",
        ),
        use_alt=(
            "Der Kalender an einer grünen Wand über einer Anrichte",
            "The calendar on a green wall above a sideboard",
        ),
    ),
    "buch-backstein": Role(
        main=standing(_book, 4.7, x=830, y=1360),
        detail=close(_book, 11, (0, -170)),
        use=_book_use,
        detail_alt=(
            "Titel und gezeichnete Ziegel des Einbands aus der Nähe",
            "Title and drawn bricks of the cover close up",
        ),
        use_alt=(
            "Das Buch mit Becher unter einer Tischleuchte",
            "The book with a mug under a table lamp",
        ),
    ),
    "geschenkpapier-bahn": Role(
        main=lying(_roll, 2.15, y=600),
        detail=close(_roll, 6, (120, 60), flat=True),
        use=_roll_use,
        look=Look("klinker", BRICK),
        detail_alt=(
            "Das Muster des Geschenkpapiers aus der Nähe",
            "The pattern of the wrapping paper close up",
        ),
        use_alt=(
            "Zwei Rollen Geschenkpapier auf einem Tisch",
            "Two rolls of wrapping paper on a table",
        ),
    ),
    "geschenkschachtel-lukendeckel": Role(
        main=standing(_box, 5, y=1180),
        detail=close(_box, 11, (0, -110)),
        use=_box_use,
        look=Look("hafenblau", HARBOUR),
        detail_alt=("Die Schleife aus Leinenband aus der Nähe", "The linen bow close up"),
        use_alt=(
            "Zwei Geschenkschachteln und ein Becher Tee auf einem Tisch",
            "Two gift boxes and a mug of tea on a table",
        ),
    ),
    "geschenkkarte": Role(
        main=lying(_gift_card, 7.2, y=800),
        detail=close(_gift_card, 13, (20, -10), flat=True),
        use=_gift_card_use,
        look=Look("50eur", BRICK),
        detail_alt=(
            "Wellen und Wert der Geschenkkarte aus der Nähe",
            "Waves and value of the gift card close up",
        ),
        use_alt=(
            "Geschenkkarten in vier Farben und Werten auf einem Tisch",
            "Gift cards in four colours and values on a table",
        ),
    ),
}
