"""The mails about cases with made-up data."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from content import mails


def _case() -> dict[str, Any]:
    return mails.frame("imprint", "privacy") | {
        "number": "A-2026-000012",
        "subject": _("A question about my mug"),
        "case_url": f"{settings.SITE_URL}/",
        "greeting": _("Hello %(name)s,") % {"name": "Ada Petersen"},
        "text": _("Yes, it may go into the dishwasher."),
        "files": [],
        "asked": _("May the mug go into the dishwasher?"),
        "can_reply": True,
    }


_TITLES = {
    "receipt": gettext_lazy("Message received"),
    "answer": gettext_lazy("Our answer"),
    "closed": gettext_lazy("Inquiry closed"),
}
SAMPLES = [
    mails.Sample(
        key=f"support/{kind}",
        title=title,
        template=f"support/{kind}",
        placeholders={
            "number": gettext_lazy("number of the inquiry"),
            "subject": gettext_lazy("subject of the inquiry"),
        },
        build=_case,
    )
    for kind, title in _TITLES.items()
]
