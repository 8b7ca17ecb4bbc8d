"""Pictures made in the test, and folders of their own for what is stored."""

import io
from pathlib import Path

import pytest
from django.core.files.storage import storages
from PIL import Image, ImageDraw

from catalog.pictures import encode, making, store
from tests.making import NOON, make_product


def drawn(kind="PNG", size=(800, 600), mode="RGB", color="red", **options):
    """A plate of one colour as a file."""
    out = io.BytesIO()
    Image.new(mode, size, color).save(out, kind, **options)
    return out.getvalue()


def spotted(size, spot, kind="PNG"):
    """White, with a blue square of a tenth of the width around `spot` (in percent)."""
    image = Image.new("RGB", size, "white")
    x, y, half = size[0] * spot[0] / 100, size[1] * spot[1] / 100, size[0] / 20
    ImageDraw.Draw(image).rectangle((x - half, y - half, x + half, y + half), fill="blue")
    out = io.BytesIO()
    image.save(out, kind)
    return out.getvalue()


@pytest.fixture
def media(settings, tmp_path):
    """The folder that the web server shows."""
    settings.MEDIA_ROOT = str(tmp_path / "media")
    return tmp_path / "media"


@pytest.fixture
def private(settings, tmp_path):
    """The folder that it does not show."""
    place = str(tmp_path / "private")
    options = {**settings.STORAGES["private"]["OPTIONS"], "location": place}
    settings.STORAGES = {
        **settings.STORAGES,
        "private": {**settings.STORAGES["private"], "OPTIONS": options},
    }
    assert storages["private"].location == place
    return Path(place)


@pytest.fixture
def hang(db, media, private):
    """Hang a picture to a product, as staff or an import do."""

    def act(data=None, product=None, **facts):
        encoded = encode(data or drawn())
        store(encoded)
        product = product or make_product()
        words = {"alt_de": "Becher", "alt_en": "Mug"}
        return product.pictures.create(**words, **encoded.columns, **facts)

    return act


@pytest.fixture
def worker(db, media, private):
    """Works off what waits; keeps what it said had changed."""
    said = []

    def act(moment=NOON):
        return making.make_some(
            moment=moment, changed=lambda ids, is_more: said.append((ids, is_more))
        )

    act.said = said
    return act
