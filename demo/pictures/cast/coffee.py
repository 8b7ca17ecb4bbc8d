"""Coffee in its bags, as a field of beans, and on the table."""

from demo.pictures import ink as inks
from demo.pictures import scene, sets
from demo.pictures.ink import (
    ANTHRACITE,
    BRICK,
    CHALK,
    HARBOUR,
    SAND,
    SEA,
    SIGNAL,
    Ink,
    at,
)
from demo.pictures.kinds import bags, cups, loose, vessels
from demo.pictures.shots import Draw, Look, Role, standing

NIGHT = "#2B3034"


def _coffee(title: str, mark: str, label: str, roast: str, paper: str = NIGHT) -> Draw:
    def draw(ink: Ink, look: Look) -> str:
        bag = bags.pouch(ink, paper, label, title, mark, height=220, width=124)
        return bag + at(bags.valve(ink), 40, -178) + at(loose.beans(ink, roast), 104, 18)

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
                        loose.bean(
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


def _coffee_table(draw: Draw, wall: str, cup: str, *, small: bool = False) -> Draw:
    def use(ink: Ink, look: Look) -> str:
        drinker = cups.espresso_cup(ink, cup) if small else cups.mug(ink, cup)
        drip = (
            vessels.jar(ink, CHALK, 180)
            if small
            else cups.mug(ink, SAND) + at(cups.dripper(ink, CHALK), 0, -92)
        )
        return sets.tabletop(
            ink,
            [(drip, -105.0, 1240.0), (draw(ink, look), 40.0, 1290.0), (drinker, -20.0, 1440.0)],
            scale=3.6,
            wall=wall,
        )

    return use


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


ROLES: dict[str, Role] = {
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
}
