"""Carries out what a file says of options and variants."""

from typing import Any

from catalog import products
from catalog.attributes import linking
from catalog.imports import cells
from catalog.imports.changes import Change, plain
from catalog.imports.records import OptionRecord, ValueRecord, VariantRecord
from catalog.imports.variant_difference import option_of, value_of
from catalog.imports.work import Work
from catalog.models import Option, OptionValue, Variant

_LABELLING = {"option", "value", "option_field", "value_field", "variant_values", "variant"}


def carry_out(work: Work, changes: list[Change]) -> None:
    """Options first, then their values, then the variants that have them."""
    _make_options(work, [one for one in changes if one.kind == "option"])
    _make_values(work, [one for one in changes if one.kind == "value"])
    for kind in ("option_field", "value_field", "variant_field"):
        _set_fields(work, kind, [one for one in changes if one.kind == kind])
    _make_variants(work, [one for one in changes if one.kind == "variant"])
    for change in changes:
        if change.kind == "variant_values":
            _choose(work, change)
    if work.found.known.options and any(one.kind in _LABELLING for one in changes):
        products.label_variants(work.product)


def _code(text: str, taken: set[str], number: int, word: str) -> str:
    stem = cells.slug(text, 36) or f"{word}-{number}"
    code, ending = stem, 2
    while code in taken:
        code, ending = f"{stem}-{ending}", ending + 1
    return code


def _first_name(wanted: OptionRecord | ValueRecord) -> str:
    return next((name for name in wanted.names.values() if name), "")


def _names(wanted: OptionRecord | ValueRecord) -> dict[str, str]:
    return {f"name_{language}": name for language, name in wanted.names.items()}


def _make_options(work: Work, changes: list[Change]) -> None:
    known = work.found.known
    for change in changes:
        wanted: OptionRecord = change.source
        number = len(known.options) + 1
        taken = {option.code for option in known.options}
        code = wanted.code or _code(_first_name(wanted), taken, number, "option")
        option = Option(product=work.product, code=code, position=number - 1, **_names(wanted))
        option.attribute = linking.attribute_for(option, work.around.attributes.values())
        option.save(force_insert=True)
        known.options.append(option)
        known.values[option.pk] = []
        work.created("option", option.pk)


def _make_values(work: Work, changes: list[Change]) -> None:
    known = work.found.known
    made: list[OptionValue] = []
    for change in changes:
        option_record, wanted = change.source
        option = option_of(work.found, option_record)
        assert option is not None  # noqa: S101 - made just before
        held = known.values[option.pk]
        taken = {value.code for value in held}
        code = wanted.code or _code(_first_name(wanted), taken, len(held) + 1, "value")
        value = OptionValue(
            option=option, code=code, position=len(held), swatch=wanted.swatch or "",
            **_names(wanted),
        )  # fmt: skip
        if option.attribute_id:
            value.choice = linking.choice_for(value, work.choices_of(option.attribute_id))
        held.append(value)
        made.append(value)
    for value in OptionValue.objects.bulk_create(made):
        work.created("value", value.pk)


def _set_fields(work: Work, kind: str, changes: list[Change]) -> None:
    """One UPDATE for each row that changes."""
    by_row: dict[int, list[Change]] = {}
    for change in changes:
        by_row.setdefault(change.target.pk, []).append(change)  # type: ignore[union-attr]
    for held in by_row.values():
        row: Any = held[0].target
        before = {one.source: plain(one.old) for one in held}
        after = {one.source: plain(one.new) for one in held}
        for one in held:
            setattr(row, one.source, one.new)
        row.save(update_fields=list(after))
        work.changed(kind.removesuffix("_field"), row.pk, before, after)


def _make_variants(work: Work, changes: list[Change]) -> None:
    position = len(work.found.known.variants)
    made = []
    for number, change in enumerate(changes):
        wanted: VariantRecord = change.source
        made.append(
            Variant(
                product=work.product, sku=change.where, position=position + number, **wanted.fields
            )
        )
    links = []
    for variant, change in zip(Variant.objects.bulk_create(made), changes, strict=True):
        work.variants[variant.sku] = variant
        work.created("variant", variant.pk)
        for value in _values(work, change.source):
            links.append(Variant.option_values.through(variant=variant, optionvalue=value))
    Variant.option_values.through.objects.bulk_create(links)


def _values(work: Work, wanted: VariantRecord) -> list[OptionValue]:
    pairs = zip(work.found.record.options, wanted.values, strict=False)
    found = [value_of(work.found, option, value) for option, value in pairs]
    return [value for value in found if value is not None]


def _choose(work: Work, change: Change) -> None:
    variant: Any = change.target
    before = sorted(value.pk for value in work.found.known.chosen[variant.pk].values())
    values = _values(work, change.source)
    variant.option_values.set(values)
    after = sorted(value.pk for value in values)
    work.changed("variant_values", variant.pk, {"keys": before}, {"keys": after})
