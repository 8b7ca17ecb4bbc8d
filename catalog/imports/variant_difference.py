"""Options, variants, prices and stock of a product: what a file would change of them."""

from collections.abc import Iterable
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from catalog.imports import cells, price_difference
from catalog.imports.changes import Difference, column_of, fault
from catalog.imports.formats import parts
from catalog.imports.records import OptionRecord, ValueRecord, VariantRecord
from catalog.imports.surroundings import Surroundings
from catalog.models import Option, OptionValue, Variant

SKU_LENGTH = 40
_NAME_LENGTH = 60


def make_skus(handle: str, variants: Iterable[VariantRecord]) -> None:
    """Give each variant without SKU one that the next import makes again: `MUG-RED-L`."""
    for number, variant in enumerate(variants, start=1):
        if not variant.sku:
            words = [value.code or parts.text_in(value.names, "") for value in variant.values]
            ending = "-".join(filter(None, (cells.slug(word, 20) for word in words)))
            ending = ending or (str(number) if number > 1 else "")
            made = "-".join(filter(None, [handle[: max(8, SKU_LENGTH - 1 - len(ending))], ending]))
            variant.made_sku = made[:SKU_LENGTH].upper()


def add(found: Difference, around: Surroundings) -> None:
    """Add what `found.record` says of options and variants."""
    record = found.record
    if not record.tells_variants and not found.is_new:
        record.variants.clear()
    if record.tells_options:
        _options(found)
    if record.errors:
        return  # Without its options nothing can be said of its variants.
    matched = [variant_of(found, wanted) for wanted in record.variants]
    _refuse_twins(found, matched)
    for wanted, variant in zip(record.variants, matched, strict=True):
        _sku(found, wanted, variant, around)
        _gtin(found, wanted, variant, around)
        _variant(found, wanted, variant)
        price_difference.add(found, wanted, variant)
        _shelves(found, wanted, variant)


def option_of(found: Difference, wanted: OptionRecord) -> Option | None:
    """The option of the shop that is meant: by its code, else by a name."""
    for option in found.known.options:
        if _is_meant(option, wanted):
            return option
    return None


def value_of(found: Difference, option: OptionRecord, wanted: ValueRecord) -> OptionValue | None:
    """The value of the shop that is meant: by its code, else by a name."""
    known = option_of(found, option)
    for value in found.known.values.get(known.pk, []) if known else []:
        if _is_meant(value, wanted):
            return value
    return None


def _is_meant(known: Option | OptionValue, wanted: OptionRecord | ValueRecord) -> bool:
    if wanted.code:
        return known.code == wanted.code
    return any(
        text and getattr(known, f"name_{language}").casefold() == text.casefold()
        for language, text in wanted.names.items()
    )


def _options(found: Difference) -> None:
    record, known = found.record, found.known
    matched = [option_of(found, wanted) for wanted in record.options]
    lost = [option for option in known.options if option not in matched]
    if lost and known.variants:
        text = _("The shop tells the variants apart by “%(option)s”, the file does not.")
        record.refuse("option1_name", text % {"option": lost[0]})
    if len({option.pk for option in matched if option}) < len([o for o in matched if o]):
        record.refuse("option1_name", _("Two options of the product are the same."))
    if None in matched and known.variants:
        skus = {variant.sku for variant in record.variants}
        if any(variant.sku not in skus for variant in known.variants):
            text = _("A new option needs a value for every variant that the shop has.")
            record.refuse("option1_name", text)
    for number, (wanted, option) in enumerate(zip(record.options, matched, strict=True), start=1):
        _named(found, f"option{number}_name", wanted, option, kind="option", where="")
        if option is None:
            name = parts.text_in(wanted.names, found.rules.language) or wanted.code
            found.add("option", "", _("option"), None, name, source=wanted)
        _values(found, number - 1, wanted)


