"""Patterns to download, and wool."""

from demo.pictures import scene, sets
from demo.pictures.ink import ANTHRACITE, BRICK, HARBOUR, NATURAL, SEA, SIGNAL, Ink, at, path
from demo.pictures.kinds import cups, sheets, shirts, textiles, wool, writing
from demo.pictures.shots import Draw, Look, Role, close, lying, standing


def _page(sheet: Draw, *, turned: float) -> Draw:
    """A printed page and the tablet that shows it."""

    def draw(ink: Ink, look: Look) -> str:
        page = scene.lying_shadow(ink, sheets.A4_SHAPE, height=5) + sheet(ink, look)
        screen = scene.lying_shadow(
            ink, sheets.TABLET_SHAPE, height=7, strength=0.45
        ) + sheets.tablet(ink, sheet(ink, look))
        return at(page, -48, -14, turned=-turned) + at(screen, 52, 26, turned=turned)

    return draw


def _sewing(ink: Ink, look: Look) -> str:
    return sheets.pattern_sheet(ink)


def _knitting(ink: Ink, look: Look) -> str:
    return sheets.knitting_sheet(ink)


def _sewing_use(ink: Ink, look: Look) -> str:
    cloth = textiles.cloth(
        ink,
        "M-190 -120C-80 -130 90 -112 196 -124L190 128C80 118 -80 136 -186 122Z",
        HARBOUR,
        ("M-120 -100C-90 -20 -130 40 -100 110", "M90 -110C110 -30 70 40 100 116"),
        wide=14,
        box=(-190, -130, 386, 262),
    )
    page = scene.lying_shadow(ink, sheets.A4_SHAPE, height=4) + sheets.pattern_sheet(ink)
    return sets.desk(
        ink,
        [
            (
                scene.lying_shadow(ink, "M-190 -120H196L190 128H-186Z", height=6) + cloth,
                190,
                270,
                8,
            ),
            (page, -290, -40, -7),
            (writing.pencil(ink, BRICK), -120, 640, -16),
            (_scissors(ink), 500, -330, 28),
        ],
        scale=4,
    )


def _scissors(ink: Ink) -> str:
    steel = ink.linear((0, "#F2F3F1"), (0.5, "#B9BFC1"), (1, "#858C8F"))
    blades = path("M-6 0L-3 -118C-1 -124 3 -120 4 -114L8 0Z", steel, transform="rotate(9)") + path(
        "M6 0L3 -118C1 -124 -3 -120 -4 -114L-8 0Z", steel, transform="rotate(-9)"
    )
    rings = "".join(
        path(
            (
                f"M{s * 2} 0C{s * 6} 24 {s * 14} 30 {s * 16} 44C{s * 18} 74 {s * 52} 72 {s * 48} 40"
                f"C{s * 44} 14 {s * 18} 20 {s * 8} -2"
            ),
            stroke=ANTHRACITE,
            stroke_width=9,
            stroke_linecap="round",
        )
        for s in (-1, 1)
    )
    return (
        scene.lying_shadow(ink, "M-24 -116L24 -116L10 0L50 60H-50L-10 0Z", height=4, strength=0.3)
        + blades
        + rings
        + path("M-4 -4a5 5 0 1 0 8 0a5 5 0 1 0 -8 0", "#D9C08A", stroke="#7A5F28", stroke_width=1)
    )


def _knitting_use(ink: Ink, look: Look) -> str:
    things = [
        (wool.yarn(ink, SIGNAL), -120.0, 1270.0),
        (shirts.beanie(ink, SIGNAL), 40.0, 1400.0),
        (wool.yarn(ink, ANTHRACITE), 175.0, 1250.0),
    ]
    return sets.tabletop(ink, things, scale=3.5, wall=sets.SAGE)


def _yarn(ink: Ink, look: Look) -> str:
    return wool.yarn(ink, look.colour)


def _patch(ink: Ink, look: Look) -> str:
    return at(wool.knitted(look.colour, 19, 13, 128), -20, -60)


def _yarn_use(ink: Ink, look: Look) -> str:
    balls = [
        (wool.yarn(ink, colour), x, y)
        for colour, x, y in (
            (ANTHRACITE, -122.0, 1230.0),
            (NATURAL, -12.0, 1220.0),
            (SEA, 100.0, 1230.0),
            (BRICK, -70.0, 1390.0),
            (SIGNAL, 42.0, 1410.0),
        )
    ]
    return sets.tabletop(
        ink,
        [*balls, (cups.mug(ink, HARBOUR, drink=cups.TEA), 165.0, 1400.0)],
        scale=4,
        wall=sets.LINEN,
    )


ROLES: dict[str, Role] = {
    "schnittmuster-fischerhemd": Role(
        main=lying(_page(_sewing, turned=6), 4.1, y=790),
        detail=close(_sewing, 9.5, (-20, -70), flat=True, shape=sheets.A4_SHAPE),
        use=_sewing_use,
        detail_alt=(
            "Schnittteile mit Fadenlauf und Passzeichen aus der Nähe",
            "Pattern pieces with grain line and notches close up",
        ),
        use_alt=(
            "Der gedruckte Schnitt auf blauem Stoff mit Schere und Bleistift",
            "The printed pattern on blue cloth with scissors and pencil",
        ),
    ),
    "strickanleitung-lotse": Role(
        main=lying(_page(_knitting, turned=5), 4.1, y=790),
        detail=close(_knitting, 9.5, (-20, 30), flat=True, shape=sheets.A4_SHAPE),
        use=_knitting_use,
        detail_alt=("Die Strickschrift aus der Nähe", "The knitting chart close up"),
        use_alt=(
            "Eine gelbe Mütze zwischen zwei Knäueln Wolle",
            "A yellow beanie between two balls of wool",
        ),
    ),
    "wolle-eider": Role(
        main=standing(_yarn, 9.4, x=700, y=1250),
        detail=_patch,
        use=_yarn_use,
        look=Look("seegruen", SEA),
        detail_alt=("Glatt rechts gestrickte Maschen aus der Nähe", "Stocking stitch close up"),
        use_alt=(
            "Fünf Knäuel Wolle in fünf Farben und ein Becher Tee",
            "Five balls of wool in five colours and a mug of tea",
        ),
    ),
}
