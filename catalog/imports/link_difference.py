"""What a product points at by its slug: the size guide, and the product that came after it."""

from django.utils.translation import gettext as _

from catalog.imports.changes import Difference
from catalog.models import Product, SizeGuide

LINKS = {"size_guide": SizeGuide, "successor": Product}


def add(found: Difference) -> None:
    """Add what the record says of them; an empty cell takes the link away."""
    for name, slug in found.record.links.items():
        _link(found, name, slug)


def _link(found: Difference, name: str, slug: str) -> None:
    product = found.known.product
    held = getattr(product, name) if product else None
    old = held.slug if held else ""
    if slug == old:
        return
    target = LINKS[name]._default_manager.filter(slug=slug).first() if slug else None
    if slug and target is None:
        if name == "successor" and found.rules.has_handle(slug):
            found.is_deferred = True  # Looked at again when it is there.
        else:
            text = _("There is no “%(slug)s”: left out.") % {"slug": slug[:100]}
            found.record.remark(name, text)
        return
    if target is not None and target == product:
        found.record.refuse(name, _("A product does not follow itself."))
        return
    label = str(Product._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    found.add("link", "", label, old or None, slug or None, target=target, source=name)
