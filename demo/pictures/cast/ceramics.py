"""Stoneware in the studio and on the table."""

from demo.pictures import ink as inks
from demo.pictures import scene, sets, solids
from demo.pictures.ink import ANTHRACITE, BRICK, CHALK, FOG, HARBOUR, SAND, SEA, Ink, at, path
from demo.pictures.kinds import bags, cups, loose, vessels
from demo.pictures.shots import Look, Role, close, lying, standing


def _mug(ink: Ink, look: Look) -> str:
    return cups.mug(ink, look.colour)


def _mug_use(ink: Ink, look: Look) -> str:
    row = [
        (cups.mug(ink, colour, drink=drink), x, y)
        for colour, x, y, drink in (
            (HARBOUR, -120.0, 1250.0, ""),
            (BRICK, -15.0, 1380.0, cups.COFFEE),
            (SEA, 95.0, 1260.0, ""),
        )
    ]
    return sets.tabletop(ink, row, scale=4.6, wall=sets.LINEN)


def _espresso(ink: Ink, look: Look) -> str:
    return cups.espresso_cup(ink, look.colour)


def _espresso_use(ink: Ink, look: Look) -> str:
    bag = bags.pouch(ink, "#2B3034", inks.SIGNAL, "LADEKAI", "crane", height=220, width=124)
    return sets.tabletop(
        ink,
        [
            (bag, -95.0, 1240.0),
            (cups.espresso_cup(ink, look.colour), 40.0, 1400.0),
            (loose.beans(ink, "#4A2C1A", 90, 20, 30), -60.0, 1450.0),
        ],
        scale=4.4,
        wall=sets.MIST,
    )


def _bowl_use(ink: Ink, look: Look) -> str:
    return sets.tabletop(
        ink,
        [
            (vessels.teapot(ink, SEA), -95.0, 1250.0),
            (cups.tea_bowl(ink, look.colour), 45.0, 1400.0),
            (cups.tea_bowl(ink, SEA), 150.0, 1290.0),
        ],
        scale=4.2,
        wall=sets.SAGE,
    )


def _dripper_use(ink: Ink, look: Look) -> str:
    stack = cups.mug(ink, SAND, drink="") + at(cups.dripper(ink, look.colour), 0, -91)
    bag = bags.pouch(ink, "#39434A", BRICK, "SPEICHER", "gable", height=220, width=124)
    return sets.tabletop(
        ink,
        [
            (bag, 115.0, 1250.0),
            (stack, -30.0, 1390.0),
            (loose.beans(ink, "#6B4023", 90, 20, 30), 105.0, 1440.0),
        ],
        scale=4.2,
        wall=sets.LINEN,
    )


def _teapot_use(ink: Ink, look: Look) -> str:
    bag = bags.pouch(ink, inks.KRAFT, BRICK, "FRIESISCH", "waves", weight="100 G")
    return sets.tabletop(
        ink,
        [
            (bag, -140.0, 1230.0),
            (vessels.teapot(ink, look.colour), 10.0, 1330.0),
            (cups.mug(ink, CHALK, drink=cups.TEA), 135.0, 1400.0),
        ],
        scale=3.9,
        wall=sets.MIST,
    )


def _plates(ink: Ink, look: Look) -> str:
    large = scene.lying_shadow(
        ink, "M-135 0A135 135 0 1 1 135 0A135 135 0 1 1 -135 0Z", height=9, strength=0.4
    ) + vessels.plate_from_above(ink, look.colour, 135)
    small = scene.lying_shadow(
        ink, "M-100 0A100 100 0 1 1 100 0A100 100 0 1 1 -100 0Z", height=7, strength=0.45
    ) + vessels.plate_from_above(ink, look.colour, 100)
    return at(large, -18, -12) + at(small, 66, 68)


def _plates_use(ink: Ink, look: Look) -> str:
    stack = solids.contact(ink, 110) + "".join(
        at(vessels.plate(ink, colour, radius), 0, -z)
        for colour, radius, z in (
            (HARBOUR, 135, 0),
            (HARBOUR, 135, 15),
            (FOG, 135, 30),
            (FOG, 100, 47),
            (CHALK, 100, 60),
            (CHALK, 100, 73),
        )
    )
    return sets.tabletop(
        ink,
        [
            (stack, -55.0, 1360.0),
            (vessels.bowl(ink, SEA, 60), 125.0, 1270.0),
            (cups.mug(ink, CHALK, drink=""), 165.0, 1410.0),
        ],
        scale=3.5,
        wall=sets.LINEN,
    )


