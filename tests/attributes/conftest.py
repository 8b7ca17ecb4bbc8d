"""Attributes of every kind, and a type of goods that asks for some of them."""

import pytest
from django.utils import translation

from catalog.models import Attribute, AttributeChoice, AttributeKind, ProductType, TypeAttribute


def make_attribute(code, kind, de="", en="", **fields):
    return Attribute.objects.create(
        code=code, kind=kind, name_de=de or code, name_en=en or code, **fields
    )


def make_choice(attribute, code, de="", en="", **fields):
    return AttributeChoice.objects.create(
        attribute=attribute, code=code, name_de=de or code, name_en=en or code, **fields
    )


@pytest.fixture(autouse=True)
def _english():
    """Staff of these tests read English."""
    with translation.override("en"):
        yield


@pytest.fixture
def material(db) -> Attribute:
    attribute = make_attribute("material", AttributeKind.CHOICE, "Material", "Material")
    make_choice(attribute, "stoneware", "Steinzeug", "Stoneware")
    make_choice(attribute, "oak", "Eiche", "Oak", position=1)
    return attribute


@pytest.fixture
def rooms(db) -> Attribute:
    attribute = make_attribute("rooms", AttributeKind.MULTI_CHOICE, "Räume", "Rooms", position=3)
    make_choice(attribute, "kitchen", "Küche", "Kitchen", position=1)
    make_choice(attribute, "bath", "Bad", "Bathroom")
    return attribute


@pytest.fixture
def width(db) -> Attribute:
    return make_attribute("width", AttributeKind.NUMBER, "Breite", "Width", unit="cm", position=1)


@pytest.fixture
def dishwasher(db) -> Attribute:
    return make_attribute(
        "dishwasher", AttributeKind.BOOLEAN, "Spülmaschinenfest", "Dishwasher-safe", position=2
    )


@pytest.fixture
def note(db) -> Attribute:
    return make_attribute("note", AttributeKind.TEXT, "Aroma", "Notes", position=5)


@pytest.fixture
def since(db) -> Attribute:
    return make_attribute("since", AttributeKind.DATE, "Seit", "Since", position=6)


@pytest.fixture
def cups(material, width, dishwasher) -> ProductType:
    """Asks for width first (per variant, required), then material (required), then dishwasher."""
    kind = ProductType.objects.create(code="cups", name_de="Becher", name_en="Cups")
    TypeAttribute.objects.create(
        product_type=kind, attribute=width, position=0, is_required=True, is_per_variant=True
    )
    TypeAttribute.objects.create(
        product_type=kind, attribute=material, position=1, is_required=True
    )
    TypeAttribute.objects.create(product_type=kind, attribute=dishwasher, position=2)
    return kind
