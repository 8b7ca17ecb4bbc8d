"""Reading the demo's mails in the browser."""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import formats, timezone
from django.utils.csp import CSP
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_safe

from content import mails
from demo import mailbox
from shop.kit import languages

LIMIT = 200
# The page shows the mail's own HTML in a frame, and nothing else is allowed one.
_READER_CSP: dict[str, Any] = {**settings.SECURE_CSP, "frame-src": [CSP.SELF]}
# What comes by mail is a stranger: no script, no network, styles as mail programs allow them.
_LETTER_CSP: dict[str, Any] = {
    "sandbox": "allow-popups allow-popups-to-escape-sandbox",
    "default-src": [CSP.NONE],
    "img-src": [CSP.SELF, "data:"],
    "style-src": [CSP.UNSAFE_INLINE],
    "frame-ancestors": [CSP.SELF],
}


@never_cache
@require_safe
def mail_list(request: HttpRequest) -> HttpResponse:
    """All mails, newest first."""
    rows = [_row(heading) for heading in mailbox.newest(limit=LIMIT)]
    context = {
        "rows": rows,
        "folder": settings.MAIL_DIR,
        "hidden": mailbox.count() - len(rows),
    }
    return _private(render(request, "demo/mail_list.html", context))


@never_cache
@require_safe
@csp_override(_READER_CSP)
def mail_detail(request: HttpRequest, name: str) -> HttpResponse:
    """One mail: its heading, its HTML part in a frame, its text, its attachments."""
    mail = _mail(name)
    context = {"mail": mail, "row": _row(mail.heading)}
    return _private(render(request, "demo/mail_detail.html", context))


@never_cache
@require_safe
@xframe_options_sameorigin
@csp_override(_LETTER_CSP)
def mail_html(request: HttpRequest, name: str) -> HttpResponse:
    """The HTML part alone; its links open in a window of their own."""
    html = _mail(name).html
    if not html:
        raise Http404
    return _private(HttpResponse(html.replace("<head>", '<head><base target="_blank">', 1)))


@never_cache
@require_safe
def mail_source(request: HttpRequest, name: str) -> HttpResponse:
    """The `.eml` file."""
    _mail(name)
    return _download(mailbox.source(name), filename=name, content_type="message/rfc822")


@never_cache
@require_safe
def mail_attachment(request: HttpRequest, name: str, number: int) -> HttpResponse:
    """One attachment, counted from 1."""
    attachments = _mail(name).attachments
    if not 1 <= number <= len(attachments):
        raise Http404
    one = attachments[number - 1]
    return _download(one.content, filename=one.filename, content_type=one.content_type)


@require_safe
def sample_list(request: HttpRequest) -> HttpResponse:
    """Every mail of the shop with sample data, in each language."""
    rows = [
        {"key": key, "title": sample.title, "codes": languages.codes()}
        for key, sample in mails.samples().items()
    ]
    return _private(render(request, "demo/sample_list.html", {"rows": rows}))


@require_safe
@csp_override(_READER_CSP)
def sample_detail(request: HttpRequest, key: str, code: str) -> HttpResponse:
    """One mail with sample data: subject, HTML in a frame, text."""
    context = {"message": _sample(key, code), "key": key, "code": code}
    return _private(render(request, "demo/sample_detail.html", context))


@require_safe
@xframe_options_sameorigin
@csp_override(_LETTER_CSP)
def sample_html(request: HttpRequest, key: str, code: str) -> HttpResponse:
    """The HTML part alone."""
    return _private(HttpResponse(mails.html_of(_sample(key, code))))


def _sample(key: str, code: str) -> EmailMultiAlternatives:
    sample = mails.samples().get(key)
    if sample is None or code not in languages.codes():
        raise Http404
    return mails.preview(sample, code)


def _mail(name: str) -> mailbox.Mail:
    try:
        return mailbox.read(name)
    except mailbox.NoSuchMail as problem:
        raise Http404 from problem


def _row(heading: mailbox.Heading) -> dict[str, str]:
    moment = timezone.localtime(heading.sent_at)
    return {
        "name": heading.name,
        "subject": heading.subject,
        "sender": heading.sender,
        "recipients": heading.recipients,
        "sent": formats.date_format(moment, "SHORT_DATETIME_FORMAT"),
    }


def _download(content: bytes, *, filename: str, content_type: str) -> HttpResponse:
    disposition = content_disposition_header(as_attachment=True, filename=filename)
    headers = {"Content-Disposition": disposition or "attachment"}
    return _private(HttpResponse(content, content_type=content_type, headers=headers))


def _private(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
