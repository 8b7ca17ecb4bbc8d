"""People with an account, their addresses and what they agreed to."""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class CustomerManager(BaseUserManager["Customer"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Customer":
        """A customer; the password is unusable when `None`. Raises `ValueError` without e-mail."""
        if not email:
            raise ValueError("A customer needs an e-mail address.")
        customer = self.model(email=self.normalize_email(email).lower(), **fields)
        customer.set_password(password)
        customer.save(using=self._db)
        return customer

    def create_superuser(
        self, email: str, password: str | None = None, **fields: Any
    ) -> "Customer":
        """Staff with every right."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "Customer":
        return self.get(email__iexact=username)


class Customer(AbstractBaseUser, PermissionsMixin):
    """Somebody with an account: a shopper, or staff (`is_staff`)."""

    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    language = models.CharField(
        _("language"), max_length=5, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    is_staff = models.BooleanField(_("staff"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    objects = CustomerManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("customer")
        verbose_name_plural = _("customers")
        constraints: ClassVar = [
            models.UniqueConstraint(Lower("email"), name="customer_email_once"),
            models.CheckConstraint(
                condition=Q(language__in=[code for code, _name in settings.LANGUAGES]),
                name="customer_language_known",
            ),
        ]

    def __str__(self) -> str:
        return self.email


class Address(models.Model):
    """An address in a customer's book. Orders copy it; changing it changes no order."""

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="addresses")
    name = models.CharField(_("name"), max_length=120)
    company = models.CharField(_("company"), max_length=120, blank=True)
    street = models.CharField(_("street and number"), max_length=120)
    extra = models.CharField(_("address line 2"), max_length=120, blank=True)
    postcode = models.CharField(_("postcode"), max_length=12)
    city = models.CharField(_("city"), max_length=80)
    region = models.CharField(_("province, county"), max_length=80, blank=True, db_default="")
    # Of a Packstation or Postfiliale; the station stands in the street.
    post_number = models.CharField(_("post number"), max_length=10, blank=True, db_default="")
    country = models.CharField(_("country"), max_length=2, default=settings.COUNTRY)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    is_default = models.BooleanField(_("default"), default=False)

    class Meta:
        verbose_name = _("address")
        verbose_name_plural = _("addresses")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["customer"], condition=Q(is_default=True), name="address_one_default"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.postcode} {self.city}"


class ConsentPurpose(models.TextChoices):
    NEWSLETTER = "newsletter", _("newsletter")
    PERSONALISATION = "personalisation", _("personalisation")


class Consent(models.Model):
    """Proof that somebody agreed: to what, in which words, when, and when no longer."""

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="consents")
    purpose = models.CharField(_("purpose"), max_length=20, choices=ConsentPurpose.choices)
    wording = models.TextField(_("wording"))
    source = models.CharField(_("source"), max_length=40)
    granted_at = models.DateTimeField(_("granted"))
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["customer", "purpose"],
                condition=Q(withdrawn_at__isnull=True),
                name="consent_one_in_force",
            ),
            models.CheckConstraint(
                condition=Q(purpose__in=ConsentPurpose.values), name="consent_purpose_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} ({self.granted_at:%Y-%m-%d})"


class PrivacyRequestKind(models.TextChoices):
    EXPORT = "export", _("export")
    ERASURE = "erasure", _("erasure")


class PrivacyRequest(models.Model):
    """What a customer asked for under Art. 15, 17 and 20 GDPR, and when it was done."""

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="privacy_requests")
    kind = models.CharField(_("kind"), max_length=10, choices=PrivacyRequestKind.choices)
    requested_at = models.DateTimeField(_("requested"))
    completed_at = models.DateTimeField(_("completed"), null=True, blank=True)

    class Meta:
        verbose_name = _("privacy request")
        verbose_name_plural = _("privacy requests")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind__in=PrivacyRequestKind.values), name="privacy_request_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} ({self.requested_at:%Y-%m-%d})"
