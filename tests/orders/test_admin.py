"""Staff see everything of an order, change nothing by hand, and act through the process modules."""

import dataclasses
from decimal import Decimal

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from accounts.models import Customer
from orders import books, payments
from orders.drafts import DiscountDraft, VatDraft
from orders.models import Order, OrderMail, WebhookEvent
from orders.refunding import returned
from shop.kit.money import rounded
from tests.orders.conftest import kinds_of, line_for, stock_of

pytestmark = [
    pytest.mark.django_db(transaction=True),
    # Unfold 0.110 still overrides it in the old way.
    pytest.mark.filterwarnings("ignore:Overriding get_action_choices"),
]


@pytest.fixture
def client(sam):
    client = Client()
    client.force_login(sam)
    return client


def page(order):
    return reverse("admin:orders_order_change", args=[order.pk])


def act(client, order, name, **given):
    path = reverse(f"admin:orders_order_{name}", args=[order.pk])
    asked = client.get(path)
    assert asked.status_code == 200
    return client.post(path, {"is_meant": "True", **given}, follow=True)


def said(answer):
    return [str(message) for message in answer.context["messages"]]


LISTS = ["order", "payment", "refund", "webhookevent", "ordermail"]


@pytest.mark.parametrize("model", LISTS)
def test_every_list_opens(client, paid_order, moment, model):
    paid_order()

    assert client.get(reverse(f"admin:orders_{model}_changelist")).status_code == 200
    assert client.get(reverse(f"admin:orders_{model}_changelist") + "?q=K-").status_code == 200


def test_the_list_finds_by_number_email_and_sku(client, place, mug, make_variant):
    order, other = place(), place(variant=make_variant(), email="carol@example.org")
    path = reverse("admin:orders_order_changelist")

    for word in (order.number, "ben@example.org", mug.sku):
        text = client.get(path, {"q": word}).content.decode()
        assert order.number in text, word
        assert other.number not in text, word


def test_the_page_of_an_order_shows_it_whole(client, paid_order):
    order = paid_order()

    text = client.get(page(order)).content.decode()

    for fact in (order.number, "ben@example.org", "Becher Elbe", "Deichstraße 7", "52,90"):
        assert fact in text, fact
    assert 'name="_save"' not in text


def test_nothing_is_added_changed_or_deleted_by_hand(client, place):
    order = place()

    assert client.get(reverse("admin:orders_order_add")).status_code == 403
    assert client.post(page(order), {"email": "x@example.org"}).status_code == 403
    path = reverse("admin:orders_order_delete", args=[order.pk])
    assert client.post(path, {"post": "yes"}).status_code == 403
    order.refresh_from_db()
    assert order.email == "ben@example.org"


def test_every_row_can_be_looked_at(client, paid_order, sandbox):
    order = paid_order()
    sandbox.deliver(sandbox.events()[0])

    for row in (order.payments.get(), order.mails.get(), WebhookEvent.objects.get()):
        name = f"admin:orders_{row._meta.model_name}_change"
        assert client.get(reverse(name, args=[row.pk])).status_code == 200


def test_marking_as_shipped_sends_the_parcel_and_the_mail(client, paid_order, mug, sam):
    order = paid_order()

    answer = act(client, order, "ship", carrier="DHL", tracking_number="0034")

    assert answer.status_code == 200
    parcel = order.fulfilments.get()
    assert (parcel.carrier, parcel.tracking_number, parcel.actor) == ("DHL", "0034", sam)
    assert stock_of(mug) == (8, 0)
    assert kinds_of(order) == ["confirmation", "shipped"]


def test_a_refusal_is_a_sentence_not_an_error(client, place, mug):
    order = place()

    answer = act(client, order, "ship", carrier="DHL", tracking_number="0034")

    assert answer.status_code == 200
    assert order.number in said(answer)[0]
    assert not order.fulfilments.exists()
    assert stock_of(mug) == (10, 2)


def test_a_form_that_is_not_filled_in_is_shown_again(client, paid_order):
    order = paid_order()
    path = reverse("admin:orders_order_ship", args=[order.pk])

    answer = client.post(path, {"is_meant": "True", "carrier": ""})

    assert answer.status_code == 422
    assert answer.context["form"].errors["carrier"]
    assert not order.fulfilments.exists()


@pytest.mark.parametrize(
    "name", ["ship", "cancel", "refund", "complete", "resend_confirmation", "check_payment"]
)
def test_opening_a_question_does_nothing(client, paid_order, name):
    order = paid_order()
    events = order.events.count()

    client.get(reverse(f"admin:orders_order_{name}", args=[order.pk]))

    order.refresh_from_db()
    assert order.status == "confirmed"
    assert order.events.count() == events
    assert kinds_of(order) == ["confirmation"]


def test_cancelling_gives_goods_and_money_back(client, paid_order, sandbox, mug):
    order = paid_order()

    act(client, order, "cancel", reason="asked by phone")

    order.refresh_from_db()
    assert (order.status, order.payment_status) == ("cancelled", "refunded")
    assert stock_of(mug) == (10, 0)
    assert [row["amount"] for row in sandbox.refunds()] == [5290]


def test_refunding_offers_what_is_left_and_refuses_more(client, paid_order, sandbox):
    order = paid_order()

    act(client, order, "refund", amount="12.90", reason="scratched")
    answer = act(client, order, "refund", amount="40.01", reason="too much")

    assert [row["amount"] for row in sandbox.refunds()] == [1290]
    assert "40.00" in said(answer)[0] or "40,00" in said(answer)[0]
    asked = client.get(reverse("admin:orders_order_refund", args=[order.pk]))
    assert asked.context["form"]["amount"].value() == Decimal("40.00")
    in_german = client.get(asked.wsgi_request.path, headers={"Accept-Language": "de"})
    assert 'value="40,00"' in in_german.content.decode()
    assert 'type="number" name="amount"' not in in_german.content.decode()


