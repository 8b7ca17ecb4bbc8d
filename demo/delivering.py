"""Where the demo's goods go, in which ways, and what it costs."""

import datetime
from collections.abc import Mapping
from decimal import Decimal

from catalog.models import Product, SendingBan, Variant
from checkout.models import (
    DeliveryKind,
    DeliveryMethod,
    DeliveryRate,
    DeliveryZone,
    GermanState,
)
from inventory.models import StockLocation

_NEIGHBOURS = ["AT", "BE", "DK", "FR", "LU", "NL", "PL", "SE"]
# Sylt, Amrum, Föhr, Pellworm and the Halligen; the East Frisian islands; Hiddensee.
_ISLANDS = (
    "25846-25847, 25849, 25859, 25863, 25867, 25869, 25938, 25946, 25980, 25992, 25996-25999,"
    " 26465, 26474, 26486, 26548, 26571, 26579, 26757, 18565"
)
KG = 1000
# Length, width and height of the packed piece in millimetres.
_BULKY = {"stehleuchte-mast": (1600, 350, 350)}
_COFFEE = (
    "ladekai-espresso",
    "filterkaffee-speicherboden",
    "sidamo-morgenwache",
    "flaute-entkoffeiniert",
)


def rules(warehouse: StockLocation) -> None:
    """Zones, ways of delivery, and the rates between them."""
    germany, islands, europe = _zones()
    _refusals()
    standard = _method(
        "standard", "Standardversand", "Standard delivery", (2, 3),
        has_free_threshold=True, max_weight_g=31_500, max_length_mm=2000, max_girth_mm=3600,
        takes_bulky=True, bulky_gross=Decimal("24.90"),
    )  # fmt: skip
    _rates(standard, germany, (5 * KG, "4.90"), (31_500, "8.90"))
    _rates(standard, islands, (5 * KG, "9.90"), (31_500, "15.90"))
    express = _method(
        "express", "Expressversand", "Express delivery", (1, 1),
        cut_off=datetime.time(12), brings_on_saturday=True, max_weight_g=20 * KG,
        max_length_mm=1200,
    )  # fmt: skip
    _rates(express, germany, (5 * KG, "12.90"), (20 * KG, "19.90"))
    abroad = _method(
        "europe", "Versand nach Europa", "Delivery in Europe", (4, 7),
        has_free_threshold=True, max_weight_g=31_500, max_length_mm=1200, max_girth_mm=3000,
    )  # fmt: skip
    _rates(abroad, europe, (5 * KG, "11.90"), (31_500, "19.90"))
    forwarding = _method(
        "forwarding", "Spedition, frei Bordsteinkante", "Forwarding agent, to the kerb", (5, 8),
        kind=DeliveryKind.FORWARDING, cut_off=datetime.time(10), takes_bulky=True,
        bulky_gross=Decimal("10.00"), max_weight_g=250 * KG,
    )  # fmt: skip
    _rates(forwarding, germany, (100 * KG, "39.00"), (250 * KG, "69.00"))
    _method(
        "pickup", "Abholung im Lager Lübeck", "Pick-up at the warehouse in Lübeck", (0, 0),
        kind=DeliveryKind.PICKUP, pickup_location=warehouse, cut_off=datetime.time(12),
    )  # fmt: skip
    _method("email", "Per E-Mail", "By e-mail", (0, 0), kind=DeliveryKind.EMAIL)


def limits(made: Mapping[str, Product]) -> None:
    """What is bulky, and what is not sent everywhere; `made`: products by their slugs."""
    for slug, sides in _BULKY.items():
        sizes = dict(zip(("length_mm", "width_mm", "height_mm"), sides, strict=True))
        Variant.objects.filter(product=made[slug]).update(is_bulky=True, **sizes)
    SendingBan.objects.bulk_create(
        SendingBan(
            product=made[slug],
            countries=["BE", "DK"],
            reason_de="Dort fällt Kaffeesteuer an, die wir nicht abführen können.",
            reason_en="excise duty on coffee is due there, which we cannot pay for you.",
        )
        for slug in _COFFEE
    )


def _zones() -> tuple[DeliveryZone, ...]:
    germany = DeliveryZone.objects.create(
        code="germany", name_de="Deutschland", name_en="Germany", countries=["DE"],
        free_from=Decimal("60.00"), position=1,
    )  # fmt: skip
    islands = DeliveryZone.objects.create(
        code="german-islands", name_de="Deutsche Inseln", name_en="German islands",
        countries=["DE"], postcodes=_ISLANDS, free_from=Decimal("120.00"), extra_days=1, position=2,
    )  # fmt: skip
    europe = DeliveryZone.objects.create(
        code="neighbours", name_de="Nachbarländer", name_en="Neighbouring countries",
        countries=_NEIGHBOURS, free_from=Decimal("120.00"), position=3,
    )  # fmt: skip
    return germany, islands, europe


def _refusals() -> None:
    DeliveryZone.objects.create(
        code="customs", name_de="Außerhalb der EU", name_en="Outside of the EU",
        countries=["CH", "GB", "NO", "LI"], position=4,
        refusal_de="Dorthin liefern wir noch nicht: Außerhalb der EU fallen Zoll und Einfuhrsteuer"
        " an, die wir Ihnen nicht im Voraus nennen können.",
        refusal_en="We do not deliver there yet: outside of the EU customs duty and import tax are"
        " due, which we cannot tell you in advance.",
    )  # fmt: skip


def _method(
    code: str, name_de: str, name_en: str, days: tuple[int, int], **fields: object
) -> DeliveryMethod:
    return DeliveryMethod.objects.create(
        code=code,
        name_de=name_de,
        name_en=name_en,
        min_days=days[0],
        max_days=days[1],
        state=GermanState.SH,
        position=DeliveryMethod.objects.count() + 1,
        **fields,
    )


def _rates(method: DeliveryMethod, zone: DeliveryZone, *steps: tuple[int, str]) -> None:
    for weight, gross in steps:
        DeliveryRate.objects.create(
            method=method, zone=zone, up_to_weight_g=weight, gross=Decimal(gross)
        )
