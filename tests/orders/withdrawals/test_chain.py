"""What follows from a declaration: matched exactly, it takes its course; else staff decide."""

import datetime
from decimal import Decimal

import pytest
from django.core import mail

from orders import fulfilments, jobs, payments
from orders.models import (
    Download,
    OrderStatus,
    PaymentState,
    PieceWay,
    Refund,
    Return,
    Track,
    WithdrawalCase,
    WithdrawalFlag,
    WithdrawalMatch,
    WithdrawalState,
)
from orders.refunding import pieces as refund_pieces
from orders.returns import estimating
from orders.withdrawals import accepting, chain, declaring, matching, wording
from tests.orders.conftest import kinds_of, line_for, stock_of

pytestmark = pytest.mark.django_db(transaction=True)
HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def declare(moment):
    """A declaration as it comes from the form, an hour after the order; its case after the job."""

    def declare(order=None, *, at=None, pieces=None, comment="", is_quiet=False, **given):
        words = wording.Declaration(
            name="Ben Petersen",
            reference=given.get("reference", order.number if order else "?"),
            email=given.get("email", "ben@example.org"),
            language="de",
            comment=comment,
            pieces=pieces or {},
            order=order if pieces else None,
        )
        row = declaring.declare(words, moment=at or moment + HOUR, is_quiet=is_quiet)
        jobs.sweep_withdrawals()
        return WithdrawalCase.objects.get(withdrawal=row)

    return declare


def ways_of(case):
    return sorted(case.pieces.values_list("line__sku", "quantity", "way"))


def send(order, moment, **lines):
    return fulfilments.ship(
        order, carrier="DHL", tracking_number="1", by=None, moment=moment, **lines
    )


def test_what_was_not_sent_is_cancelled_and_paid_back_in_full(declare, paid_order, mug, sandbox):
    order = paid_order()

    case = declare(order)
    order.refresh_from_db()

    assert case.state == WithdrawalState.SETTLED
    assert case.match == WithdrawalMatch.EXACT
    assert order.status == OrderStatus.CANCELLED
    assert stock_of(mug) == (10, 0)
    assert Refund.objects.get().amount == order.total_gross, "the delivery fee, too (§ 357 (2))"
    assert ways_of(case) == [(mug.sku, 2, PieceWay.CANCELLED)]
    assert "withdrawal" not in kinds_of(order), "the mail of the cancellation says it"


def test_what_was_sent_comes_back_by_a_return_with_the_delivery_fee(
    declare, paid_order, mug, moment
):
    order = paid_order()
    send(order, moment)

    case = declare(order)
    entry = Return.objects.get()
    jobs.sweep_mails()

    assert case.state == WithdrawalState.ACCEPTED
    assert case.goods_return == entry
    assert entry.track == Track.WITHDRAWAL
    assert refund_pieces.amount(estimating.of_return(entry)) == order.total_gross, (
        "delivery included"
    )
    assert list(entry.lines.values_list("line__sku", "quantity")) == [(mug.sku, 2)]
    assert case.refund_until == case.withdrawal.received_at.date() + datetime.timedelta(days=14)
    assert not Refund.objects.exists(), "it may wait for the goods (§ 357 (4))"
    assert kinds_of(order).count("return") == 1
    assert "withdrawal" not in kinds_of(order), "the mail of the return says it"
    text = next(one.body for one in mail.outbox if entry.number in one.body)
    assert "2 × Becher Elbe" in text


def test_the_case_is_settled_when_its_return_is_closed(declare, paid_order, moment):
    order = paid_order()
    send(order, moment)
    case = declare(order)

    jobs.sweep_withdrawals()
    case.refresh_from_db()
    assert case.state == WithdrawalState.ACCEPTED

    Return.objects.update(state="closed", outcome="refund", closed_at=moment)
    WithdrawalCase.objects.update(next_try_at=None)
    jobs.sweep_withdrawals()
    case.refresh_from_db()
    assert case.state == WithdrawalState.SETTLED


