"""The signed links with which customers and guests reach their cases."""

from urllib.parse import urljoin

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils import translation

from support.models import Case

_SALT = "support.access"


def token_for(case: Case) -> str:
    """A signed token for the page of `case`; it dies when `access_version` counts up."""
    return signing.Signer(salt=_SALT).sign_object([case.pk, case.access_version])


def case_for(token: str) -> Case:
    """The case of a token; of a merged one that in which it goes on.

    Raises `Case.DoesNotExist` for whatever we did not sign.
    """
    try:
        pk, version = signing.Signer(salt=_SALT).unsign_object(token)
    except (signing.BadSignature, ValueError, TypeError, UnicodeError) as problem:
        raise Case.DoesNotExist from problem
    rows = Case.objects.select_related("customer", "order", "merged_into")
    case = rows.get(pk=pk, access_version=version)
    return rows.get(pk=case.merged_into_id) if case.merged_into_id else case


def path_of(case: Case, *, language: str | None = None) -> str:
    """The path of the case's page, in its own language when none is given."""
    with translation.override(language or case.language):
        return reverse("support:case", args=[token_for(case)])


def url_of(case: Case) -> str:
    """The full address of the case's page, for mails."""
    return urljoin(settings.SITE_URL, path_of(case))
