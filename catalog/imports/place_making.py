"""Brands, makers and categories that a file names and the shop does not have yet."""

from catalog import categories
from catalog.imports import cells
from catalog.imports.work import Work
from catalog.models import Brand, Category, Manufacturer
from shop.kit import languages


def brand(work: Work, name: str) -> Brand:
    """The brand of that name, made if need be."""
    slug = cells.slug(name, 50) or "brand"
    taken = set(Brand.objects.filter(slug__startswith=slug).values_list("slug", flat=True))
    free, number = slug, 2
    while free in taken:
        free, number = f"{slug}-{number}", number + 1
    made, is_new = Brand.objects.get_or_create(name=name, defaults={"slug": free})
    if is_new:
        work.created("brand", made.pk, always=True)
        categories.changed()  # Lists name the brands that they are filtered by.
    work.around.brands[name.casefold()] = made
    return made


def maker(work: Work, facts: dict[str, str]) -> Manufacturer:
    """The manufacturer of that name, made if need be."""
    others = {name: text for name, text in facts.items() if name != "name"}
    made, is_new = Manufacturer.objects.get_or_create(name=facts["name"], defaults=others)
    if is_new:
        work.created("maker", made.pk, always=True)
    work.around.makers[facts["name"]] = made
    return made


def category(work: Work, path: tuple[str, ...]) -> Category:
    """The category at `path`; what is missing of it is made, hidden until staff show it."""
    parent: Category | None = None
    for end in range(1, len(path) + 1):
        held = work.around.categories.named(path[:end])
        fitting = [one for one in held if one.parent_id == (parent.pk if parent else None)]
        if fitting:
            parent = fitting[0]
            continue
        parent = _made(work, path[end - 1], parent)
        work.around.categories.learn(path[:end], parent)
    assert parent is not None  # noqa: S101 - a path has a part
    return parent


def _made(work: Work, name: str, parent: Category | None) -> Category:
    slug = cells.slug(name, 56) or "category"
    siblings = Category.objects.filter(parent=parent, slug__startswith=slug)
    taken = set(siblings.values_list("slug", flat=True))
    free, number = slug, 2
    while free in taken:
        free, number = f"{slug}-{number}", number + 1
    names = {f"name_{code}": name for code in languages.codes()}
    made = categories.store(Category(parent=parent, slug=free, is_active=False, **names))
    work.created("category", made.pk, always=True)
    return made
