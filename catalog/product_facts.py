"""All that a product page says and that only changes when somebody edits it, kept per revision.

What changes by itself (price, stock) is never in here: the page reads it live.
"""

import dataclasses
import datetime
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.core.cache import cache
from django.db.models import Prefetch
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from catalog import cards
from catalog.attributes import reading
from catalog.bundles import shown
from catalog.documents import listing, size_tables
from catalog.law import consignments, devices, fibres, foods, guarantees
from catalog.models import (
    DocumentKind,
    OptionValue,
    Product,
    ProductPicture,
    SendingBan,
    Variant,
    WithdrawalException,
)
from catalog.pictures import display
from shop.kit import languages

KEPT_SECONDS = 6 * 3600
STAGE_SIZES = "(min-width: 60rem) 50vw, (min-width: 48rem) 55vw, 74vw"
THUMB_SIZES = "4.5rem"
ZOOMED = 10_000  # as wide as there is
FORMAT = 8  # Counts up when `Facts` changes its shape: old entries are left to expire.

_WEIGHTLESS = consignments.Consignment(Decimal(0))


@dataclasses.dataclass(frozen=True, slots=True)
class VariantFacts:
    pk: int
    sku: str
    label: str
    values: dict[int, int]  # option → chosen value
    content_amount: Any
    content_unit: str
    gtin: str
    deposit: Decimal
    # One piece of it as it is sent, its price not yet said.
    sent: consignments.Consignment = _WEIGHTLESS
    # Of a bundle: what is in it, as `bundles.shown` describes it.
    components: list[dict[str, Any]] = dataclasses.field(default_factory=list)


@dataclasses.dataclass(frozen=True, slots=True)
class Facts:
    pk: int
    product: dict[str, Any]
    category_id: int
    variants: list[VariantFacts]
    options: list[dict[str, Any]]
    pictures: list[dict[str, Any]]
    documents: list[dict[str, Any]]
    size_guide: dict[str, Any] | None
    engraving_length: int
    is_digital: bool
    related_ids: list[int]
    # By variant, where it says more than the product, whose own table is that of 0.
    specifications: dict[int, list[dict[str, str]]]

    @property
    def priced_ids(self) -> list[int]:
        """The variants whose prices the page says: its own, and those in its bundles."""
        own = [one.pk for one in self.variants]
        return own + [part["variant_id"] for one in self.variants for part in one.components]


def of(pk: int, revision: int) -> Facts:
    """The facts of a product at this revision in the active language."""
    language = languages.active()
    key = f"facts.{FORMAT}.{language}.{pk}.{revision}"
    facts: Facts | None = cache.get(key)
    if facts is None:
        facts = _load(pk, language)
        cache.set(key, facts, KEPT_SECONDS)
    return facts


def _load(pk: int, language: str) -> Facts:
    product = (
        Product.objects.select_related(
            "brand__size_guide", "manufacturer", "size_guide", "food", "device", "guarantee"
        )
        .prefetch_related(
            "documents",
            "options__values",
            Prefetch(
                "variants",
                Variant.objects.filter(is_active=True)
                .order_by("position", "pk")
                .prefetch_related("option_values"),
            ),
            "fibre_shares",
            "sending_bans",
            Prefetch("pictures", ProductPicture.objects.order_by("position", "pk")),
        )
        .get(pk=pk)
    )
    variants = product.variants.all()
    bans = list(product.sending_bans.all())
    components = shown.of([one.pk for one in variants], describe=lambda one: _words(one, language))
    return Facts(
        pk=pk,
        product=_words(product, language),
        category_id=product.category_id,
        variants=[_variant(one, language, components.get(one.pk, []), bans) for one in variants],
        options=_options(product, language),
        pictures=[_picture(one, language) for one in product.pictures.all()],
        documents=listing.rows(product, language),
        size_guide=size_tables.of(product, language),
        engraving_length=product.engraving_length,
        is_digital=product.is_digital,
        related_ids=list(product.related.values_list("pk", flat=True).order_by("pk")),
        specifications={
            variant: reading.plain(rows)
            for variant, rows in reading.specifications([product], language)[pk].items()
        },
    )


def _words(product: Product, language: str) -> dict[str, Any]:
    def text(name: str) -> str:
        return languages.localized(product, name, language)

    maker = product.manufacturer
    return {
        "pk": str(product.pk),
        "name": text("name"),
        "brand": product.brand.name if product.brand else "",
        "summary": text("summary"),
        "paragraphs": [part for part in text("description").split("\n\n") if part.strip()],
        "warnings": [line for line in text("warnings").splitlines() if line.strip()],
        "manufacturer": (
            {
                "name": maker.name,
                "address": maker.address,
                "email": maker.email,
                "responsible": ", ".join(
                    filter(
                        None,
                        [
                            maker.responsible_name,
                            maker.responsible_address,
                            maker.responsible_email,
                        ],
                    )
                ),
            }
            if maker
            else None
        ),
        "energy": _energy(product, language),
        "notices": _notices(product, language),
        "fibres": fibres.lines(
            (one.part, one.fibre, one.percent) for one in product.fibre_shares.all()
        ),
        "animal_note": fibres.animal_parts_note() if product.has_animal_parts else "",
        **_special(product, language),
        "has_withdrawal_right": not WithdrawalException(product.withdrawal_exception).excludes,
        "is_gift_card": product.is_gift_card,
        "price_note": cards.price_note(product),
    }


