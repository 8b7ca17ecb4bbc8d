"""The lamps of the demo come with what Regulation (EU) 2017/1369 wants beside their price."""

import io

import pytest
from PIL import Image

from catalog.models import DocumentKind
from demo import energy_papers, goods, stocking
from tests.making import NOON


def test_a_label_is_a_picture_of_its_own_for_each_class():
    lamps = [one for one in goods.catalogue().products if one.energy]

    energies = [energy for one in lamps for energy in energy_papers.energies(one)]

    drawn = {energy_papers.draw("Werk", "L-1", energy) for energy in energies}

    classes = {(energy.efficiency_class, energy.kwh_per_1000h) for energy in energies}
    assert len(drawn) == len(classes)
    for content in drawn:
        assert Image.open(io.BytesIO(content)).size == energy_papers.SIZE


@pytest.mark.django_db
def test_each_lamp_has_its_label_and_a_sheet_in_each_language(client, settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    made = stocking.shelves(NOON)

    energy_papers.lay_out(made)

    lamps = [one for one in goods.catalogue().products if one.energy]
    assert lamps
    for one in lamps:
        kinds = sorted(made[one.slug].documents.values_list("kind", "language"))
        number = len(energy_papers.energies(one))
        assert kinds == [
            *[(DocumentKind.ENERGY_LABEL, "")] * number,
            *[(DocumentKind.PRODUCT_INFORMATION_SHEET, "de")] * number,
            *[(DocumentKind.PRODUCT_INFORMATION_SHEET, "en")] * number,
        ]
