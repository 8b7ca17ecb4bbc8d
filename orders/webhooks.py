"""What payment providers tell us: verified, stored once, answered at once, worked off later."""

import logging

from django.conf import settings
from django.db import DatabaseError, DataError, InterfaceError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from psycopg_pool import PoolTimeout

from orders import inbox, jobs, payments
from orders.carriers import messages
from orders.findings import BadSignature, Message
from orders.money import declines
from orders.shipping import deliveries
from shop.kit import clock

log = logging.getLogger(__name__)

MAX_BYTES = 256 * 1024


@csrf_exempt  # Signed by the provider; no cookie is read.
@require_POST
def stripe(request: HttpRequest) -> HttpResponse:
    """200 for what is stored, 400 for what is none, 413 for too much, 503 to come again."""
    length = request.headers.get("Content-Length", "")
    if not length.isdigit() or int(length) > MAX_BYTES:
        return HttpResponse(status=413)
    try:
        message = payments.read_message(
            "stripe", request.read(MAX_BYTES + 1), request.headers.get("Stripe-Signature", "")
        )
    except BadSignature:
        return HttpResponse(status=400)
    return _store("stripe", message)


def _store(gateway: str, message: Message) -> HttpResponse:
    try:
        pk = inbox.record(gateway, message, moment=clock.now())
    except DataError:  # An id that no column holds: coming again would not make it better.
        return HttpResponse(status=400)
    except (DatabaseError, InterfaceError, PoolTimeout) as problem:
        log.error("message not stored: %s", type(problem).__name__)
        return HttpResponse(status=503, headers={"Retry-After": "30"})
    if message.is_decline and message.reference:
        declines.note(message.reference, card=message.card, event_id=message.event_id)
    if pk is not None:
        jobs.process_webhook_event.delay_on_commit(event_pk=pk)  # type: ignore[attr-defined]
    return HttpResponse(status=200)


@csrf_exempt  # Signed by the carrier; no cookie is read.
@require_POST
def carrier(request: HttpRequest, code: str) -> HttpResponse:
    """What a carrier tells of a parcel; answers as for `stripe`, 404 for an unknown carrier."""
    secrets = settings.CARRIER_WEBHOOK_SECRETS.get(code, [])
    if not secrets:
        return HttpResponse(status=404)
    length = request.headers.get("Content-Length", "")
    if not length.isdigit() or int(length) > MAX_BYTES:
        return HttpResponse(status=413)
    body = request.read(MAX_BYTES + 1)
    header = request.headers.get("X-Carrier-Signature", "")
    if not messages.is_signed(body, header, secrets, moment=clock.now()):
        return HttpResponse(status=400)
    try:
        message = messages.message(body)
    except ValueError:
        return HttpResponse(status=400)
    return _store(deliveries.inbox_of(code), message)