def _koje(ink: Ink, look: Look) -> str:
    return vessels.bowl(ink, look.colour, 118) + at(vessels.bowl(ink, look.colour, 80), 118, 20, 1)


def _koje_use(ink: Ink, look: Look) -> str:
    apples = "".join(
        at(_apple(ink, colour), x, -92)
        for x, colour in ((-34, "#B5482F"), (30, "#C8A23C"), (-2, "#A83E2C"))
    )
    front = ink.clipped(
        vessels.bowl(ink, look.colour, 118), '<rect x="-200" y="-110" width="400" height="200"/>'
    )
    return sets.tabletop(
        ink,
        [
            (vessels.jar(ink, ANTHRACITE, 180), 140.0, 1240.0),
            (vessels.bowl(ink, look.colour, 118) + apples + front, -25.0, 1380.0),
        ],
        scale=4,
        wall=sets.CLAYWALL,
    )


def _apple(ink: Ink, colour: str) -> str:
    skin = ink.radial(
        (0, inks.lighter(colour, 0.55)),
        (0.45, colour),
        (1, inks.darker(colour, 0.5)),
        centre=(0.34, 0.28),
        radius=0.75,
    )
    return path(
        "M0 -64C-14 -74 -42 -66 -42 -34C-42 -6 -22 6 0 2C22 6 42 -6 42 -34C42 -66 14 -74 0 -64Z",
        skin,
    ) + path("M0 -62C0 -70 3 -76 7 -80", stroke="#4A3524", stroke_width=3, stroke_linecap="round")


def _vase_use(ink: Ink, look: Look) -> str:
    things = [
        (vessels.vase(ink, look.colour, stems=True), -40.0, 1330.0),
        (vessels.jar(ink, CHALK, 110), 95.0, 1260.0),
        (cups.tea_bowl(ink, SAND), 90.0, 1410.0),
    ]
    return sets.tabletop(ink, things, scale=2.75, wall=sets.MIST)


def _vase(ink: Ink, look: Look) -> str:
    return vessels.vase(ink, look.colour)


def _jars(ink: Ink, look: Look) -> str:
    return at(vessels.jar(ink, look.colour, 180), -52, -10) + at(
        vessels.jar(ink, look.colour, 110), 56, 8
    )


def _jars_use(ink: Ink, look: Look) -> str:
    body = sets.brick_wall(ink) + scene.window_light(ink, 100, 40, 1.6, strength=0.35)
    body += scene.shelf(ink, 640) + scene.shelf(ink, 1290)
    upper = (
        (vessels.jar(ink, ANTHRACITE, 180), -175),
        (vessels.jar(ink, CHALK, 180), -60),
        (vessels.jar(ink, ANTHRACITE, 110), 50),
        (cups.mug(ink, BRICK, drink=""), 165),
    )
    lower = (
        (vessels.jar(ink, CHALK, 110), -170),
        (vessels.jar(ink, CHALK, 180), -55),
        (vessels.teapot(ink, HARBOUR), 110),
    )
    return (
        body
        + "".join(at(thing, 800 + x * 3.2, 636, 3.2) for thing, x in upper)
        + "".join(at(thing, 800 + x * 3.4, 1286, 3.4) for thing, x in lower)
    )


