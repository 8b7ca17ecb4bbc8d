"""Pages of the bank: upload a statement, decide about a booking, see to transfers."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import localize
from django.utils.translation import gettext as _
from unfold.admin import ModelAdmin

from orders.admin import asking, bank_forms
from orders.models import BankStatement, BankTransaction, BankTransfer, Order
from orders.money import deciding, matching, statements, transfer_file, transferring
from orders.money.entries import UnknownLayout, Unreadable
from orders.receipts import transfers
from orders.states import WrongState
from shop import staff_pages
from shop.kit import clock

_REFUSALS = (deciding.AlreadyDecided, WrongState, Order.DoesNotExist, BankTransfer.DoesNotExist)
QUEUE = "admin:orders_money"


def upload(page: ModelAdmin, request: HttpRequest) -> HttpResponse:
    """Ask for a file; book what is sure, leave the rest to the queue."""
    columns: list[str] | None = None
    is_sent = request.method == "POST"
    form = bank_forms.UploadForm(
        request.POST if is_sent else None, request.FILES if is_sent else None
    )
    if is_sent and form.is_valid():
        try:
            row = _uploaded(request, form.cleaned_data["file"])
        except UnknownLayout as problem:
            columns = problem.columns
            form = bank_forms.UploadForm(request.POST, request.FILES, columns=columns)
            form.add_error(None, problem.message)
        except Unreadable as problem:
            form.add_error("file", problem.message)
        else:
            messages.success(request, _told(row))
            return redirect(QUEUE)
    return staff_pages.ask(
        page,
        request,
        title=_("Upload a bank statement"),
        form=form,
        submit_text=_("Upload"),
        back_url=reverse(QUEUE),
        text=_(
            "A booking that names its order is booked at once, all others wait in the queue. The"
            " same statement may be uploaded again: nothing is booked twice."
        ),
    )


def _uploaded(request: HttpRequest, file: Any) -> BankStatement:
    columns = bank_forms.columns_in(request.POST)
    if file.size > statements.entries.MAX_BYTES:
        raise Unreadable(_("The file is too large."))
    return statements.upload(
        file.name,
        file.read(),
        by=staff_pages.staff(request),
        moment=clock.now(),
        columns=columns or None,
    )


def _told(row: BankStatement) -> str:
    return _("%(new)d new bookings, %(known)d known before, %(left_out)d left out.") % {
        "new": row.count_new,
        "known": row.count_known,
        "left_out": row.count_left_out,
    }


def assign(page: ModelAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
    """Ask which orders it is for; the proposal stands there already."""

    def act(row: BankTransaction, given: dict[str, Any]) -> str:
        deciding.assign(row, given["shares"], by=staff_pages.staff(request), moment=clock.now())
        return _("Booked.")

    return _ask(page, request, object_id, bank_forms.AssignForm, _("Assign to orders"), act)


def give_back(page: ModelAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
    """Ask for the account; the money goes back by a transfer that staff carry out."""

    def act(row: BankTransaction, given: dict[str, Any]) -> str:
        deciding.give_back(row, **given, by=staff_pages.staff(request), moment=clock.now())
        return _("It waits among the transfers to be made.")

    return _ask(page, request, object_id, bank_forms.AccountForm, _("Give back"), act)


def ignore(page: ModelAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
    """Ask why; the booking stays, and nobody is asked again."""

    def act(row: BankTransaction, given: dict[str, Any]) -> str:
        deciding.ignore(row, **given, by=staff_pages.staff(request), moment=clock.now())
        return _("Ignored.")

    return _ask(page, request, object_id, bank_forms.ReasonForm, _("Ignore"), act)


def recognise(page: ModelAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
    """A transfer of ours came back, or went out: say so."""

    def act(row: BankTransaction, given: dict[str, Any]) -> str:
        transfer = statements.transfer_of(row)
        deciding.recognise(row, transfer, by=staff_pages.staff(request), moment=clock.now())
        return _("Noted at the transfer.")

    return _ask(page, request, object_id, staff_pages.AskForm, _("It is our transfer"), act)


def carried_out(page: ModelAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
    """The transfer was made: the refund is done."""

    def act(row: BankTransfer, given: dict[str, Any]) -> str:
        transferring.carried_out(row, by=staff_pages.staff(request), moment=clock.now())
        return _("Done. The customer gets a mail.")

    return _ask(page, request, object_id, staff_pages.AskForm, _("Carried out"), act)


def came_back(page: ModelAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
    """The bank could not do it: the money is here again."""

    def act(row: BankTransfer, given: dict[str, Any]) -> str:
        transferring.came_back(row, by=staff_pages.staff(request), moment=clock.now())
        return _("Noted: the money is here again.")

    return _ask(page, request, object_id, staff_pages.AskForm, _("Came back"), act)


def address(page: ModelAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
    """Ask where the money goes."""

    def act(row: BankTransfer, given: dict[str, Any]) -> str:
        transferring.address(row, **given, by=staff_pages.staff(request))
        return _("Kept.")

    return _ask(page, request, object_id, bank_forms.AccountForm, _("Enter account"), act)


def put_back(page: ModelAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
    """The file never reached the bank."""

    def act(row: BankTransfer, given: dict[str, Any]) -> str:
        transferring.put_back(row, by=staff_pages.staff(request))
        return _("It waits again.")

    return _ask(page, request, object_id, staff_pages.AskForm, _("Put back"), act)


def export(page: ModelAdmin, request: HttpRequest) -> HttpResponse:
    """All that wait, as a file for the bank; each transfer is in one file only."""
    account = transfers.own()
    if request.method != "POST":
        return staff_pages.ask(
            page,
            request,
            title=_("File for the bank"),
            form=staff_pages.AskForm(),
            submit_text=_("Make the file"),
            back_url=reverse("admin:orders_banktransfer_changelist"),
            text=_(
                "All transfers that wait and have an IBAN go into one SEPA file (pain.001). Give"
                " it to your bank, then say of each that it was carried out."
            ),
        )
    moment = clock.now()
    rows = transferring.take_out(by=staff_pages.staff(request), moment=moment) if account else []
    if account is None or not rows:
        messages.error(request, _("No transfer with an IBAN waits."))
        return redirect("admin:orders_banktransfer_changelist")
    response = HttpResponse(
        transfer_file.pain_001(rows, account, moment=moment), content_type="application/xml"
    )
    response["Content-Disposition"] = f'attachment; filename="sepa-{moment:%Y%m%d-%H%M%S}.xml"'
    response["Cache-Control"] = "no-store"
    return response


def _ask(
    page: ModelAdmin,
    request: HttpRequest,
    object_id: str,
    form_class: type[forms.Form],
    title: str,
    act: Callable[[Any, dict[str, Any]], str],
) -> HttpResponse:
    row = staff_pages.row_of(page, request, object_id)
    data = request.POST if request.method == "POST" else None
    return asking.answer(
        page,
        request,
        row,
        form=form_class(data, initial=_initial(row)),
        title=title,
        act=act,
        refusals=_REFUSALS,
        back_url=reverse(QUEUE),
        text=_facts(row),
    )


def _initial(row: BankTransaction | BankTransfer) -> dict[str, str]:
    if isinstance(row, BankTransfer):
        return {"name": row.name, "iban": row.iban}
    shares = as_text(statements.proposal_of(row))
    return {"name": row.payer_name, "iban": row.payer_iban, "shares": shares}


def as_text(proposal: matching.Proposal) -> str:
    """The proposal as staff would type it."""
    shares = ((number, localize(amount)) for number, amount in proposal.shares)
    return "\n".join(f"{number} {amount}" for number, amount in shares)


def _facts(row: BankTransaction | BankTransfer) -> str:
    if isinstance(row, BankTransfer):
        return f"{row.amount} EUR · {row.name} · {row.reference}"
    parts = [str(row), row.payer_name, row.remittance, str(row.get_rule_display())]
    return " · ".join(filter(None, parts))
