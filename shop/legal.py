"""The legal pages as the apps ask for them: who sells, which pages there are, and their words.

The words and their versions are kept by the app `content`; this is the one door to them.
"""

import datetime
from typing import Any

from django.core import checks
from django.urls import reverse
from django.utils.functional import Promise

from content import merchant as facts
from content import selling, texts, versions
from content.models import LegalPage

merchant = facts.merchant
gaps = facts.gaps
Merchant = facts.Merchant

PAGES: dict[str, str | Promise] = {page.value: page.label for page in LegalPage}

# These two go with the order confirmation on a durable medium (§ 312f (2) BGB).
CONTRACT = (LegalPage.TERMS.value, LegalPage.WITHDRAWAL.value)


def links() -> list[dict[str, str]]:
    """Name and address of each legal page in the active language, for footer and side menu."""
    return [
        {"slug": slug, "name": str(name), "url": reverse("legal", args=[slug])}
        for slug, name in PAGES.items()
    ]


def contract_versions(moment: datetime.datetime) -> dict[str, str]:
    """The versions of terms and withdrawal instruction under which is ordered at `moment`."""
    return versions.labels_in_force(CONTRACT, moment)


def seen(labels: dict[str, str]) -> str:
    """Versions as a form carries them, to tell whether they changed while somebody read."""
    return " ".join(labels[slug] for slug in CONTRACT)


def plain_text(slug: str, *, language: str, version: str, is_exempt: bool = False) -> str:
    """The whole text of a page in the version that was accepted, ready to be attached to a mail.

    `is_exempt`: the seller is a small business that charges no VAT (§ 19 UStG).
    Raises `versions.UnknownVersion` for a page or a version that never was.
    """
    found = versions.get(slug, version)
    return texts.filled(found, language=language, is_exempt=is_exempt)


@checks.register("legal", deploy=True)
def check_selling(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """`check --deploy` names each fact that the shop must tell before it may sell."""
    return [
        checks.Error(
            f"{one.text}.",
            hint="Set it empty if it does not apply to the merchant." if one.may_be_empty else None,
            id="legal.E001",
        )
        for one in selling.obstacles_of_settings()
    ]
