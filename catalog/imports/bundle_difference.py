"""Which variants of a file are bundles, and what is in them (docs/algorithms/bundles.md)."""

from django.utils.translation import gettext as _

from catalog.bundles import composing
from catalog.imports.changes import Difference
from catalog.imports.records import BundleRecord, VariantRecord
from catalog.imports.surroundings import Surroundings
from catalog.imports.variant_difference import variant_of
from catalog.models import BundlePricing


def forget_derived(found: Difference) -> None:
    """Before variants are compared: leave out what a bundle takes from its components, for a file
    cannot say otherwise."""
    for wanted in found.record.variants:
        if wanted.bundle is not None:
            for name in composing.DESCRIBED:
                wanted.fields.pop(name, None)


def add(found: Difference, around: Surroundings) -> None:
    """Add what `found.record` says of bundles; a variant with an empty cell stays what it is."""
    for wanted in found.record.variants:
        if wanted.bundle is not None:
            _bundle(found, around, wanted, wanted.bundle)


def _bundle(
    found: Difference, around: Surroundings, wanted: VariantRecord, bundle: BundleRecord
) -> None:
    record, variant = found.record, variant_of(found, wanted)
    if bundle.pricing not in BundlePricing.values:
        text = _("“%(text)s” is not known here.") % {"text": bundle.pricing[:60]}
        record.refuse("bundle_pricing", text, wanted.line)
        return
    missing = [sku for sku, _quantity in bundle.parts if sku not in around.components]
    if missing:
        _say_missing(found, wanted, missing)
        return
    held = found.known.bundles.get(variant.pk) if variant else None
    if held == bundle:
        return
    parts = [composing.Part(around.components[sku], count) for sku, count in bundle.parts]
    if variant is not None:
        for problem in composing.problems(variant, parts, bundle.pricing, bundle.percent_off):
            record.refuse("bundle", problem, wanted.line)
    sku = variant.sku if variant else wanted.sku or wanted.made_sku
    old = _shown(held) if held else None
    found.add("bundle", sku, _("bundle"), old, _shown(bundle), source=(bundle, held, parts))


def _say_missing(found: Difference, wanted: VariantRecord, missing: list[str]) -> None:
    """What comes later in the file is waited for; until then it does not go on sale."""
    found.lacks_components = True
    if all(map(found.rules.has_sku, missing)):
        found.is_deferred = True
    else:
        text = _("There is no variant: %(skus)s") % {"skus": ", ".join(missing)[:200]}
        found.record.refuse("bundle", text, wanted.line)


def _shown(bundle: BundleRecord) -> list[str]:
    lines = [f"{count} × {sku}" for sku, count in bundle.parts]
    lines.append(str(BundlePricing(bundle.pricing).label))
    return [*lines, f"−{bundle.percent_off.normalize():f} %"] if bundle.percent_off else lines
