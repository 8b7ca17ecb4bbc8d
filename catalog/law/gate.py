"""The gate of quality: what a product lacks before it may be sold to consumers, field by field.

The rules and where they stand in the law: docs/algorithms/quality_gate.md. Fields are names of
`Product`, or of a group of rows (`GROUPS`).
"""

import datetime
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Prefetch
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.attributes import completeness
from catalog.law import fibres, foods
from catalog.models import (
    Bundle,
    BundleComponent,
    Device,
    DocumentKind,
    FibreShare,
    Food,
    Law,
    Manufacturer,
    Price,
    Product,
    ProductStatus,
    Variant,
    VatClass,
)
from shop.kit import languages

# Of the European Economic Area, too: the regulation holds there (Annex to the EEA agreement).
_UNION = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK"
IN_THE_UNION = frozenset(_UNION.split())
GROUPS: Mapping[str, Promise] = {
    "pictures": gettext_lazy("pictures"),
    "files": gettext_lazy("files"),
    "documents": gettext_lazy("documents"),
    "variants": gettext_lazy("variants"),
    "prices": gettext_lazy("prices"),
    "components": gettext_lazy("components"),
    "contents": gettext_lazy("content of the variants"),
    "fibres": gettext_lazy("fibre content"),
    "food": gettext_lazy("food"),
    "device": gettext_lazy("battery and old device"),
}
_AT_ONCE = 500
# Rows that only some goods have.
_RARE = ("food", "device", "fibres", "bundle")
# What stands in a bundle for sale and is not on sale itself.
_OFF_SALE = BundleComponent.objects.filter(bundle__variant__is_active=True).exclude(
    variant__is_active=True, variant__product__status=ProductStatus.ACTIVE
)


def name_of(field: str) -> str:
    """The name of a field or of a group of rows, as staff know it."""
    if field in GROUPS:
        return str(GROUPS[field])
    if field.startswith(completeness.FIELD):
        return _("attributes")
    columns = {one.name: one for one in Product._meta.get_fields()}
    return str(getattr(columns.get(field), "verbose_name", field))


def missing(product: Product, moment: datetime.datetime) -> dict[str, str]:
    """What is wanted before `product` may be sold to consumers, per field; empty: it is ready."""
    priced = _priced([product.pk], moment)
    return _missing(product, priced, _rare_rows(product.pk)) | completeness.missing(product)


def incomplete(
    product_ids: Sequence[int], moment: datetime.datetime
) -> Iterator[tuple[Product, dict[str, str]]]:
    """Those of these products that lack something, with what; 15 statements for 500 of them."""
    for start in range(0, len(product_ids), _AT_ONCE):
        ids = product_ids[start : start + _AT_ONCE]
        priced = _priced(ids, moment)
        loaded = list(_loaded(ids))
        said = completeness.of(loaded)
        for product in loaded:
            own = completeness.wanted(product, said[product.pk])
            if wanted := _missing(product, priced, _RARE) | own:
                yield product, wanted


def _loaded(ids: Sequence[int]) -> Iterable[Product]:
    variants = Variant.objects.filter(is_active=True).order_by("position", "pk")
    return (
        Product.objects.filter(pk__in=ids)
        .select_related("manufacturer", "product_type", "food", "device")
        .prefetch_related(
            "pictures",
            "digital_files",
            "documents",
            "fibre_shares",
            Prefetch("variants", variants, to_attr="for_sale"),
        )
        .annotate(
            components_off_sale=ArraySubquery(
                _OFF_SALE.filter(bundle__variant__product=OuterRef("pk"))
                .order_by("pk")
                .values("variant__sku")
            )
        )
        .order_by("pk")
    )


