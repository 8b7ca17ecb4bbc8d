"""What goes with what, learned from orders."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from catalog.models import Product


class ProductAffinity(models.Model):
    """How strongly `other` is bought by those who buy `product`: more than 0, at most 1."""

    product = models.ForeignKey(Product, models.CASCADE, related_name="affinities")
    other = models.ForeignKey(Product, models.CASCADE, related_name="+")
    score = models.FloatField(_("score"))
    trained_at = models.DateTimeField(_("learned"))

    class Meta:
        verbose_name = _("affinity")
        verbose_name_plural = _("affinities")
        indexes: ClassVar = [
            models.Index(fields=["product", "-score"], name="affinity_best_of_product"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["product", "other"], name="affinity_once_per_pair"),
            models.CheckConstraint(condition=~Q(product=F("other")), name="affinity_of_two"),
            models.CheckConstraint(
                condition=Q(score__gt=0, score__lte=1), name="affinity_score_in_range"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product_id} → {self.other_id}: {self.score:.2f}"
