"""The search on goods whose words it was not tuned with: 2,000 made-up ones, German and English.

Graded by what the goods are, not by what was found: 3 for the thing with all that was asked for, 2
for the thing without it, 1 for the same kind of thing for another purpose.
"""

import csv
import json
import random
from collections import defaultdict

import pytest

from catalog.search import evaluating
from demo.catalogue import goods, planning, words
from tests.making import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
PRODUCTS, QUERIES = 2000, 120
PLACE = {"de": 0, "en": 1}


def _product(good, language):
    place = PLACE[language]
    return {
        "id": f"p-{good.number}",
        "name": (good.name_de, good.name_en)[place],
        "brand": planning.made_name(good.brand * 7),
        "text": f"<p>{(good.text_de, good.text_en)[place]}</p>",
        "sku": good.pieces[0].sku,
        "price": str(good.pieces[0].price) if good.number % 9 else "",
        "attributes": {
            "category": (good.leaf.name_de, good.leaf.name_en)[place],
            "colour": [(one.de, one.en)[place] for one in good.colours],
            "material": good.material_names[place],
            "style": words.known().styles[good.style][1 + place],
        },
    }


def _query(good, dice, language):
    """What a shopper types who wants this thing, and what else fits it."""
    place = PLACE[language]
    noun = _noun(good, language)
    wish, has = dice.choice(
        [
            ("", lambda other: True),
            (good.material_names[place], lambda other: other.material == good.material),
            *[((one.de, one.en)[place], _in(one)) for one in good.colours[:1]],
        ]
    )
    text = f"{noun} {wish}" if dice.random() < 0.7 else f"{wish} {noun}"
    return text.strip(), has


def _in(colour):
    return lambda other: colour in other.colours


def _noun(good, language):
    names = {"de": good.leaf.purpose.name_de, "en": good.leaf.purpose.name_en}
    return names[language](getattr(good.leaf.kind, f"noun_{language}"))


def _slip(text, dice):
    """One letter of one longer word left out, doubled, swapped or struck beside."""
    parts = text.split()
    place = dice.choice([at for at, part in enumerate(parts) if len(part) > 4])
    word, spot = parts[place], dice.randrange(1, len(parts[place]) - 1)
    how = dice.choice(["drop", "double", "swap", "other"])
    parts[place] = {
        "drop": word[:spot] + word[spot + 1 :],
        "double": word[:spot] + word[spot] + word[spot:],
        "swap": word[:spot] + word[spot + 1] + word[spot] + word[spot + 2 :],
        "other": word[:spot] + dice.choice("aeionrst") + word[spot + 1 :],
    }[how]
    return " ".join(parts)


def _files(folder, language):
    """Products, and queries both clean and with one slip each."""
    dice = random.Random(11)
    plan = planning.Plan(PRODUCTS * 8, 5)  # as many shelves as a shop of eight times the size
    made = [goods.good(number, plan) for number in range(PRODUCTS)]
    lines = (json.dumps(_product(one, language)) for one in made)
    (folder / "products.jsonl").write_text("\n".join(lines))
    by_kind = defaultdict(list)
    for one in made:
        by_kind[one.leaf.kind].append(one)
    rows = {}
    for good in dice.sample(made, QUERIES):
        text, has = _query(good, dice, language)
        rows[text] = [
            (f"p-{other.number}", (3 if has(other) else 2) if other.leaf == good.leaf else 1)
            for other in by_kind[good.leaf.kind]
        ]
    _write(folder / "clean.csv", rows)
    _write(folder / "slips.csv", {_slip(text, dice): graded for text, graded in rows.items()})


def _write(path, rows):
    with path.open("w", newline="") as file:
        table = csv.writer(file)
        table.writerow(["query", "product id", "grade"])
        table.writerows((text, pk, grade) for text, many in rows.items() for pk, grade in many)


@pytest.mark.parametrize("language", ["de", "en"])
def test_other_goods_are_found_clean_and_with_a_slip_in_each_search(language, tmp_path):
    _files(tmp_path, language)

    reports = {
        name: evaluating.evaluate(
            tmp_path / "products.jsonl", tmp_path / f"{name}.csv", moment=NOON
        )
        for name in ("clean", "slips")
    }

    assert {one.language for one in reports.values()} == {language}
    assert {one.products for one in reports.values()} == {PRODUCTS}
    assert {one.skipped_lines for one in reports.values()} == {0}
    assert reports["clean"].ndcg_10 >= 0.74, reports
    assert reports["slips"].ndcg_10 >= 0.55, reports
    assert reports["clean"].empty == reports["slips"].empty == 0
