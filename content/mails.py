"""All mails of the shop with sample data: what staff look at, edit, and tests hold to the rules.

Each app lists its own in `mail_samples.py` as `SAMPLES`; a house test finds mails without one.
"""

import dataclasses
import functools
import importlib
import importlib.util
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urljoin

from django.apps import apps
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise

from content import merchant
from content.models import LegalPage
from shop.kit import mail

_MODULE = "mail_samples"
TO = "customer@example.com"
# The order number must be in the subject: people search their mails by it.
IN_SUBJECT = ("order.number",)


@dataclasses.dataclass(frozen=True, slots=True)
class Sample:
    """One mail. `key` names it for staff and in the table, `template` the three files.

    `placeholders` are the values of the context that staff may use in their own words, each with
    what it is. `build` gives the context, in the active language, as the app's own builder does.
    """

    key: str
    title: str | Promise
    template: str
    placeholders: Mapping[str, str | Promise]
    build: Callable[[], dict[str, Any]]


@functools.cache
def samples() -> dict[str, Sample]:
    """Every mail by its key, in the order of the apps."""
    found: dict[str, Sample] = {}
    for config in apps.get_app_configs():
        name = f"{config.name}.{_MODULE}"
        if config.name in settings.INSTALLED_APPS and importlib.util.find_spec(name):
            found |= {one.key: one for one in importlib.import_module(name).SAMPLES}
    return found


def preview(
    sample: Sample, language: str, wordings: Mapping[str, str] | None = None
) -> EmailMultiAlternatives:
    """The mail with sample data. `wordings` stand in for what is saved: subject, intro, closing."""
    with translation.override(language):
        context = {"mail": sample.key} | sample.build()
    if wordings is not None:
        context["wordings"] = dict(wordings)
    return mail.message(sample.template, context, to=TO, language=language)


def html_of(message: EmailMultiAlternatives) -> str:
    """The part of a mail that mail programs show."""
    return str(message.alternatives[0][0])


def frame(*pages: str) -> dict[str, Any]:
    """What the frame of every mail needs, in the active language; `pages`: legal pages to name."""
    return {
        "merchant": merchant.merchant(),
        "legal_links": [
            {
                "name": str(LegalPage(page).label),
                "url": urljoin(settings.SITE_URL, reverse("legal", args=[page])),
            }
            for page in pages or ("imprint", "privacy")
        ],
    }
