"""Carries out what a file says of fibres, food, batteries and guarantees, and takes it back."""

from typing import Any

from django.utils.translation import gettext as _

from catalog import products
from catalog.imports.changes import Change, Refused, plain
from catalog.imports.law_difference import MODELS
from catalog.imports.records import Share
from catalog.imports.work import Work
from catalog.law import gate
from catalog.models import FibreShare, ImportChange, Product, ProductStatus

_KINDS = frozenset({"fibres", *MODELS})


class WouldLack(Refused):
    """The file takes mandatory data from a product that is on sale; the message names them."""

    def __init__(self, missing: dict[str, str]) -> None:
        words = "; ".join(f"{gate.name_of(field)}: {text}" for field, text in missing.items())
        super().__init__(_("It is on sale and would lack data. %(missing)s") % {"missing": words})


class Lost(Exception):
    """Cannot be taken back; the message says why."""


def carry_out(work: Work, changes: list[Change]) -> None:
    """Raises `WouldLack`."""
    mine = [one for one in changes if one.kind in _KINDS]
    if not mine:
        return
    is_on_sale = not work.is_new and work.product.status == ProductStatus.ACTIVE
    before = products.missing(work.product, work.moment) if is_on_sale else {}
    for change in mine:
        if change.kind == "fibres":
            _fibres(work, change.source)
    for section in MODELS:
        _section(work, section, [one for one in mine if one.kind == section])
    if is_on_sale:
        product = Product.objects.get(pk=work.product.pk)
        wanted = products.missing(product, work.moment)
        if new := {field: text for field, text in wanted.items() if field not in before}:
            raise WouldLack(new)


def _fibres(work: Work, wanted: list[Share]) -> None:
    before, after = _held(work.product.pk), sorted(map(list, wanted))
    _put(work.product.pk, after)
    work.changed("fibres", work.product.pk, {"shares": before}, {"shares": after})


def _held(product_id: int) -> list[list[Any]]:
    rows = FibreShare.objects.filter(product=product_id)
    return sorted(map(list, rows.values_list("part", "fibre", "percent")))


def _put(product_id: int, shares: list[list[Any]]) -> None:
    FibreShare.objects.filter(product=product_id).delete()
    FibreShare.objects.bulk_create(
        FibreShare(product_id=product_id, part=part, fibre=fibre, percent=percent)
        for part, fibre, percent in shares
    )


def _section(work: Work, section: str, changes: list[Change]) -> None:
    if not changes:
        return
    held: Any = changes[0].target
    told = {one.source: one.new for one in changes}
    if held is None:
        row = MODELS[section]._default_manager.create(product=work.product, **told)
        work.created(section, row.pk)
        return
    for name, value in told.items():
        setattr(held, name, value)
    held.save(update_fields=list(told))
    before = {one.source: plain(one.old) for one in changes}
    work.changed(section, held.pk, before, {name: plain(value) for name, value in told.items()})


def take_back(change: ImportChange) -> Product:
    """The fibres from before, if the import's are still there. Raises `Lost`."""
    product = Product.objects.filter(pk=change.object_pk).first()
    if product is None:
        raise Lost(_("It is gone already."))
    if _held(product.pk) != change.after["shares"]:
        label = str(FibreShare._meta.verbose_name_plural)
        raise Lost(_("Changed since, left as it is: %(fields)s") % {"fields": label})
    _put(product.pk, change.before["shares"])
    return product