def _rare_rows(product_pk: int) -> frozenset[str]:
    """Which of the rows that few goods have this product has: one question instead of four."""
    own = {"product": OuterRef("pk")}
    found = Product.objects.filter(pk=product_pk).values_list(
        Exists(Food.objects.filter(**own)),
        Exists(Device.objects.filter(**own)),
        Exists(FibreShare.objects.filter(**own)),
        Exists(Bundle.objects.filter(variant__product=OuterRef("pk"))),
    )
    flags = found.first() or (False,) * len(_RARE)
    return frozenset(name for name, is_there in zip(_RARE, flags, strict=True) if is_there)


def _priced(product_ids: Sequence[int], moment: datetime.datetime) -> set[int]:
    """The variants of these products that have a price at `moment`."""
    rows = Price.objects.filter(
        variant__product__in=product_ids, variant__is_active=True, valid__contains=moment
    )
    return set(rows.values_list("variant_id", flat=True))


def _missing(product: Product, priced: set[int], rare: Collection[str]) -> dict[str, str]:
    """`rare`: which of the rows in `_RARE` are to be looked at."""
    variants = _variants(product)
    laws = laws_of(product)
    return {
        **_texts(product),
        **_maker(product, laws),
        **_shown(product),
        **_sold(product, variants, priced),
        **(_components(product) if "bundle" in rare else {}),
        **_special(product, variants, laws, rare),
    }


def _variants(product: Product) -> list[Variant]:
    known: list[Variant] | None = getattr(product, "for_sale", None)
    if known is None:
        known = list(product.variants.filter(is_active=True).order_by("position", "pk"))
    return known


def laws_of(product: Product) -> set[str]:
    """The special laws that hold for goods of this type."""
    return set(product.product_type.laws) if product.product_type else set()


def _texts(product: Product) -> dict[str, str]:
    wanted = {}
    for code in languages.codes():
        for field in ("name", "summary", "description"):
            if not getattr(product, f"{field}_{code}").strip():
                wanted[f"{field}_{code}"] = _("This text is missing.")
    return wanted


def _maker(product: Product, laws: set[str]) -> dict[str, str]:
    """Art. 19 GPSR; it does not hold for food (Art. 2 (2) d), nor for what is no product."""
    if product.is_digital or product.is_gift_card:
        return {}
    maker = product.manufacturer
    if maker is None:
        is_food = Law.FOOD in laws
        text = _("Name the manufacturer with address and e-mail (GPSR, Art. 19).")
        return {} if is_food else {"manufacturer": text}
    if problem := maker_problem(maker):
        return {"manufacturer": problem}
    return {}


def maker_problem(maker: Manufacturer) -> str:
    """What is wanted of `maker` before its goods may be sold; empty: nothing."""
    if not (maker.address.strip() and maker.email.strip()):
        return _("The manufacturer has no address or e-mail (GPSR, Art. 19).")
    if not maker.country.strip():
        return _("In which country is the manufacturer? Say it at the manufacturer.")
    person = (maker.responsible_name, maker.responsible_address, maker.responsible_email)
    if maker.country.upper() not in IN_THE_UNION and not all(one.strip() for one in person):
        return _(
            "The manufacturer is outside the EU: name the responsible person in the EU with address"
            " and e-mail (GPSR, Art. 16, 19)."
        )
    return ""


def _shown(product: Product) -> dict[str, str]:
    wanted = {}
    pictures = list(product.pictures.all())
    if not pictures:
        wanted["pictures"] = _("Show at least one picture.")
    elif not all(one.alt_de.strip() and one.alt_en.strip() for one in pictures):
        wanted["pictures"] = _("Describe each picture in each language, for those who cannot see.")
    if lacks_files(product):
        wanted["files"] = _("Add at least one file: buyers get it as a download.")
    for code in languages.codes():
        others = (other for other in languages.codes() if other != code)
        if not getattr(product, f"warnings_{code}").strip() and any(
            getattr(product, f"warnings_{other}").strip() for other in others
        ):
            wanted[f"warnings_{code}"] = _("There are warnings, but not in this language.")
    return wanted