ROLES: dict[str, Role] = {
    "becher-speicherstadt": Role(
        main=standing(_mug, 8.6, x=730, y=1230),
        detail=close(_mug, 19, (-8, -28), horizon=700),
        use=_mug_use,
        look=Look("hafenblau", HARBOUR),
        detail_alt=(
            "Der unglasierte Tonrand am Fuß des Bechers aus der Nähe",
            "The bare clay at the foot of the mug close up",
        ),
        use_alt=(
            "Drei Becher in Blau, Rot und Grün auf einem Eichentisch in der Sonne",
            "Three mugs in blue, red and green on an oak table in the sun",
        ),
    ),
    "espressotasse-fleet": Role(
        main=standing(_espresso, 10, y=1160),
        detail=close(_espresso, 21, (6, -40)),
        use=_espresso_use,
        look=Look("sand", SAND),
        detail_alt=(
            "Rand und Henkel der Espressotasse aus der Nähe",
            "Rim and handle of the espresso cup close up",
        ),
        use_alt=(
            "Espressotasse mit Untertasse neben einem Beutel Kaffee und Bohnen",
            "Espresso cup and saucer beside a bag of coffee and beans",
        ),
    ),
    "teeschale-watt": Role(
        main=standing(lambda ink, look: cups.tea_bowl(ink, look.colour), 10.4, y=1200),
        detail=close(lambda ink, look: cups.tea_bowl(ink, look.colour), 22, (-10, -38)),
        use=_bowl_use,
        look=Look("sand", SAND),
        detail_alt=(
            "Die gekämmten Rillen der Teeschale aus der Nähe",
            "The combed ripples of the tea bowl close up",
        ),
        use_alt=(
            "Zwei Teeschalen mit grünem Tee und eine Kanne auf einem Tisch",
            "Two bowls of green tea and a pot on a table",
        ),
    ),
    "handfilter-schleuse": Role(
        main=standing(lambda ink, look: cups.dripper(ink, look.colour), 8.8, x=760, y=1230),
        detail=close(lambda ink, look: cups.dripper(ink, look.colour), 17, (0, -92)),
        use=_dripper_use,
        look=Look("kreide", CHALK),
        detail_alt=(
            "Die Rippen im Inneren des Handfilters aus der Nähe",
            "The ribs inside the dripper close up",
        ),
        use_alt=(
            "Handfilter auf einem Becher neben Kaffeebohnen",
            "Dripper on a mug beside coffee beans",
        ),
    ),
    "teekanne-alster": Role(
        main=standing(lambda ink, look: vessels.teapot(ink, look.colour), 5.6, x=830, y=1310),
        detail=close(lambda ink, look: vessels.teapot(ink, look.colour), 12, (-30, -96)),
        use=_teapot_use,
        look=Look("hafenblau", HARBOUR),
        detail_alt=(
            "Deckel, Tülle und Ansatz des Eichenbügels aus der Nähe",
            "Lid, spout and the root of the oak handle close up",
        ),
        use_alt=(
            "Teekanne mit einem Beutel Tee und einem vollen Becher",
            "Teapot with a bag of tea and a full mug",
        ),
    ),
    "teller-elbe": Role(
        main=lying(_plates, 4.4, x=740, y=750),
        detail=close(_plates, 11, (10, -70), flat=True),
        use=_plates_use,
        look=Look("nebel", FOG),
        detail_alt=(
            "Rand und Spiegel der Teller von oben aus der Nähe",
            "Rim and well of the plates from above, close up",
        ),
        use_alt=(
            "Ein Stapel großer und kleiner Teller in drei Farben",
            "A stack of large and small plates in three colours",
        ),
    ),
    "schuessel-koje": Role(
        main=standing(_koje, 4.6, x=600, y=1220),
        detail=close(lambda ink, look: vessels.bowl(ink, look.colour, 118), 10.5, (-20, -56)),
        use=_koje_use,
        look=Look("seegruen", SEA),
        detail_alt=(
            "Die nach innen gewölbte Wand der Schüssel aus der Nähe",
            "The inward-curving wall of the bowl close up",
        ),
        use_alt=(
            "Große Schüssel mit Äpfeln auf einem Eichentisch",
            "Large bowl of apples on an oak table",
        ),
    ),
    "vase-molenfeuer": Role(
        main=standing(_vase, 4.4, y=1370),
        detail=close(_vase, 12, (0, -190)),
        use=_vase_use,
        look=Look("backstein", BRICK),
        detail_alt=("Kranz und Hals der Vase aus der Nähe", "Collar and neck of the vase close up"),
        use_alt=(
            "Vase mit Strandhafer neben Dose und Teeschale",
            "Vase with marram grass beside a jar and a tea bowl",
        ),
    ),
    "vorratsdose-kontor": Role(
        main=standing(_jars, 5.2, x=790, y=1290),
        detail=close(lambda ink, look: vessels.jar(ink, look.colour, 110), 13, (0, -98)),
        use=_jars_use,
        look=Look("anthrazit", ANTHRACITE),
        detail_alt=(
            "Der Korkdeckel der Vorratsdose aus der Nähe",
            "The cork lid of the storage jar close up",
        ),
        use_alt=(
            "Vorratsdosen in zwei Größen auf Regalbrettern vor einer weißen Ziegelwand",
            "Storage jars in two sizes on shelves before a white brick wall",
        ),
    ),
}
