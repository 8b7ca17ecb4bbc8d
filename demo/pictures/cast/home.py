"""Cushion, blanket, towels and candle."""

from demo.pictures import scene, sets
from demo.pictures.ink import BRICK, CHALK, HARBOUR, SAND, SEA, SIGNAL, Ink, at
from demo.pictures.kinds import candles, cups, textiles, vessels
from demo.pictures.shots import Look, Role, close, lying, standing

CUSHION = "M-238 -232H238Q226 0 238 232H-238Q-226 0 -238 -232Z"


def _cushion(ink: Ink, look: Look) -> str:
    return textiles.cushion(ink, look.colour)


def _lean(ink: Ink, colour: str) -> str:
    return scene.lying_shadow(ink, CUSHION, height=14, strength=0.4) + textiles.cushion(ink, colour)


def _cushion_use(ink: Ink, look: Look) -> str:
    body = sets.room(ink, sets.LINEN, floor=1440) + sets.sofa(ink)
    return (
        body
        + at(_lean(ink, HARBOUR), 1130, 880, 0.92, turned=7)
        + at(_lean(ink, BRICK), 420, 890, 0.95, turned=-7)
        + at(_lean(ink, SAND), 700, 930, 0.8, turned=3)
    )


def _blanket(ink: Ink, look: Look) -> str:
    return textiles.blanket(ink, look.colour)


def _blanket_use(ink: Ink, look: Look) -> str:
    body = sets.room(ink, sets.SAGE, floor=1440) + sets.sofa(ink, "#A3A9A2")
    return (
        body
        + at(_lean(ink, SAND), 420, 890, 0.92, turned=-6)
        + at(textiles.blanket(ink, look.colour), 1030, 1080, 1.5)
    )


def _towels(ink: Ink, look: Look) -> str:
    shadow = scene.lying_shadow(
        ink, "M-247 0H-23L-21 400H-249ZM8 0H232L234 360H6Z", height=10, strength=0.3
    )
    return shadow + textiles.towels(ink, look.colour)


def _towels_use(ink: Ink, look: Look) -> str:
    body = (
        sets.brick_wall(ink, "#DDD3C4")
        + scene.window_light(ink, 90, 60, 1.6, strength=0.35)
        + scene.shelf(ink, 560)
    )
    upper = (
        (vessels.bowl(ink, SEA, 80), -220.0),
        (cups.mug(ink, BRICK, drink=""), -70.0),
        (cups.mug(ink, HARBOUR, drink=""), 40.0),
        (vessels.jar(ink, CHALK, 110), 190.0),
    )
    return (
        body
        + "".join(at(thing, 760 + x * 2.6, 556, 2.6) for thing, x in upper)
        + at(_towels(ink, look), 800, 760, 1.9)
    )


def _candle(ink: Ink, look: Look) -> str:
    return candles.candle(ink, look.colour)


def _candle_use(ink: Ink, look: Look) -> str:
    things = [
        (candles.candle(ink, SIGNAL), -120.0, 1270.0),
        (candles.candle(ink, BRICK, height=120), -20.0, 1380.0),
        (candles.candle(ink, HARBOUR), 85.0, 1290.0),
        (cups.tea_bowl(ink, SAND), 170.0, 1400.0),
    ]
    light = scene.glow(ink, 700, 760, 900, strength=0.55)
    return sets.tabletop(
        ink, things, scale=3.7, wall="#4B5760", sun=0, colour="#8F6B45", extra=light
    )


ROLES: dict[str, Role] = {
    "kissen-klinker": Role(
        main=lying(_cushion, 2.6, shape=CUSHION, height=12),
        detail=close(_cushion, 6.6, (-130, -130), flat=True),
        use=_cushion_use,
        look=Look("backstein", BRICK),
        detail_alt=(
            "Das gewebte Mauerwerk und die Kante des Kissens aus der Nähe",
            "The woven brickwork and edge of the cushion close up",
        ),
        use_alt=("Drei Kissen auf einem grauen Sofa", "Three cushions on a grey sofa"),
    ),
    "wolldecke-nordsee": Role(
        main=standing(_blanket, 3.3, x=780, y=1170),
        detail=close(_blanket, 8.5, (150, -80)),
        use=_blanket_use,
        look=Look("hafenblau", HARBOUR),
        detail_alt=(
            "Fransen und Köperbindung der Decke aus der Nähe",
            "Fringes and twill of the blanket close up",
        ),
        use_alt=(
            "Die gefaltete Decke mit Kissen auf einem Sofa",
            "The folded blanket with a cushion on a sofa",
        ),
    ),
    "geschirrtuch-kajuete": Role(
        main=lying(_towels, 2.5, y=330),
        detail=close(_towels, 6.2, (-90, 310), flat=True),
        use=_towels_use,
        look=Look("hafenblau", HARBOUR),
        detail_alt=(
            "Streifen und Saum der Geschirrtücher aus der Nähe",
            "Stripes and hem of the tea towels close up",
        ),
        use_alt=(
            "Die Geschirrtücher an einer Messingstange unter einem Küchenregal",
            "The tea towels on a brass rail below a kitchen shelf",
        ),
    ),
    "kerze-leuchtfeuer": Role(
        main=standing(_candle, 6.2, y=1370),
        detail=close(_candle, 14, (0, -160), flat=True),
        use=_candle_use,
        look=Look("backstein", BRICK),
        detail_alt=(
            "Flamme und Docht der Kerze aus der Nähe",
            "Flame and wick of the candle close up",
        ),
        use_alt=(
            "Drei brennende Kerzen am Abend auf einem Tisch",
            "Three lit candles on a table in the evening",
        ),
    ),
}
