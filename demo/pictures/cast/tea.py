"""Tea in its bags, as a field of leaves, and on the table."""

import math

from demo.pictures import ink as inks
from demo.pictures import scene, sets
from demo.pictures.ink import (
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
from demo.pictures.kinds import bags, cups, loose, vessels
from demo.pictures.shots import Draw, Look, Role, standing


def _tea(title: str, mark: str, label: str, leaf: str, paper: str = KRAFT) -> Draw:
    def draw(ink: Ink, look: Look) -> str:
        return bags.pouch(ink, paper, label, title, mark, weight="100 G") + at(
            loose.leaves(leaf), 100, 16
        )

    return draw


def _field(leaf: str) -> Draw:
    """Loose tea filling the whole picture."""

    def draw(ink: Ink, look: Look) -> str:
        colours, length, thick = loose.LEAVES[leaf]
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
                    f"M{inks.num(x)} {inks.num(y)}q{inks.num(dx * 0.5 + dy * 0.2)} "
                    f"{inks.num(dy * 0.5 - dx * 0.2)} {inks.num(dx)} {inks.num(dy)}"
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


def _tea_table(draw: Draw, cup: str, pot: str, wall: str, drink: str) -> Draw:
    def use(ink: Ink, look: Look) -> str:
        things = [
            (vessels.teapot(ink, pot), -88.0, 1250.0),
            (draw(ink, look), 58.0, 1290.0),
            (cups.mug(ink, cup, drink=drink), -8.0, 1420.0),
        ]
        return sets.tabletop(ink, things, scale=3.7, wall=wall)

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


ROLES: dict[str, Role] = {
    "friesische-mischung": _tea_role(
        "FRIESISCH",
        "waves",
        BRICK,
        "broken",
        BRICK,
        HARBOUR,
        sets.MIST,
        cups.TEA,
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
        cups.TEA,
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
}
