"""A stored mail becomes a message of its case, or waits for staff. No mail is ever sent from here.

Whatever comes of it, the row stays until somebody decided: nothing is lost.
"""

import datetime
import logging

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import Customer
from shop.kit import languages, locks
from support import attachments, cases, reply_addresses
from support.mailing import parsing
from support.models import Case, InboundMail, InboundState, Message, Sender, Topic

log = logging.getLogger(__name__)
MAX_TRIES = 5
WAIT = datetime.timedelta(minutes=5)


class AlreadyDecided(Exception):
    """Somebody else was faster."""

    def __str__(self) -> str:
        return _("This mail has been decided about already.")


def work_off(pk: int, *, moment: datetime.datetime) -> bool:
    """Read one stored mail. Returns whether it needs no further try; safe to call twice."""
    try:
        with transaction.atomic():
            row = locks.locked_one(InboundMail.objects.due(moment), pk=pk)
            _read(row, moment)
    except InboundMail.DoesNotExist:
        return True
    except Exception as problem:  # The row must say so and wait, whatever it was.
        log.exception("mail %s was not read", pk)
        _note_failure(pk, problem, moment)
        return False
    return True


def _read(row: InboundMail, moment: datetime.datetime) -> None:
    try:
        mail = parsing.parse(bytes(row.raw))
    except parsing.Unreadable:
        _settle(row, InboundState.UNDECIDED, _("It cannot be read."))
        return
    row.sender, row.subject, row.header_id = mail.sender, mail.subject, mail.message_id
    row.save(update_fields=["sender", "subject", "header_id"])
    case = _case_of(row, mail, moment)
    if case is not None:
        _into(row, case, mail, moment)
    elif mail.is_automatic:
        _settle(row, InboundState.IGNORED, _("Written by a machine."))
    else:
        _settle(row, InboundState.UNDECIDED, _("No case is answered by this address."))


def _case_of(row: InboundMail, mail: parsing.Parsed, moment: datetime.datetime) -> Case | None:
    for address in (row.recipient, *mail.recipients):
        if token := reply_addresses.token_in(address):
            try:
                return reply_addresses.case_of(token, moment=moment)
            except reply_addresses.Unknown:
                continue
    return None


def _into(row: InboundMail, case: Case, mail: parsing.Parsed, moment: datetime.datetime) -> Message:
    """A customer's mail goes on with the case; a machine's becomes a note and moves nothing."""
    is_known = mail.sender == case.email.lower()
    sender = Sender.NOTE if mail.is_automatic else Sender.CUSTOMER
    files, refused = _files(mail)
    with translation.override(case.language):
        text = mail.text or _("(no text)")
        message = cases.add_message(
            case,
            sender=sender,
            text=_("Automatic mail: %(text)s") % {"text": text} if mail.is_automatic else text,
            from_email="" if is_known else mail.sender,
            files=files,
            moment=moment,
        )
        if refused:
            note = _("Not kept of the mail: %(names)s") % {"names": "; ".join(refused)}
            cases.add_message(case, sender=Sender.NOTE, text=note, moment=moment)
    row.case, row.message = case, message
    row.save(update_fields=["case", "message"])
    remark = "" if is_known or mail.is_automatic else _("From another address than the case's.")
    _settle(row, InboundState.DONE, remark)
    return message


def _files(mail: parsing.Parsed) -> tuple[list[attachments.Checked], list[str]]:
    """The files that may be kept, and of the others why not."""
    kept: list[attachments.Checked] = []
    refused: list[str] = []
    for one in mail.files:
        if len(kept) == attachments.MAX_COUNT:
            refused.append(attachments.bare_name(one.name))
            continue
        try:
            kept.append(attachments.check(one))
        except attachments.Refused as problem:
            refused.append(str(problem))
    return kept, refused


def put_into(
    row: InboundMail, case: Case, *, by: Customer | None, moment: datetime.datetime
) -> Message:
    """Staff say which case it belongs to. Raises `AlreadyDecided`, `parsing.Unreadable`."""
    with transaction.atomic():
        locked = _undecided(row, by)
        return _into(locked, case, parsing.parse(bytes(locked.raw)), moment)


def open_case(row: InboundMail, *, by: Customer | None, moment: datetime.datetime) -> Case:
    """Staff make a new case of it; nobody is written to. Raises as `put_into`."""
    with transaction.atomic():
        locked = _undecided(row, by)
        mail = parsing.parse(bytes(locked.raw))
        if not mail.sender:
            raise parsing.Unreadable
        files, refused = _files(mail)
        case = cases.open_case(
            subject=mail.subject[:150] or str(Topic.OTHER.label),
            text=mail.text or _("(no text)"),
            language=languages.codes()[0],
            guest_email=mail.sender,
            files=files,
            moment=moment,
        )
        if refused:
            note = _("Not kept of the mail: %(names)s") % {"names": "; ".join(refused)}
            cases.add_message(case, sender=Sender.NOTE, text=note, moment=moment)
        locked.case = case
        locked.save(update_fields=["case"])
        _settle(locked, InboundState.DONE, "")
        return case


def set_aside(row: InboundMail, *, by: Customer | None) -> None:
    """Staff need it for nothing; it is deleted after 30 days. Raises `AlreadyDecided`."""
    with transaction.atomic():
        _settle(_undecided(row, by), InboundState.IGNORED, _("Set aside by staff."))


def _undecided(row: InboundMail, by: Customer | None) -> InboundMail:
    try:
        locked = locks.locked_one(InboundMail.objects.undecided(), pk=row.pk)
    except InboundMail.DoesNotExist as problem:
        raise AlreadyDecided from problem
    locked.decided_by = by
    locked.save(update_fields=["decided_by"])
    return locked


def _settle(row: InboundMail, state: InboundState, remark: str) -> None:
    InboundMail.objects.filter(pk=row.pk).update(state=state, remark=remark[:200])


def _note_failure(pk: int, problem: Exception, moment: datetime.datetime) -> None:
    row = InboundMail.objects.get(pk=pk)
    is_over = row.tries + 1 >= MAX_TRIES
    InboundMail.objects.filter(pk=pk, state=InboundState.NEW).update(
        tries=row.tries + 1,
        next_try_at=moment + WAIT,
        state=InboundState.UNDECIDED if is_over else InboundState.NEW,
        remark=type(problem).__name__,
    )