def _values(found: Difference, place: int, option: OptionRecord) -> None:
    """Each new value once, in the order of the file."""
    fresh: list[ValueRecord] = []
    for variant in found.record.variants:
        if place >= len(variant.values):
            continue
        wanted = variant.values[place]
        known = value_of(found, option, wanted)
        if known is not None:
            where = parts.text_in(wanted.names, found.rules.language) or wanted.code
            if known not in [one.target for one in found.changes]:
                _named(found, f"option{place + 1}_value", wanted, known, kind="value", where=where)
        elif not any(same_value(one, wanted) for one in fresh):
            fresh.append(wanted)
            _named(found, f"option{place + 1}_value", wanted, None, kind="value", where="")
            if not any(wanted.names.values()):
                column = f"option{place + 1}_value"
                found.record.refuse(column, _("A new value needs a name."), variant.line)
            name = parts.text_in(wanted.names, found.rules.language)
            found.add("value", name, _("option value"), None, name, source=(option, wanted))


def same_value(one: ValueRecord, other: ValueRecord) -> bool:
    """Two values of a file that are the same one."""
    return _key(one) == _key(other)


def _key(value: ValueRecord) -> Any:
    return value.code or tuple(sorted((k, v.casefold()) for k, v in value.names.items() if v))


def _named(
    found: Difference,
    column: str,
    wanted: OptionRecord | ValueRecord,
    known: Option | OptionValue | None,
    *,
    kind: str,
    where: str,
) -> None:
    """Check names, codes and colours; note those that change."""
    swatch = getattr(wanted, "swatch", None)
    if any(len(name) > _NAME_LENGTH for name in wanted.names.values()):
        found.record.refuse(column, _("Options and values have at most 60 characters."))
    if wanted.code and (slugify(wanted.code) != wanted.code.lower() or len(wanted.code) > 40):
        found.record.refuse(column, _("A code has letters a–z, digits and hyphens."))
    if swatch and not (len(swatch) == 7 and cells.is_colour(swatch)):
        found.record.refuse(column, _("A colour is written like #aa3300."))
    if known is None:
        return
    facts = {f"name_{language}": name for language, name in wanted.names.items() if name}
    if swatch is not None:
        facts["swatch"] = swatch
    for field, value in facts.items():
        if wanted.code and getattr(known, field) != value:
            label = str(column_of(type(known), field).verbose_name)
            old = getattr(known, field)
            found.add(f"{kind}_field", where, label, old, value, target=known, source=field)


def variant_of(found: Difference, wanted: VariantRecord) -> Variant | None:
    """The variant of the shop: by its SKU, else by the values of its options."""
    variants = found.known.variants
    for variant in variants:
        if wanted.sku and variant.sku == wanted.sku:
            return variant
    if wanted.values:
        values = wanted_values(found, wanted)
        for variant in variants:
            if values == list(found.known.chosen[variant.pk].values()) or (
                None not in values
                and {v.pk for v in values if v}
                == {v.pk for v in found.known.chosen[variant.pk].values()}
            ):
                return variant
    elif found.record.tells_options and len(variants) == len(found.record.variants) == 1:
        return None if found.known.options else variants[0]
    return next((one for one in variants if not wanted.sku and one.sku == wanted.made_sku), None)


def wanted_values(found: Difference, wanted: VariantRecord) -> list[OptionValue | None]:
    """Its values in the shop; `None` for one that is new."""
    pairs = zip(found.record.options, wanted.values, strict=False)
    return [value_of(found, option, value) for option, value in pairs]


def _refuse_twins(found: Difference, matched: list[Variant | None]) -> None:
    record = found.record
    seen: dict[Any, int] = {}
    for wanted, variant in zip(record.variants, matched, strict=True):
        keys: list[Any] = [("sku", wanted.sku or wanted.made_sku)]
        if variant is not None:
            keys.append(("variant", variant.pk))
        if record.tells_options:
            keys.append(("values", tuple(_key(value) for value in wanted.values)))
        for key in keys:
            if key in seen:
                text = _("This is the same variant as in line %(line)d.") % {"line": seen[key]}
                record.refuse("sku", text, wanted.line)
                break
            seen[key] = wanted.line
    if not record.tells_options or record.errors:
        return
    told = {frozenset(v.pk for v in wanted_values(found, one) if v) for one in record.variants}
    for variant in found.known.variants:
        if variant not in matched and record.options:
            held = frozenset(v.pk for v in found.known.chosen[variant.pk].values())
            if held in told and len(held) == len(record.options):
                text = _("The shop has a variant with these values already: %(sku)s.")
                record.refuse("sku", text % {"sku": variant.sku})