def test_pieces_and_delivery_are_refunded_at_what_was_paid_for_them(client, place, sandbox, moment):
    """Two mugs of 24.00 less 5.00, delivery 4.90: one of them and the delivery are 26.40."""
    line = line_for(place().lines.get().variant, discount_gross=Decimal("5.00"))
    net = rounded(Decimal("43.00") / Decimal("1.19"))
    line = dataclasses.replace(line, net=net, vat=Decimal("43.00") - net)
    share = DiscountDraft(
        kind="order",
        promotion_code="five",
        name="Five",
        gross=Decimal("5.00"),
        shares=((0, Decimal("5.00")),),
    )
    rate = VatDraft(
        rate=Decimal("19.00"), net=Decimal("40.25"), vat=Decimal("7.65"), gross=Decimal("47.90")
    )
    order = place(
        lines=(line,),
        discounts=(share,),
        discount_gross=Decimal("5.00"),
        total_gross=Decimal("47.90"),
        vat_sums=(rate,),
    )
    payments.start(order, moment=moment)
    sandbox.pay(order.payments.get())
    payments.settle(order.payments.get().pk, moment=moment)
    key = f"pieces_{order.lines.get().pk}"

    act(client, order, "refund", amount="47,90", reason="first", **{key: "1"})
    act(client, order, "refund", amount="", reason="scratched", **{key: "1"}, with_delivery="on")
    act(client, order, "refund", amount="", reason="more than bought", **{key: "3"})
    act(client, order, "refund", amount="1.00", reason="which of the two", **{key: "1"})

    assert [row["amount"] for row in sandbox.refunds()] == [2150, 2640]
    assert returned.pieces_back(order) == {order.lines.get().pk: 2}
    assert {name for name, find in books.CHECKS if find()} == set()


@pytest.mark.parametrize("amount", ["0", "-1", "1.001", "viel", ""])
def test_no_nonsense_is_refunded(client, paid_order, sandbox, amount):
    order = paid_order()

    act(client, order, "refund", amount=amount, reason="test")

    assert sandbox.refunds() == []


def test_checking_the_payment_asks_the_provider(client, place_and_start, sandbox):
    order, payment = place_and_start()
    sandbox.pay(payment)

    act(client, order, "check_payment")

    order.refresh_from_db()
    assert order.payment_status == "paid"


def test_the_confirmation_can_be_sent_again(client, paid_order, sam):
    order = paid_order()

    act(client, order, "resend_confirmation")

    assert order.mails.filter(kind="confirmation").count() == 2
    event = order.events.last()
    assert (event.kind, event.actor) == ("mail", sam)


def test_without_the_right_to_change_staff_only_look(client, paid_order, sandbox, mug):
    order = paid_order()
    viewer = Customer.objects.create_user("vera@kontor.example", None, is_staff=True)
    viewer.user_permissions.add(Permission.objects.get(codename="view_order"))
    client.force_login(viewer)

    assert client.get(page(order)).status_code == 200
    for name in ("ship", "cancel", "refund", "complete", "resend_confirmation", "check_payment"):
        path = reverse(f"admin:orders_order_{name}", args=[order.pk])
        assert client.get(path).status_code == 403, name
        assert client.post(path, {"is_meant": "True"}).status_code == 403, name
    order.refresh_from_db()
    assert order.status == "confirmed"
    assert stock_of(mug) == (10, 2)


def test_without_any_right_staff_see_nothing(client, place):
    order = place()
    client.force_login(Customer.objects.create_user("nil@kontor.example", None, is_staff=True))

    assert client.get(page(order)).status_code == 403
    assert client.get(reverse("admin:orders_order_changelist")).status_code == 403


def test_shoppers_are_asked_to_sign_in(place):
    client = Client()
    client.force_login(Customer.objects.create_user("ada@example.org", None))

    assert client.get(page(place())).status_code == 302


def test_given_up_messages_and_mails_get_another_try(client, place, moment):
    order = place()
    OrderMail.objects.update(state="dead", tries=12)
    event = WebhookEvent.objects.create(
        gateway="stripe",
        event_id="evt_dead",
        type="checkout.session.completed",
        payload={},
        received_at=moment,
        next_try_at=moment,
        is_dead=True,
        tries=8,
    )

    for row in (order.mails.get(), event):
        client.post(
            reverse(f"admin:orders_{row._meta.model_name}_changelist"),
            {"action": "try_again", "_selected_action": [row.pk]},
        )

    event.refresh_from_db()
    assert (event.is_dead, event.tries) == (False, 0)
    assert (order.mails.get().state, order.mails.get().tries) == ("queued", 0)


def test_an_order_that_does_not_exist_is_a_404(client):
    assert client.get(reverse("admin:orders_order_ship", args=[10**9])).status_code == 404


def test_a_list_of_many_orders_needs_no_more_statements(
    client, place, make_variant, django_assert_max_num_queries
):
    mug = make_variant(pieces=100)
    for _number in range(12):
        place(variant=mug, quantity=1)

    with django_assert_max_num_queries(21):  # what all pages share is cold, the VAT scheme too
        client.get(reverse("admin:orders_order_changelist"))
    assert Order.objects.count() == 12
