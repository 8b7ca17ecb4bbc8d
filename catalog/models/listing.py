"""What lists of goods read: a row for each product on sale, kept by `catalog.listing_index`."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from catalog.models.category import Category
from catalog.models.product import Product, Variant


class ListingEntry(models.Model):
    """A product as lists see it: where it stands, what it is filtered and sorted by.

    The variants for sale stand in `variant_ids` in the order of the product's page; `prices` and
    `flags` run beside them. Facet values are the keys of `listing_index.keys`: choices of
    attributes as they are numbered, yes and no below zero. `variant_values` holds those of each
    variant, a zero behind each; `values` what all variants share; `numbers` threes of place (−1:
    all variants), attribute and number.
    """

    AVAILABLE, REDUCED = 1, 2
    NO_PRICE = -1

    product = models.OneToOneField(
        Product, models.CASCADE, primary_key=True, related_name="listing_entry"
    )
    # The revision of the product that was read; another one means that this is out of date.
    revision = models.PositiveBigIntegerField()
    published_at = models.DateTimeField()
    unpublish_at = models.DateTimeField(null=True)
    # Shown categories with all that they stand below: a copy, so that a shelf is one index scan.
    category_ids = ArrayField(models.IntegerField(), default=list)
    brand_key = models.IntegerField(null=True)
    # Folded for sorting.
    name_de = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    popularity = models.FloatField(default=0)
    rating = models.FloatField(null=True)
    rating_count = models.PositiveIntegerField(default=0)
    # In cents: the lowest price asked when this was read, and when a price changes next.
    lowest_price = models.IntegerField(null=True)
    price_until = models.DateTimeField(null=True)
    values = ArrayField(models.IntegerField(), default=list)
    variant_ids = ArrayField(models.BigIntegerField(), default=list)
    prices = ArrayField(models.IntegerField(), default=list)
    flags = ArrayField(models.SmallIntegerField(), default=list)
    variant_values = ArrayField(models.IntegerField(), default=list)
    numbers = ArrayField(models.FloatField(), default=list)

    class Meta:
        indexes: ClassVar = [
            GinIndex(fields=["category_ids"], name="listing_by_category"),
            models.Index(fields=["price_until"], name="listing_price_until"),
        ]

    def __str__(self) -> str:
        return f"{self.product_id}: {self.name_en}"


class ListingRevision(models.Model):
    """Counts the changes of what stands in a category and below it; kept sheets carry it.

    A table of its own: a category that is saved must not bring an old number back.
    """

    category = models.OneToOneField(
        Category, models.CASCADE, primary_key=True, related_name="listing_revision"
    )
    number = models.PositiveBigIntegerField(default=1)

    def __str__(self) -> str:
        return f"{self.category_id}: {self.number}"


class VariantInStock(models.Model):
    """A counted variant of which a piece can be ordered now. Told by `inventory`, who knows."""

    variant = models.OneToOneField(
        Variant, models.CASCADE, primary_key=True, related_name="in_stock"
    )

    def __str__(self) -> str:
        return str(self.variant_id)
