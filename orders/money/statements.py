"""A statement is uploaded: read, stored once, and what is sure booked, one transaction each."""

import datetime
import hashlib
import logging
import time
from collections.abc import Mapping

from django.db import connection, transaction
from django.utils.translation import gettext as _

from accounts.models import Customer
from orders.findings import ProviderAway, ProviderRefused
from orders.models import (
    BankRule,
    BankState,
    BankStatement,
    BankTransaction,
    BankTransfer,
    Order,
)
from orders.models.bank import REMITTANCE_LENGTH
from orders.money import camt, candidates, csv_files, deciding, entries, matching
from orders.money.entries import Entry, Statement, Unreadable
from orders.receipts import ibans, transfers
from orders.states import WrongState

log = logging.getLogger(__name__)

SECONDS = 10.0  # that an upload books at once; the rest is left to the job
_LOCK = 7_430_053  # one upload at a time: two formats of the same days must see each other


def read(content: bytes, *, columns: Mapping[str, str] | None = None) -> Statement:
    """The statement in a file. Raises `Unreadable`, `UnknownLayout` for unknown columns."""
    if len(content) > entries.MAX_BYTES:
        raise Unreadable(_("The file is too large."))
    if camt.looks_like(content):
        return camt.read(content)
    return csv_files.read(content, columns=columns)


def upload(
    filename: str,
    content: bytes,
    *,
    by: Customer | None,
    moment: datetime.datetime,
    columns: Mapping[str, str] | None = None,
) -> BankStatement:
    """Store the bookings of a file that are not here yet and book the sure ones.

    The same file again changes nothing. Raises `Unreadable`; nothing is stored then.
    """
    statement = read(content, columns=columns)
    account = transfers.own()
    if account is None:
        raise Unreadable(_("The shop has no bank account: see MERCHANT_BANK_IBAN."))
    if statement.iban and ibans.compact(statement.iban) != account.iban:
        raise Unreadable(
            _("This is the statement of another account: %(iban)s.")
            % {"iban": ibans.shortened(statement.iban)}
        )
    row = _store(filename, content, statement, account.iban, by, moment)
    book_sure(moment=moment, seconds=SECONDS)
    return row


@transaction.atomic(durable=True)
def _store(
    filename: str,
    content: bytes,
    statement: Statement,
    account: str,
    by: Customer | None,
    moment: datetime.datetime,
) -> BankStatement:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    prints = entries.fingerprints(statement.entries, account=account)
    texts = [_text(one) for one in statement.entries]
    orders, keys = candidates.orders_for(texts), candidates.refund_keys(texts)
    kept = [
        (fingerprint, entry, matching.propose(entry, orders, refund_keys=keys))
        for fingerprint, entry in zip(prints, statement.entries, strict=True)
        if entry.is_credit or _concerns_us(entry, orders, keys)
    ]
    known = _known([fingerprint for fingerprint, _entry, _proposal in kept])
    fresh = [one for one in kept if one[0] not in known]
    row = BankStatement.objects.create(
        filename=filename[-120:],
        layout=statement.layout,
        sha256=hashlib.sha256(content).hexdigest(),
        actor=by,
        created_at=moment,
        count_new=len(fresh),
        count_known=len(kept) - len(fresh),
        count_left_out=len(statement.entries) - len(kept) + statement.announced,
    )
    alike = _alike([entry for _fingerprint, entry, _proposal in fresh], statement.layout)
    BankTransaction.objects.bulk_create(
        _transaction(row, fingerprint, entry, proposal, alike, moment)
        for fingerprint, entry, proposal in fresh
    )
    return row


def _text(entry: Entry) -> str:
    return f"{entry.remittance} {entry.end_to_end}"


def _concerns_us(entry: Entry, orders: matching.Orders, keys: Mapping[str, str]) -> bool:
    """Of money that went out only what has to do with an order or one of our transfers is kept."""
    text = _text(entry)
    is_ours = any(key in matching.plain(text) for key in keys)
    is_of_order = any(number in orders.by_number for number in matching.numbers_in(text))
    return is_ours or is_of_order or entry.is_return


