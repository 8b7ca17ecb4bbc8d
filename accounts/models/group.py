"""Groups of customers that offers may be made to: students, trade, friends of the house."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.people import Customer
from shop.kit import languages


class CustomerGroup(models.Model):
    """A group by its code. Members are put into it by staff; shoppers may read its name."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name_de = models.CharField(_("name (German)"), max_length=80)
    name_en = models.CharField(_("name (English)"), max_length=80)

    class Meta:
        verbose_name = _("customer group")
        verbose_name_plural = _("customer groups")

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return languages.localized(self, "name")


class GroupMember(models.Model):
    group = models.ForeignKey(CustomerGroup, models.CASCADE, related_name="members")
    customer = models.ForeignKey(Customer, models.CASCADE, related_name="group_memberships")
    joined_at = models.DateTimeField(_("since"), auto_now_add=True)

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["group", "customer"], name="group_member_once"),
        ]

    def __str__(self) -> str:
        return str(self.customer)
