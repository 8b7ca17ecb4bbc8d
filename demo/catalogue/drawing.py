"""Pictures for the large catalogue: a few still lifes, drawn once and shared by many goods."""

import colorsys
import random
from typing import Any

from catalog import pictures
from demo.catalogue import words
from demo.pictures import developing

PER_DEPARTMENT = 2
SIDE = 640


def draw() -> dict[str, list[dict[str, Any]]]:
    """Draw and store; returns the columns of the pictures by department."""
    found: dict[str, list[dict[str, Any]]] = {}
    for place, department in enumerate(words.known().departments):
        of_department = found[department.code] = []
        for number in range(PER_DEPARTMENT):
            source = _still_life(place / len(words.known().departments), number)
            encoded = pictures.encode(developing.develop(source, width=SIDE, height=SIDE))
            pictures.store(encoded)
            of_department.append(encoded.columns)
    return found


def _still_life(hue: float, number: int) -> str:
    """Three vessels on a table, in the colours of a department."""
    dice = random.Random(f"{hue}.{number}")
    wall, table = _colour(hue, 0.12, 0.93), _colour(hue, 0.2, 0.8)
    vessels = "".join(_vessel(dice, hue, 150 + 230 * place) for place in range(3))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 800">'
        f'<rect width="800" height="800" fill="{wall}"/>'
        f'<rect y="560" width="800" height="240" fill="{table}"/>{vessels}</svg>'
    )


def _vessel(dice: random.Random, hue: float, x: int) -> str:
    wide, tall = dice.randrange(55, 105), dice.randrange(150, 330)
    foot, neck = 620, dice.randrange(20, wide - 10)
    fill = _colour(hue + dice.uniform(-0.08, 0.08), dice.uniform(0.3, 0.6), dice.uniform(0.45, 0.8))
    belly = foot - tall // 2
    return (
        f'<ellipse cx="{x}" cy="{foot}" rx="{wide}" ry="14" fill="#000" opacity="0.18"/>'
        f'<path d="M{x - neck} {foot - tall} C{x - neck} {belly} {x - wide} {belly} {x - wide // 2}'
        f" {foot} L{x + wide // 2} {foot} C{x + wide} {belly} {x + neck} {belly} {x + neck}"
        f' {foot - tall} Z" fill="{fill}"/>'
        f'<ellipse cx="{x}" cy="{foot - tall}" rx="{neck}" ry="7" fill="#000" opacity="0.35"/>'
    )


def _colour(hue: float, saturation: float, value: float) -> str:
    parts = colorsys.hsv_to_rgb(hue % 1.0, saturation, value)
    return "#" + "".join(f"{round(255 * part):02x}" for part in parts)