def _known(fingerprints: list[str]) -> set[str]:
    rows = BankTransaction.objects.filter(fingerprint__in=fingerprints)
    return set(rows.values_list("fingerprint", flat=True))


def _alike(fresh: list[Entry], layout: str) -> set[str]:
    """What another format has told before: by its day, its amount and its direction."""
    wanted = {entries.likeness(entry) for entry in fresh}
    rows = BankTransaction.objects.filter(likeness__in=wanted).exclude(statement__layout=layout)
    return set(rows.values_list("likeness", flat=True))


def _transaction(
    row: BankStatement,
    fingerprint: str,
    entry: Entry,
    proposal: matching.Proposal,
    alike: set[str],
    moment: datetime.datetime,
) -> BankTransaction:
    likeness = entries.likeness(entry)
    return BankTransaction(
        statement=row,
        fingerprint=fingerprint,
        likeness=likeness,
        booked_on=entry.booked_on,
        is_credit=entry.is_credit,
        amount=entry.amount,
        currency=entry.currency,
        payer_name=entry.payer_name[:140],
        payer_iban=entry.payer_iban[:34],
        remittance=entry.remittance[:REMITTANCE_LENGTH],
        end_to_end=entry.end_to_end[:80],
        is_return=entry.is_return,
        rule=BankRule.DOUBLE if likeness in alike else proposal.rule,
        left=entry.amount,
        created_at=moment,
    )


def book_sure(*, moment: datetime.datetime, seconds: float) -> int:
    """Book what needs no decision, the oldest first, each in a transaction of its own.

    Returns how many were booked. One that cannot be booked goes to the queue of staff.
    """
    end = time.monotonic() + seconds
    done = 0
    sure = BankTransaction.objects.undecided().filter(rule__in=matching.SURE)
    for booking in sure.order_by("booked_on", "pk").iterator(chunk_size=200):
        if time.monotonic() > end:
            break
        done += _book(booking, moment)
    return done


def _book(booking: BankTransaction, moment: datetime.datetime) -> bool:
    named = candidates.orders_for([_text(as_entry(booking))], also_waiting=False)
    proposal = proposal_of(booking, named)
    try:
        if proposal.rule == BankRule.REFUND:
            deciding.recognise(booking, transfer_of(booking), by=None, moment=moment)
        elif proposal.is_sure:
            deciding.assign(booking, proposal.shares, by=None, moment=moment)
        else:
            deciding.set_rule(booking, proposal.rule)
            return False
    except deciding.AlreadyDecided:
        return False
    except (WrongState, Order.DoesNotExist, BankTransfer.DoesNotExist) as problem:
        log.warning("booking %s is left to staff: %s", booking.pk, type(problem).__name__)
        deciding.set_rule(booking, BankRule.UNKNOWN)
        return False
    except (ProviderAway, ProviderRefused) as problem:
        log.warning("booking %s later: %s", booking.pk, type(problem).__name__)
        return False
    return True


def proposal_of(
    booking: BankTransaction, orders: matching.Orders | None = None
) -> matching.Proposal:
    """What a stored booking looks like as things stand now."""
    entry = as_entry(booking)
    orders = orders or candidates.orders_for([_text(entry)])
    return matching.propose(entry, orders, refund_keys=candidates.refund_keys([_text(entry)]))


def as_entry(booking: BankTransaction) -> Entry:
    """What the bank said, of what is left of it."""
    return Entry(
        booked_on=booking.booked_on,
        amount=booking.left if booking.state == BankState.OPEN else booking.amount,
        is_credit=booking.is_credit,
        currency=booking.currency,
        payer_name=booking.payer_name,
        payer_iban=booking.payer_iban,
        remittance=booking.remittance,
        end_to_end=booking.end_to_end,
        is_return=booking.is_return,
    )


def transfer_of(booking: BankTransaction) -> BankTransfer:
    """The transfer of ours that a booking tells of. Raises `BankTransfer.DoesNotExist`."""
    text = _text(as_entry(booking))
    known = candidates.refund_keys([text])
    keys = [key for short, key in known.items() if short in matching.plain(text)]
    return BankTransfer.objects.get(end_to_end__in=keys[:1])
