"""Former and foreign addresses, and where they lead."""

from collections.abc import Iterable
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from catalog.models.category import Category
from catalog.models.collection import Collection
from catalog.models.product import Product


class RedirectReason(models.TextChoices):
    RENAMED = "renamed", _("renamed")
    FOREIGN = "foreign", _("address in the shop before")
    DELETED = "deleted", _("deleted")
    STAFF = "staff", _("set by staff")


class RedirectQuerySet(models.QuerySet["Redirect"]):
    def keep(self, rows: Iterable["Redirect"]) -> None:
        """Store `rows`; what led elsewhere from one of their paths leads here from now on."""
        self.bulk_create(
            list({row.path: row for row in rows}.values()),  # type: ignore[arg-type]
            update_conflicts=True,
            unique_fields=["path"],
            update_fields=["product", "category", "collection", "target", "reason"],
        )

    def release(self, paths: Iterable[str]) -> None:
        """There are pages at these paths again: nothing leads away from them any more."""
        self.filter(path__in=list(paths)).delete()


class Redirect(models.Model):
    """A path that once was a page, here or in the shop before.

    It points at the page itself and not at another path, so that no chain and no loop can come
    about, whatever that page is called next. A row that points nowhere says: gone for good (410).
    """

    # Without the language, with a slash at either end: "/p/mug/", "/c/tea/green/", "/products/x/".
    path = models.CharField(_("path"), max_length=420, unique=True)
    product = models.ForeignKey(
        Product, models.CASCADE, null=True, blank=True, related_name="redirects"
    )
    category = models.ForeignKey(
        Category, models.SET_NULL, null=True, blank=True, related_name="redirects"
    )
    collection = models.ForeignKey(
        Collection, models.SET_NULL, null=True, blank=True, related_name="redirects"
    )
    target = models.CharField(
        _("leads to"),
        max_length=420,
        blank=True,
        help_text=_("A path of this shop, such as /en/c/tea/. Empty: the page is gone for good."),
    )
    reason = models.CharField(
        _("reason"),
        max_length=10,
        choices=RedirectReason.choices,
        default=RedirectReason.STAFF,
        editable=False,
    )
    created_at = models.DateTimeField(_("created"), db_default=Now(), editable=False)

    objects = RedirectQuerySet.as_manager()

    class Meta:
        verbose_name = _("redirect")
        verbose_name_plural = _("redirects")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(reason__in=RedirectReason.values), name="redirect_reason_known"
            ),
            models.CheckConstraint(
                condition=Q(path__startswith="/", path__endswith="/"), name="redirect_path_is_one"
            ),
            models.CheckConstraint(
                condition=Q(product=None, category=None, collection=None)
                | Q(product=None, category=None, target="")
                | Q(product=None, collection=None, target="")
                | Q(category=None, collection=None, target=""),
                name="redirect_leads_to_one_place",
            ),
            # Never to another site: "//host" is one.
            models.CheckConstraint(
                condition=Q(target="") | Q(target__regex=r"^/([^/\\]|$)"),
                name="redirect_stays_here",
            ),
        ]

    def __str__(self) -> str:
        return self.path


def product_path(slug: str) -> str:
    """The address of a product without its language."""
    return f"/p/{slug}/"


def category_path(path: str) -> str:
    """The address of a category without its language."""
    return f"/c/{path}/"


def collection_path(slug: str) -> str:
    """The address of a collection without its language."""
    return f"/s/{slug}/"


def foreign_path(handle: str) -> str:
    """The address that a product had in the shop before, for all spellings of such addresses."""
    return f"/products/{handle.lower()}/"