def lacks_files(product: Product) -> bool:
    """Would its buyers pay for a download and get none? Gift cards are written by staff."""
    is_download = product.is_digital and not product.is_gift_card
    lacks = is_download and not any(one.is_active for one in product.digital_files.all())
    # A bundle of downloads has none of its own: buyers get those of its components.
    return lacks and not Bundle.objects.filter(variant__product=product).exists()


def _sold(product: Product, variants: list[Variant], priced: set[int]) -> dict[str, str]:
    wanted = {}
    if not variants:
        wanted["variants"] = _("Add at least one variant for sale.")
    unpriced = [variant.sku for variant in variants if variant.pk not in priced]
    if unpriced:
        wanted["prices"] = _("No price today: %(skus)s") % {"skus": ", ".join(unpriced)}
    untaxed = [one.sku for one in variants if one.vat_class == VatClass.ZERO]
    if untaxed and not product.is_gift_card:
        text = _("Without VAT only gift cards can be sold: %(skus)s")
        wanted["variants"] = text % {"skus": ", ".join(untaxed)}
    return wanted


def _components(product: Product) -> dict[str, str]:
    not_sold = _components_off_sale(product)
    text = _("Not on sale themselves: %(skus)s")
    return {"components": text % {"skus": ", ".join(not_sold)}} if not_sold else {}


def _components_off_sale(product: Product) -> list[str]:
    known: list[str] | None = getattr(product, "components_off_sale", None)
    if known is None:
        rows = _OFF_SALE.filter(bundle__variant__product=product)
        known = list(rows.order_by("pk").values_list("variant__sku", flat=True))
    return known


def _special(
    product: Product, variants: list[Variant], laws: set[str], rare: Collection[str]
) -> dict[str, str]:
    wanted = {}
    if laws & {Law.MEASURED, Law.FOOD}:
        unmeasured = [one.sku for one in variants if one.content_amount is None]
        if unmeasured:
            text = _("Content and unit are missing, for the base price (§ 4 PAngV): %(skus)s")
            wanted["contents"] = text % {"skus": ", ".join(unmeasured)}
    if problem := _fibre_problem(product if "fibres" in rare else None, laws):
        wanted["fibres"] = problem
    food: Food | None = getattr(product, "food", None) if "food" in rare else None
    if (food or Law.FOOD in laws) and (lacks := foods.missing(food)):
        wanted["food"] = " ".join(lacks)
    if Law.ENERGY in laws:
        wanted |= _energy(product)
    device: Device | None = getattr(product, "device", None) if "device" in rare else None
    if Law.ELECTRICAL in laws and device is None:
        wanted["device"] = _(
            "Say what battery it has, if any, and that it is an electrical device."
        )
    if Law.WARNED in laws:
        columns = [f"warnings_{code}" for code in languages.codes()]
        empty = [name for name in columns if not getattr(product, name).strip()]
        wanted |= dict.fromkeys(empty, _("Goods of this type need warnings."))
    return wanted


def _energy(product: Product) -> dict[str, str]:
    """Art. 5 Regulation (EU) 2017/1369: class and scale, the label itself and its sheet."""
    label, wanted = product.energy_label or {}, {}
    if not (label.get("class") and label.get("scale")):
        wanted["energy_label"] = _("Energy class and its scale are missing.")
    kinds = {one.kind for one in product.documents.all()}
    lacking = [
        str(DocumentKind(kind).label)
        for kind in (DocumentKind.ENERGY_LABEL, DocumentKind.PRODUCT_INFORMATION_SHEET)
        if kind not in kinds
    ]
    if lacking:
        wanted["documents"] = _("Upload: %(kinds)s.") % {"kinds": ", ".join(lacking)}
    return wanted


def _fibre_problem(product: Product | None, laws: set[str]) -> str:
    rows = product.fibre_shares.all() if product else ()
    shares = [(one.part, one.percent) for one in rows]
    if Law.TEXTILE in laws and not shares:
        return _("Name the fibres of each part (Regulation (EU) 1007/2011).")
    if fibres.wrong_sums(shares):
        return _("The fibres of each part add up to 100 percent.")
    return ""