def test_a_part_of_what_was_sent_leaves_the_rest_and_the_delivery_fee(declare, paid_order, moment):
    order = paid_order(quantity=3)
    send(order, moment)
    line = order.lines.get()

    case = declare(order, pieces={line.pk: 1})

    assert ways_of(case) == [(line.sku, 1, PieceWay.RETURN)]
    back = refund_pieces.amount(estimating.of_return(Return.objects.get()))
    assert back == line.unit_gross


def test_a_part_of_what_was_not_sent_waits_for_staff_and_is_not_shipped(
    declare, paid_order, moment
):
    order = paid_order(quantity=3)
    line = order.lines.get()

    case = declare(order, pieces={line.pk: 1})

    assert case.state == WithdrawalState.ACCEPTED
    assert ways_of(case) == [(line.sku, 1, PieceWay.BY_HAND)]
    with pytest.raises(fulfilments.NotShippable):
        send(order, moment)
    accepting.settle(case, by=None, moment=moment)
    send(order, moment, lines={line.pk: 2})


def test_what_is_being_paid_goes_to_staff(declare, place_and_start, sandbox, moment):
    order, payment = place_and_start()
    sandbox.pay_later(payment)
    payments.settle(payment.pk, moment=moment)

    case = declare(order)
    order.refresh_from_db()

    assert payment.order.payments.get().state == PaymentState.PROCESSING
    assert order.status == OrderStatus.PLACED
    assert [way for _sku, _count, way in ways_of(case)] == [PieceWay.BY_HAND]
    assert "withdrawal" in kinds_of(order)


def test_an_absent_provider_is_waited_for(declare, place_and_start, sandbox, moment):
    order, _payment = place_and_start()
    sandbox.fault("close_before", "* /v1/checkout/sessions*", count=1000)

    case = declare(order)
    assert case.state == WithdrawalState.ACCEPTED

    sandbox.world.faults.clear()
    WithdrawalCase.objects.update(next_try_at=None)
    jobs.sweep_withdrawals()
    case.refresh_from_db()
    order.refresh_from_db()
    assert case.state == WithdrawalState.SETTLED
    assert order.status == OrderStatus.CANCELLED


@pytest.mark.parametrize("written", ["{}", " {} ", "Bestellung {} vom Montag", "no. {}!"])
def test_numbers_are_known_however_they_are_written(written, declare, place):
    order = place()

    assert declare(reference=written.format(order.number.lower().replace("-", " "))).order == order


def test_letters_that_look_alike_are_one():
    assert matching.names("k-0qd 4ge", "K-O0Q-46E") is True
    assert matching.names("K-ACD-EFG-HJK", "K-ACD-EFG-HJM") is False
    assert matching.names("order 1001 of 3", "1001") is False, "a short number is all of the text"
    assert matching.names("1001", "1001") is True


def test_another_mailbox_is_looked_at_by_staff_first(declare, paid_order):
    order = paid_order()

    case = declare(order, email="eve@example.com")
    order.refresh_from_db()

    assert case.state == WithdrawalState.OPEN
    assert case.match == WithdrawalMatch.FOREIGN
    assert order.status == OrderStatus.CONFIRMED
    assert not order.events.filter(kind="withdrawal").exists()


def test_the_mailbox_is_the_same_however_it_is_written(declare, place):
    assert declare(place(), email="Ben+Widerruf@Example.org").match == WithdrawalMatch.EXACT


def test_an_unknown_number_is_likely_with_orders_and_none_without(declare, place):
    place()

    assert declare(reference="the mugs").match == WithdrawalMatch.LIKELY
    assert declare(reference="x", email="nobody@example.com").match == WithdrawalMatch.NONE


@pytest.mark.parametrize(
    ("given", "flag"),
    [
        ({"comment": "Only the blue one."}, WithdrawalFlag.COMMENT),
        ({"is_quiet": True}, WithdrawalFlag.QUIET),
    ],
)
def test_a_remark_makes_it_wait_and_stops_the_parcel(given, flag, declare, paid_order, moment):
    order = paid_order()

    case = declare(order, **given)

    assert case.state == WithdrawalState.OPEN
    assert case.flags == [flag]
    with pytest.raises(fulfilments.NotShippable):
        send(order, moment)


