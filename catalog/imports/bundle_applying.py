"""Carries out what a file says of bundles, and takes it back."""

import datetime
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from catalog.bundles import composing
from catalog.imports.changes import Change, Refused, column_of, plain
from catalog.imports.records import BundleRecord
from catalog.imports.work import Work
from catalog.models import Bundle, ImportChange, Product, Variant


class Lost(Exception):
    """Cannot be taken back; the message says why."""


def carry_out(work: Work, changes: list[Change]) -> None:
    """When variants and prices are there. Raises `Refused`."""
    for change in changes:
        if change.kind == "bundle":
            bundle, held, parts = change.source
            variant = Variant.objects.select_related("product").get(
                pk=work.variants[change.where].pk
            )
            before = _kept(held) | {
                "fields": {n: plain(getattr(variant, n)) for n in composing.DESCRIBED}
            }
            _compose(variant, parts, bundle, work.moment)
            work.changed("bundle", variant.pk, before, _kept(bundle))


def _compose(
    variant: Variant,
    parts: Sequence[composing.Part],
    bundle: BundleRecord,
    moment: datetime.datetime,
) -> None:
    try:
        composing.compose(
            variant,
            parts,
            pricing=bundle.pricing,
            percent_off=bundle.percent_off,
            moment=moment,
        )
    except composing.CannotBundle as problem:
        raise Refused(str(problem)) from problem


def _kept(bundle: BundleRecord | None) -> dict[str, Any]:
    """As the record of the import holds it; empty for none."""
    if bundle is None:
        return {}
    parts = [list(part) for part in bundle.parts]
    return {"parts": parts, "pricing": bundle.pricing, "percent_off": plain(bundle.percent_off)}


def take_back(change: ImportChange, moment: datetime.datetime) -> Product:
    """What was in it before, if the import's is still there. Raises `Lost`."""
    variant = Variant.objects.select_related("product").filter(pk=change.object_pk).first()
    bundle = Bundle.objects.filter(pk=change.object_pk).first()
    if variant is None or bundle is None:
        raise Lost(_("It is gone already."))
    rows = bundle.components.order_by("position", "pk").values_list("variant__sku", "quantity")
    now = _kept(BundleRecord(tuple(rows), bundle.pricing, bundle.percent_off))
    if now != change.after:
        raise Lost(_("Changed since, left as it is: %(fields)s") % {"fields": _("bundle")})
    before = change.before
    if "parts" in before:
        _put_back(variant, before, moment)
    else:
        composing.dissolve(bundle, moment=moment)
        for name, value in before["fields"].items():
            setattr(variant, name, column_of(Variant, name).to_python(value))
        variant.save(update_fields=list(before["fields"]))
    return variant.product


def _put_back(variant: Variant, before: dict[str, Any], moment: datetime.datetime) -> None:
    skus = [sku for sku, _count in before["parts"]]
    known = {one.sku: one for one in Variant.objects.filter(sku__in=skus).select_related("product")}
    if not all(sku in known for sku in skus):
        raise Lost(_("It is gone already."))
    parts = [composing.Part(known[sku], count) for sku, count in before["parts"]]
    held = BundleRecord((), before["pricing"], Decimal(before["percent_off"]))
    try:
        _compose(variant, parts, held, moment)
    except Refused as problem:
        raise Lost(str(problem)) from problem
