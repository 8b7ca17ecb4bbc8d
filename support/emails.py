"""The mails about a case, rendered when they are sent, in the case's language."""

from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from shop import legal
from shop.kit import mail
from support import access, reply_addresses
from support.models import Case, CaseMail, CaseMailKind, InboundMail, Message, Sender

_LEGAL_PAGES = ("imprint", "privacy")
_MOST_REFERENCES = 20
# Written by a machine (RFC 3834): no programme that answers for people answers these.
_BY_MACHINE = (CaseMailKind.RECEIPT, CaseMailKind.CLOSED)


def build(row: CaseMail) -> EmailMultiAlternatives:
    """The mail of an outbox row, in the thread of the mails before it."""
    case = row.case
    reply_to = reply_addresses.address_of(case)
    with translation.override(row.language):
        context = _common(case, row) | {"can_reply": bool(reply_to)}
    message = mail.message(f"support/{row.kind}", context, to=row.address, language=row.language)
    if reply_to:
        message.reply_to = [reply_to]
    message.extra_headers |= _thread(row)
    if row.kind in _BY_MACHINE:
        message.extra_headers |= {
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
        }
    return message


def _common(case: Case, row: CaseMail) -> dict[str, Any]:
    answer = row.answer
    return {
        "number": case.number,
        "subject": case.subject,
        "case_url": access.url_of(case),
        "greeting": _("Hello %(name)s,") % {"name": case.name} if case.name else _("Hello,"),
        "text": answer.text if answer else "",
        "files": [one.name for one in answer.attachments.order_by("pk")] if answer else [],
        "asked": _asked(case),
        "merchant": legal.merchant(),
        "legal_links": [
            {"name": str(one["name"]), "url": urljoin(settings.SITE_URL, one["url"])}
            for one in legal.links()
            if one["slug"] in _LEGAL_PAGES
        ],
    }


def _asked(case: Case) -> str:
    """What the customer wrote last, to be read below the answer."""
    rows = Message.objects.filter(case=case, sender=Sender.CUSTOMER).order_by("-created_at", "-pk")
    last = rows.first()
    return last.text if last else ""


def _thread(row: CaseMail) -> dict[str, str]:
    """Mail programs show as one conversation what names the mails before it (RFC 5322, 3.6.4)."""
    ours = CaseMail.objects.filter(
        Q(case=row.case) | Q(case__merged_into=row.case), created_at__lte=row.created_at
    )
    theirs = InboundMail.objects.filter(case=row.case).exclude(header_id="")
    before = [
        (moment, mail.header_id(message_id))
        for moment, message_id in ours.exclude(pk=row.pk).values_list("created_at", "message_id")
    ] + list(theirs.filter(received_at__lte=row.created_at).values_list("received_at", "header_id"))
    ids = [one for _moment, one in sorted(before)][-_MOST_REFERENCES:]
    return {"In-Reply-To": ids[-1], "References": " ".join(ids)} if ids else {}