def _sku(
    found: Difference, wanted: VariantRecord, variant: Variant | None, around: Surroundings
) -> None:
    record, product = found.record, found.known.product
    sku = wanted.sku or ("" if variant else wanted.made_sku)
    if not sku:
        return
    if len(sku) > SKU_LENGTH:
        record.refuse("sku", _("A SKU has at most 40 characters."), wanted.line)
    owner = around.sku_owners.get(sku)
    if owner is not None and owner != (product.pk if product else None):
        text = _("The SKU %(sku)s belongs to another product.") % {"sku": sku}
        record.refuse("sku", text, wanted.line)
    elif variant is not None and variant.sku != sku:
        found.add(
            "variant_field", variant.sku, "SKU", variant.sku, sku, target=variant, source="sku"
        )


def _gtin(
    found: Difference, wanted: VariantRecord, variant: Variant | None, around: Surroundings
) -> None:
    gtin = wanted.fields.get("gtin")
    owner = around.gtin_owners.get(gtin) if gtin else None
    if owner is not None and (variant is None or variant.sku != owner):
        text = _("The variant %(sku)s has this GTIN already.") % {"sku": owner}
        found.record.refuse("gtin", text, wanted.line)
    if gtin:
        around.gtin_owners[gtin] = variant.sku if variant else wanted.sku or wanted.made_sku


def _variant(found: Difference, wanted: VariantRecord, variant: Variant | None) -> None:
    sku = variant.sku if variant else wanted.sku or wanted.made_sku
    for name, value in wanted.fields.items():
        field = column_of(Variant, name)
        if problem := fault(field, value):
            found.record.refuse(name, problem, wanted.line)
        elif variant is not None and getattr(variant, name) != value:
            label, old = str(field.verbose_name), getattr(variant, name)
            found.add("variant_field", sku, label, old, value, target=variant, source=name)
    if variant is None:
        if found.known.options and not wanted.values:
            text = _("A new variant needs a value for each option of the product.")
            found.record.refuse("option1_value", text, wanted.line)
        found.add("variant", sku, _("variant"), None, sku, source=wanted)
    elif found.record.tells_options and wanted.values:
        values = wanted_values(found, wanted)
        held = found.known.chosen[variant.pk]
        if None in values or {v.pk for v in values if v} != {v.pk for v in held.values()}:
            old_text = [str(value) for value in held.values()]
            new_text = [
                parts.text_in(v.names, found.rules.language) or v.code for v in wanted.values
            ]
            found.add(
                "variant_values",
                sku,
                _("options"),
                old_text,
                new_text,
                target=variant,
                source=wanted,
            )


def _shelves(found: Difference, wanted: VariantRecord, variant: Variant | None) -> None:
    rules = found.rules
    if not rules.sets_stock:
        return
    sku = variant.sku if variant else wanted.sku or wanted.made_sku
    for code, pieces in wanted.stock.items():
        place = code or next(iter(rules.locations), "")
        if place not in rules.locations:
            if pieces:
                text = _("There is no stock location “%(code)s”.") % {"code": place or "–"}
                found.record.refuse(f"stock_{code}" if code else "stock", text, wanted.line)
            continue
        shelf = found.known.shelves.get((variant.pk, place)) if variant else None
        on_hand = shelf.on_hand if shelf else 0
        if shelf and pieces < shelf.lowest:
            text = _("%(count)d pieces are promised to orders: fewer cannot be there.")
            column = f"stock_{code}" if code else "stock"
            found.record.refuse(column, text % {"count": shelf.lowest}, wanted.line)
        elif pieces != on_hand:
            label = _("stock (%(place)s)") % {"place": place}
            found.add(
                "stock", sku, label, on_hand if variant else None, pieces, target=variant,
                source=(wanted, place),
            )  # fmt: skip