def told_with_order(product: Product, shares: Iterable[fibres.Share]) -> list[str]:
    """What goes with a line from the cart to the mails: fibre content, the producer's guarantee."""
    guarantee = getattr(product, "guarantee", None)
    return [*fibres.lines(shares), *([guarantees.sentence(guarantee)] if guarantee else [])]


def _special(product: Product, language: str) -> dict[str, Any]:
    """What special laws want on the page: food, battery and old device, guarantee."""
    food, device = getattr(product, "food", None), getattr(product, "device", None)
    guarantee = getattr(product, "guarantee", None)
    return {
        "food": foods.facts(food, language) if food else None,
        "device_notes": devices.notes(device) if device else [],
        "guarantee": guarantees.facts(guarantee, language) if guarantee else None,
    }


def _energy(product: Product, language: str) -> dict[str, str] | None:
    label = product.energy_label
    if not label:
        return None
    papers = {one["kind"]: one["url"] for one in reversed(listing.rows(product, language))}
    return {
        **label,
        "css_class": str(label["class"]).lower(),
        "label_url": papers.get(DocumentKind.ENERGY_LABEL, ""),
        "sheet_url": papers.get(DocumentKind.PRODUCT_INFORMATION_SHEET, ""),
    }


def _notices(product: Product, language: str) -> list[str]:
    """What the law wants said beside the price: lost rights of withdrawal, batteries."""
    battery = languages.localized(product, "battery_note", language)
    return list(filter(None, [withdrawal_notice(product.withdrawal_exception), battery]))


def withdrawal_notice(exception: str) -> str:
    """Why the goods cannot be given back like others; empty where they can."""
    reasons = {
        WithdrawalException.CUSTOM_MADE: _(
            "Made to your wishes: the right of withdrawal does not apply."
        ),
        WithdrawalException.SEALED: _(
            "Sealed for hygiene: the right of withdrawal ends when the seal is broken."
        ),
        WithdrawalException.PERISHABLE: _("Perishable: the right of withdrawal does not apply."),
        WithdrawalException.DIGITAL: _(
            "Digital content: with your consent the right of withdrawal ends when delivery begins."
        ),
    }
    return reasons.get(WithdrawalException(exception), "")


def _variant(
    variant: Variant,
    language: str,
    components: list[dict[str, Any]],
    bans: Sequence[SendingBan],
) -> VariantFacts:
    return VariantFacts(
        pk=variant.pk,
        sku=variant.sku,
        label=languages.localized(variant, "label", language),
        values={value.option_id: value.pk for value in variant.option_values.all()},
        content_amount=variant.content_amount,
        content_unit=variant.content_unit,
        gtin=variant.gtin,
        deposit=variant.deposit,
        sent=consignments.of_variant(variant, bans),
        components=components,
    )


def _options(product: Product, language: str) -> list[dict[str, Any]]:
    return [
        {
            "pk": option.pk,
            "code": option.code,
            "name": languages.localized(option, "name", language),
            "values": [
                {
                    "pk": value.pk,
                    "name": languages.localized(value, "name", language),
                    "swatch": value.swatch,
                }
                for value in sorted(option.values.all(), key=_place)
            ],
        }
        for option in sorted(product.options.all(), key=lambda one: (one.position, one.pk))
    ]


def _place(value: OptionValue) -> tuple[int, int]:
    return value.position, value.pk


def _picture(picture: ProductPicture, language: str) -> dict[str, Any]:
    alt, files = languages.localized(picture, "alt", language), picture.files
    return {
        **display.shown(picture, alt=alt, sizes=STAGE_SIZES, src=960),
        "option_value": picture.option_value_id,
        "thumb": files.url(160, shape="square"),
        "thumbnail": display.shown(
            picture, alt=alt, sizes=THUMB_SIZES, shape="square", src=160, most=320
        ),
        "small": files.url(320),
        "zoom_url": files.url(ZOOMED),
        "shared": display.shared(picture),
    }


def awaited(expected_on: datetime.date, *, is_preorder: bool) -> str:
    """What shoppers are told of goods that are sold before they are here."""
    day = date_format(expected_on, "DATE_FORMAT")
    if is_preorder:
        return _("Pre-order: appears on %(day)s") % {"day": day}
    return _("Reordered: expected on %(day)s") % {"day": day}
