"""Tea, coffee, sugar and honey."""

import math

from demo.pictures import ink as inks
from demo.pictures import scene, sets, solids
from demo.pictures.ink import (
    ANTHRACITE,
    BRICK,
    CHALK,
    HARBOUR,
    KRAFT,
    SAND,
    SEA,
    SIGNAL,
    Ink,
    at,
    path,
)
from demo.pictures.kinds import bags, vessels
from demo.pictures.shots import Draw, Look, Role, close, standing

NIGHT = "#2B3034"


def _tea(title: str, mark: str, label: str, leaf: str, paper: str = KRAFT) -> Draw:
    def draw(ink: Ink, look: Look) -> str:
        return bags.pouch(ink, paper, label, title, mark, weight="100 G") + at(
            bags.leaves(leaf), 100, 16
        )

    return draw


def _field(leaf: str) -> Draw:
    """Loose tea filling the whole picture."""

    def draw(ink: Ink, look: Look) -> str:
        colours, length, thick = bags.LEAVES[leaf]
        chance = inks.dice("field", leaf)
        parts = [scene.flat(ink, inks.darker(colours[0], 0.25))]
        for layer in range(22):
            colour = colours[(layer * 3 + layer // 5) % len(colours)]
            shade = inks.darker(colour, max(0.0, 0.42 - layer * 0.02))
            data = []
            for _ in range(62):
                x, y, a = chance.uniform(0, 1600), chance.uniform(0, 1600), chance.uniform(0, 6.28)
                long = length * 15 * chance.uniform(0.6, 1.15)
                dx, dy = long * math.cos(a), long * math.sin(a)
                data.append(
                    f"M{inks.num(x)} {inks.num(y)}q{inks.num(dx * 0.5 + dy * 0.2)} {inks.num(dy * 0.5 - dx * 0.2)} {inks.num(dx)} {inks.num(dy)}"
                )
            lines = "".join(data)
            wide = thick * 14
            parts.append(
                at(
                    path(
                        lines,
                        stroke="#120B08",
                        stroke_width=wide,
                        stroke_linecap="round",
                        opacity=0.3,
                    ),
                    5,
                    8,
                )
            )
            parts.append(path(lines, stroke=shade, stroke_width=wide, stroke_linecap="round"))
            parts.append(
                at(
                    path(
                        lines,
                        stroke=inks.lighter(shade, 0.3),
                        stroke_width=wide * 0.24,
                        stroke_linecap="round",
                        opacity=0.8,
                    ),
                    -wide * 0.16,
                    -wide * 0.2,
                )
            )
        return "".join(parts)

    return draw


def _bean_field(colour: str) -> Draw:
    def draw(ink: Ink, look: Look) -> str:
        chance = inks.dice("bean field", colour)
        parts = [scene.flat(ink, inks.darker(colour, 0.6))]
        for layer in range(3):
            for row in range(12):
                for col in range(11):
                    x, y = (
                        col * 158 + chance.uniform(-50, 50) - 20,
                        row * 145 + chance.uniform(-46, 46),
                    )
                    shade = inks.tone(colour, chance.uniform(-0.18, 0.1) - 0.22 + layer * 0.11)
                    if layer == 2 and chance.random() < 0.45:
                        continue
                    parts.append(
                        bags.bean(
                            ink,
                            _stepped(shade),
                            x,
                            y,
                            chance.uniform(14, 17),
                            chance.choice(range(0, 360, 15)),
                            belly=chance.random() < 0.5,
                        )
                    )
        return "".join(parts)

    return draw


def _stepped(colour: str) -> str:
    """Few shades, so that few gradients are defined."""
    return "#" + "".join(
        f"{min(255, round(int(colour[i : i + 2], 16) / 8) * 8):02X}" for i in (1, 3, 5)
    )


def _tea_table(draw: Draw, cup: str, pot: str, wall: str, drink: str) -> Draw:
    def use(ink: Ink, look: Look) -> str:
        things = [
            (vessels.teapot(ink, pot), -88.0, 1250.0),
            (draw(ink, look), 58.0, 1290.0),
            (vessels.mug(ink, cup, drink=drink), -8.0, 1420.0),
        ]
        return sets.tabletop(ink, things, scale=3.7, wall=wall)

    return use


def _coffee(title: str, mark: str, label: str, roast: str, paper: str = NIGHT) -> Draw:
    def draw(ink: Ink, look: Look) -> str:
        bag = bags.pouch(ink, paper, label, title, mark, height=220, width=124)
        return bag + at(bags.valve(ink), 40, -178) + at(bags.beans(ink, roast), 104, 18)

    return draw


def _coffee_table(draw: Draw, wall: str, cup: str, *, small: bool = False) -> Draw:
    def use(ink: Ink, look: Look) -> str:
        drinker = vessels.espresso_cup(ink, cup) if small else vessels.mug(ink, cup)
        drip = (
            vessels.jar(ink, CHALK, 180)
            if small
            else vessels.mug(ink, SAND) + at(vessels.dripper(ink, CHALK), 0, -92)
        )
        return sets.tabletop(
            ink,
            [(drip, -105.0, 1240.0), (draw(ink, look), 40.0, 1290.0), (drinker, -20.0, 1440.0)],
            scale=3.6,
            wall=wall,
        )

    return use


def _tea_role(
    title: str,
    mark: str,
    label: str,
    leaf: str,
    cup: str,
    pot: str,
    wall: str,
    drink: str,
    alts: tuple[str, str],
    *,
    paper: str = KRAFT,
) -> Role:
    draw = _tea(title, mark, label, leaf, paper)
    return Role(
        main=standing(draw, 5, x=700, y=1330),
        detail=_field(leaf),
        use=_tea_table(draw, cup, pot, wall, drink),
        detail_alt=alts,
        use_alt=(
            "Der Teebeutel neben einer Kanne und einem vollen Becher auf einem Eichentisch",
            "The bag of tea beside a pot and a full mug on an oak table",
        ),
    )


def _coffee_role(
    title: str,
    mark: str,
    label: str,
    roast: str,
    wall: str,
    cup: str,
    alts: tuple[str, str],
    *,
    small: bool = False,
    paper: str = NIGHT,
) -> Role:
    draw = _coffee(title, mark, label, roast, paper)
    return Role(
        main=standing(draw, 4.8, x=690, y=1330),
        detail=_bean_field(roast),
        use=_coffee_table(draw, wall, cup, small=small),
        detail_alt=alts,
        use_alt=(
            "Der Kaffeebeutel mit Tasse auf einem Tisch in der Morgensonne",
            "The bag of coffee with a cup on a table in the morning sun",
        ),
    )


def _kluntje(ink: Ink, look: Look) -> str:
    return bags.pouch(ink, CHALK, HARBOUR, "KLUNTJE", "crystal") + at(bags.crystals(ink), 104, 14)


def _kluntje_use(ink: Ink, look: Look) -> str:
    things = [
        (bags.pouch(ink, CHALK, HARBOUR, "KLUNTJE", "crystal"), -70.0, 1250.0),
        (vessels.espresso_cup(ink, HARBOUR, filled=True), 60.0, 1400.0),
        (bags.crystals(ink, 9, 60), -35.0, 1430.0),
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
            (vessels.mug(ink, BRICK, drink=vessels.TEA), 150.0, 1240.0),
        ],
        scale=4.4,
        wall=sets.LINEN,
    )


ROLES: dict[str, Role] = {
    "friesische-mischung": _tea_role(
        "FRIESISCH",
        "waves",
        BRICK,
        "broken",
        BRICK,
        HARBOUR,
        sets.MIST,
        vessels.TEA,
        (
            "Dunkle, fein gebrochene Teeblätter aus der Nähe",
            "Dark, finely broken tea leaves close up",
        ),
    ),
    "darjeeling-fruehjahr": _tea_role(
        "DARJEELING",
        "hills",
        SEA,
        "whole",
        SAND,
        CHALK,
        sets.SAGE,
        "#C68B35",
        (
            "Ganze Darjeeling-Blätter mit grünen und silbernen Spitzen aus der Nähe",
            "Whole Darjeeling leaves with green and silver tips close up",
        ),
    ),
    "earl-grey-nordwind": _tea_role(
        "EARL GREY",
        "wind",
        HARBOUR,
        "blue",
        CHALK,
        HARBOUR,
        sets.LINEN,
        vessels.TEA,
        (
            "Schwarze Teeblätter mit blauen Kornblumenblüten aus der Nähe",
            "Black tea leaves with blue cornflower petals close up",
        ),
    ),
    "sencha-fruehlicht": _tea_role(
        "SENCHA",
        "sun",
        "#55703F",
        "sencha",
        SEA,
        SEA,
        sets.LINEN,
        "#B9A83C",
        (
            "Dunkelgrüne, nadelförmige Teeblätter aus der Nähe",
            "Dark green, needle-shaped tea leaves close up",
        ),
        paper="#E6DDCA",
    ),
    "rooibos-abendrot": _tea_role(
        "ROOIBOS",
        "moon",
        "#B4532C",
        "rooibos",
        BRICK,
        CHALK,
        sets.CLAYWALL,
        "#A03C16",
        ("Roter Rooibos mit Orangenschale aus der Nähe", "Red rooibos with orange peel close up"),
    ),
    "deichwiese-kraeutertee": _tea_role(
        "DEICHWIESE",
        "meadow",
        SIGNAL,
        "herbs",
        CHALK,
        SEA,
        sets.SAGE,
        "#C9B04A",
        (
            "Grob geschnittene Kräuter mit gelben Ringelblumenblüten aus der Nähe",
            "Coarsely cut herbs with yellow marigold petals close up",
        ),
        paper="#E6DDCA",
    ),
    "ladekai-espresso": _coffee_role(
        "LADEKAI",
        "crane",
        SIGNAL,
        "#4A2C1A",
        sets.LINEN,
        ANTHRACITE,
        ("Dunkel geröstete Espressobohnen aus der Nähe", "Dark-roasted espresso beans close up"),
        small=True,
    ),
    "filterkaffee-speicherboden": _coffee_role(
        "SPEICHER",
        "gable",
        BRICK,
        "#6B4023",
        sets.MIST,
        HARBOUR,
        ("Mittelbraun geröstete Kaffeebohnen aus der Nähe", "Medium-brown coffee beans close up"),
        paper="#39434A",
    ),
    "sidamo-morgenwache": _coffee_role(
        "SIDAMO",
        "bell",
        SEA,
        "#8A5832",
        sets.SAGE,
        SEA,
        ("Hell geröstete Kaffeebohnen aus der Nähe", "Light-roasted coffee beans close up"),
        paper="#EDE4D2",
    ),
    "flaute-entkoffeiniert": _coffee_role(
        "FLAUTE",
        "calm",
        CHALK,
        "#5F3A22",
        sets.LINEN,
        CHALK,
        ("Entkoffeinierte Kaffeebohnen aus der Nähe", "Decaffeinated coffee beans close up"),
        paper=HARBOUR,
    ),
    "kluntje-kandis": Role(
        main=standing(_kluntje, 5, x=700, y=1330),
        detail=close(lambda ink, look: bags.crystals(ink, 16, 90), 15, (0, -8), horizon=700),
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