def test_a_late_one_is_received_and_flagged(declare, place, moment):
    long_ago = moment - datetime.timedelta(days=40)
    order = place(at=long_ago)
    order.lines.update(needs_shipping=False)
    order.mails.create(
        kind="confirmation",
        address=order.email,
        language="de",
        state="sent",
        created_at=long_ago,
        next_try_at=long_ago,
        sent_at=long_ago,
    )

    case = declare(order)

    assert case.state == WithdrawalState.OPEN
    assert WithdrawalFlag.LATE in case.flags
    assert case.ends_on < moment.date()


def test_without_an_instruction_there_are_twelve_months_more(declare, place, moment):
    order = place(at=moment - datetime.timedelta(days=40))
    order.lines.update(needs_shipping=False)

    case = declare(order)

    assert WithdrawalFlag.LATE not in case.flags
    assert (case.ends_on - order.placed_at.date()).days >= 365 + 14


def test_an_exception_is_received_and_flagged(declare, place):
    order = place()
    order.lines.update(withdrawal_exception="custom_made")

    case = declare(order)

    assert case.state == WithdrawalState.OPEN
    assert case.flags == [WithdrawalFlag.EXCEPTED]


@pytest.fixture
def downloadable(paid_order, mug, make_variant, moment):
    """A mug and a pattern, paid; the pattern may be fetched."""
    pattern = make_variant(has_stock_limit=False)
    lines = (
        line_for(mug, quantity=1),
        line_for(
            pattern,
            quantity=1,
            unit=Decimal("12.00"),
            is_digital=True,
            needs_shipping=False,
            withdrawal_exception="digital",
        ),
    )
    order = paid_order(lines=lines)
    Download.objects.create(
        order=order,
        line=order.lines.get(sku=pattern.sku),
        name="Pattern",
        sha256="0" * 64,
        size=1,
        content_type="application/pdf",
    )
    return order


def test_a_download_that_nobody_fetched_is_refunded_and_closed(declare, downloadable):
    line = downloadable.lines.get(is_digital=True)

    case = declare(downloadable, pieces={line.pk: 1})

    assert case.state == WithdrawalState.SETTLED
    assert Refund.objects.get().amount == Decimal("12.00")
    with pytest.raises(Download.DoesNotExist):
        fulfilments.download_of(downloadable, downloadable.downloads.get().pk)


def test_a_download_that_was_fetched_is_looked_at_by_staff(declare, downloadable, moment):
    fulfilments.note_download(downloadable.downloads.get(), moment=moment)
    line = downloadable.lines.get(is_digital=True)

    case = declare(downloadable, pieces={line.pk: 1})

    assert case.state == WithdrawalState.OPEN
    assert case.flags == [WithdrawalFlag.DOWNLOADED]
    assert not Refund.objects.exists()


def test_a_second_declaration_takes_nothing_back_twice(declare, paid_order, moment):
    order = paid_order()
    send(order, moment)
    declare(order)

    second = declare(order, at=moment + 30 * HOUR)

    assert second.state == WithdrawalState.SETTLED
    assert not second.pieces.exists()
    assert Return.objects.count() == 1


def test_a_decided_one_is_decided_once(declare, paid_order, moment):
    order = paid_order()
    case = declare(order, comment="?")
    pieces, _remarks = chain.look(case.withdrawal, order)
    accepting.reject(case, reason="No such right.", is_told=True, by=None, moment=moment)

    with pytest.raises(accepting.NotNow):
        accepting.accept(
            case, order, pieces, match=WithdrawalMatch.EXACT, remarks=[], by=None, moment=moment
        )
    jobs.sweep_withdrawal_mails()

    assert "No such right." in mail.outbox[-1].body
    assert not Return.objects.exists()


def test_a_rejected_heap_fills_no_mailbox(declare, moment):
    case = declare(reference="x", is_quiet=True)

    accepting.reject(case, reason="A machine.", is_told=False, by=None, moment=moment)

    assert not case.withdrawal.mails.exists()
