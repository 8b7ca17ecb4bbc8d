"""Mails that a mail service hands in: signed, stored once, answered at once, read later."""

import hashlib
import hmac
import logging

from django.conf import settings
from django.db import DatabaseError, InterfaceError
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from psycopg_pool import PoolTimeout

from shop.kit import clock
from support import jobs
from support.mailing import parsing, receiving

log = logging.getLogger(__name__)

TOLERANCE_SECONDS = 300


@csrf_exempt  # Signed by the mail service; no cookie is read.
@require_POST
def mail(request: HttpRequest) -> HttpResponse:
    """The raw mail as the body. `X-Timestamp`: seconds since 1970, `X-Signature`: the HMAC-SHA256
    in hex of timestamp, a point and the body; `X-Recipient`: for whom.

    200 for what is stored, 400 for what is none of the service's, 413 for too much, 503 to come
    again. 404 where no secret is set.
    """
    if not settings.SUPPORT_MAIL_SECRET:
        raise Http404
    length = request.headers.get("Content-Length", "")
    if not length.isdigit() or int(length) > parsing.MAX_BYTES:
        return HttpResponse(status=413)
    raw = request.read(parsing.MAX_BYTES + 1)
    if not _is_signed(request, raw):
        return HttpResponse(status=400)
    return _stored(raw, request.headers.get("X-Recipient", ""))


def _stored(raw: bytes, recipient: str) -> HttpResponse:
    try:
        pk = receiving.receive(raw, recipient=recipient, moment=clock.now())
    except (DatabaseError, InterfaceError, PoolTimeout) as problem:
        log.error("mail not stored: %s", type(problem).__name__)
        return HttpResponse(status=503, headers={"Retry-After": "30"})
    if pk is not None:
        jobs.read_mail.delay_on_commit(mail_pk=pk)  # type: ignore[attr-defined]
    return HttpResponse(status=200)


def _is_signed(request: HttpRequest, raw: bytes) -> bool:
    stamp = request.headers.get("X-Timestamp", "")
    given = request.headers.get("X-Signature", "").removeprefix("sha256=")
    if not (stamp.isascii() and stamp.isdigit()) or not given.isascii():
        return False
    is_fresh = abs(clock.now().timestamp() - int(stamp[:12])) <= TOLERANCE_SECONDS
    return hmac.compare_digest(signature(raw, stamp=stamp), given) and is_fresh


def signature(raw: bytes, *, stamp: str) -> str:
    """What a service puts into `X-Signature`."""
    key = settings.SUPPORT_MAIL_SECRET.encode()
    return hmac.new(key, stamp.encode() + b"." + raw, hashlib.sha256).hexdigest()
