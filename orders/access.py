"""The signed links with which guests reach their orders; the one way in for everybody's pages."""

from urllib.parse import urljoin

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils import translation

from orders.models import Order

_SALT = "orders.access"


def token_for(order: Order) -> str:
    """A signed token for the pages of `order`; it dies when `access_version` counts up."""
    return signing.Signer(salt=_SALT).sign_object([order.pk, order.access_version])


def order_for(token: str) -> Order:
    """The order of a token. Raises `Order.DoesNotExist` for whatever we did not sign."""
    try:
        pk, version = signing.Signer(salt=_SALT).unsign_object(token)
    except (signing.BadSignature, ValueError, TypeError, UnicodeError) as problem:
        raise Order.DoesNotExist from problem
    return Order.objects.get(pk=pk, access_version=version)


def path_in(token: str) -> str:
    """The path of the order page in the active language."""
    return reverse("orders:order", args=[token])


def path_of(order: Order, *, language: str | None = None) -> str:
    """The path of the order page, in the order's own language when none is given."""
    with translation.override(language or order.language):
        return reverse("orders:order", args=[token_for(order)])


def url_of(order: Order) -> str:
    """The full address of the order page in the order's language, for mails and providers."""
    return urljoin(settings.SITE_URL, path_of(order))
