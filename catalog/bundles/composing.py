"""Which goods become a bundle; what is unsafe together is refused (docs/algorithms/bundles.md)."""

import dataclasses
import datetime
from collections.abc import Sequence
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from catalog.bundles import periods
from catalog.models import (
    Bundle,
    BundleComponent,
    BundlePricing,
    Product,
    Variant,
    WithdrawalException,
)
from shop.kit import locks

LEAST, MOST, MOST_PIECES = 2, 10, 99


class CannotBundle(ValueError):
    """These goods may not go together; `problems` says why, a sentence each."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = list(problems)


@dataclasses.dataclass(frozen=True, slots=True)
class Part:
    """So many pieces of a variant."""

    variant: Variant
    quantity: int


@transaction.atomic
def compose(
    variant: Variant,
    parts: Sequence[Part],
    *,
    pricing: str,
    percent_off: Decimal = Decimal(0),
    moment: datetime.datetime,
) -> Bundle:
    """Make `variant` a bundle of `parts`, in their order, or change the one that it is.

    A summed bundle has its price from `moment` on; the price of a fixed one is set as for any
    variant. The caller touches the product. Raises `CannotBundle`.
    """
    # All rows in one order: nothing becomes a bundle while it is put into one.
    keys = {variant.pk, *(part.variant.pk for part in parts)}
    list(locks.locked(Variant.objects.filter(pk__in=keys)))
    if found := problems(variant, parts, pricing, percent_off):
        raise CannotBundle(found)
    before = Bundle.objects.filter(pk=variant.pk).first()
    bundle, _made = Bundle.objects.update_or_create(
        variant=variant, defaults={"pricing": pricing, "percent_off": percent_off}
    )
    bundle.components.all().delete()
    BundleComponent.objects.bulk_create(
        BundleComponent(
            bundle=bundle, variant=part.variant, quantity=part.quantity, position=position
        )
        for position, part in enumerate(parts)
    )
    _describe(variant, parts)
    if pricing == BundlePricing.SUMMED:
        periods.derive([bundle.pk], since=moment)
    elif before and before.pricing == BundlePricing.SUMMED:
        periods.end_planned(bundle.pk, since=moment)
    return bundle


@transaction.atomic
def copy(bundle: Bundle, twin: Variant, *, moment: datetime.datetime) -> None:
    """Put into `twin`, a copy of the variant of `bundle`, what is in that one.

    What once was allowed is not asked again: the copy is no less safe. A sum has its price from
    `moment` on; that of a fixed one is set as for any variant.
    """
    parts = list(bundle.components.order_by("position", "pk"))
    list(locks.locked(Variant.objects.filter(pk__in=[twin.pk, *(one.variant_id for one in parts)])))
    made = Bundle.objects.create(
        variant=twin, pricing=bundle.pricing, percent_off=bundle.percent_off
    )
    for part in parts:
        part.pk, part.bundle = None, made
    BundleComponent.objects.bulk_create(parts)
    if made.pricing == BundlePricing.SUMMED:
        periods.derive([made.pk], since=moment)


# What a bundle takes from its components.
DESCRIBED = [
    "content_amount",
    "content_unit",
    "weight_g",
    "length_mm",
    "width_mm",
    "height_mm",
    "is_bulky",
    "has_stock_limit",
]


def _describe(variant: Variant, parts: Sequence[Part]) -> None:
    """Weight and content are those of the components; it is counted where one of them is.

    As large as its largest component, as each of them is a parcel of its own if need be.
    """
    units = {part.variant.content_unit for part in parts}
    variant.content_amount, variant.content_unit = None, ""
    if len(units) == 1 and units != {""}:
        amounts = [part.quantity * (part.variant.content_amount or 0) for part in parts]
        variant.content_amount, variant.content_unit = sum(amounts, Decimal(0)), units.pop()
    variant.weight_g = sum(part.quantity * part.variant.weight_g for part in parts)
    variant.has_stock_limit = any(part.variant.has_stock_limit for part in parts)
    variant.is_bulky = any(part.variant.is_bulky for part in parts)
    for name in ("length_mm", "width_mm", "height_mm"):
        known = [size for part in parts if (size := getattr(part.variant, name))]
        setattr(variant, name, max(known, default=None))
    variant.save(update_fields=DESCRIBED)


@transaction.atomic
def dissolve(bundle: Bundle, *, moment: datetime.datetime) -> None:
    """Make the variant of `bundle` one like any other; a sum goes on as a price of its own.

    The caller says what it weighs and contains, and touches the product.
    """
    if bundle.pricing == BundlePricing.SUMMED:
        periods.end_planned(bundle.pk, since=moment)
    bundle.delete()


def problems(
    variant: Variant, parts: Sequence[Part], pricing: str, percent_off: Decimal
) -> list[str]:
    """Why `variant` cannot be a bundle of `parts`, a sentence each; none where it can."""
    found = []
    if not LEAST <= len(parts) <= MOST:
        found.append(
            _("A bundle has %(least)d to %(most)d components.") % {"least": LEAST, "most": MOST}
        )
    if len({part.variant.pk for part in parts}) != len(parts):
        found.append(_("Each component stands in it once, with its quantity."))
    if any(not 1 <= part.quantity <= MOST_PIECES for part in parts):
        found.append(_("The quantity is 1 to %(most)d.") % {"most": MOST_PIECES})
    if not 0 <= percent_off < 100 or (pricing != BundlePricing.SUMMED and percent_off):
        found.append(_("Only from a sum a percentage is taken, and less than 100."))
    if BundleComponent.objects.filter(variant=variant).exists():
        found.append(_("It is a component of another bundle."))
    return found + _problems_of_goods(variant, parts)


def _problems_of_goods(variant: Variant, parts: Sequence[Part]) -> list[str]:
    product = variant.product
    goods = {part.variant.product_id: part.variant.product for part in parts}
    nested = Bundle.objects.filter(pk__in=[part.variant.pk for part in parts])
    found = [
        _("%(sku)s is a bundle itself.") % {"sku": sku}
        for sku in nested.order_by("pk").values_list("variant__sku", flat=True)
    ]
    found += [f"{one}: {why}" for one in goods.values() if (why := _unsafe(one, product))]
    if product.is_gift_card or product.engraving_length or product.withdrawal_exception:
        found.append(
            _("The bundle's own product is no gift card, not engraved and without an exception.")
        )
    if variant.deposit or any(part.variant.deposit for part in parts):
        found.append(_("A deposit has to stand beside the price of what it is for."))
    if goods and product.is_digital != all(one.is_digital for one in goods.values()):
        found.append(_("A bundle is digital if, and only if, all of its components are."))
    return found


def _unsafe(one: Product, of: Product) -> str:
    """Why goods of this product may be in no bundle; empty where they may."""
    exception = WithdrawalException(one.withdrawal_exception)
    if one.pk == of.pk:
        return _("a bundle does not contain its own product.")
    if one.is_gift_card:
        return _("a gift card is money, no part of a price is put on it.")
    if one.engraving_length or exception == WithdrawalException.CUSTOM_MADE:
        return _("what is made to wishes cannot be given back with the rest.")
    if exception == WithdrawalException.PERISHABLE:
        return _("what perishes cannot be given back with the rest.")
    if one.is_digital and exception != WithdrawalException.DIGITAL:
        return _("the right to withdraw from the download has to end with its delivery.")
    if one.energy_label:
        return _("its energy label has to stand beside its own price.")
    return ""
