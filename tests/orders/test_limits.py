"""Stolen cards are not tried here, and those who pay notice nothing: docs/algorithms/abuse.md."""

import pytest
from django.core.cache import cache
from django.test import Client

from accounts.models import Customer
from demo.payment_sandbox import paying as buyer
from orders import access, jobs, lifecycle
from orders.models import Order, OrderStatus, Payment, PaymentState, WebhookEvent
from orders.money import declines, paying
from shop.kit import limits
from tests.making import make_customer
from tests.pages import Page

pytestmark = pytest.mark.django_db(transaction=True)
WAIT = "Zu viele Bezahlseiten wurden von Ihrem Anschluss aus geöffnet."
DECLINED = "Die Zahlung wurde mehrmals abgelehnt."


@pytest.fixture
def mug(make_variant):
    return make_variant(pieces=500)


def at(address, agent="Firefox"):
    return Client(REMOTE_ADDR=address, headers={"User-Agent": agent})


def open_page(order, client):
    """Press "pay" on the page of the order. Returns where it leads to."""
    answer = client.post(f"{access.path_of(order)}payment/")
    assert answer.status_code == 303
    return answer["Location"]


def is_page(location, sandbox):
    return location.startswith(sandbox.box.url)


def paid(order, sandbox):
    payment = order.payments.live().get()
    sandbox.pay(payment)
    deliver_all(sandbox)
    order.refresh_from_db()
    assert order.status == OrderStatus.CONFIRMED


def deliver_all(sandbox):
    for event in sandbox.events():
        assert sandbox.deliver(event).status_code == 200
    while jobs.sweep_webhook_events():
        continue


def decline(order, sandbox, card=""):
    payment = order.payments.live().get()
    sandbox.act(payment, lambda world, session: buyer.decline(world, session, card=card))
    deliver_all(sandbox)


# --- Payment pages --------------------------------------------------------------------------------


def test_five_payment_pages_in_ten_minutes_are_enough_for_one_visitor(place, sandbox):
    orders = [place() for _number in range(7)]
    ben, carol = at("203.0.113.7"), at("203.0.113.7", "Safari")

    opened = [is_page(open_page(order, ben), sandbox) for order in orders[:6]]
    beside = open_page(orders[6], carol)
    page = Page(ben.get(open_page(orders[5], ben)))

    assert opened == [True] * 5 + [False]
    assert is_page(beside, sandbox)
    assert WAIT in page.text
    assert "in 10 Minuten" in page.text
    assert Payment.objects.filter(order=orders[5]).get().state == PaymentState.NEW
    assert len(sandbox.sessions()) == 6


def test_ten_an_hour_are_enough_for_a_network_and_other_networks_are_not_hit(place, sandbox):
    orders = [place() for _number in range(14)]
    locations = [
        open_page(order, at(f"203.0.113.{number}", f"Bot {number}"))
        for number, order in enumerate(orders[:12])
    ]
    beside = open_page(orders[12], at("198.51.100.9"))

    assert [is_page(one, sandbox) for one in locations] == [True] * 10 + [False] * 2
    assert locations[-1].endswith("?limited=60")
    assert "in 60 Minuten" in Page(Client().get(locations[-1])).text
    assert is_page(beside, sandbox)


def test_the_same_page_again_is_not_counted_again(place, sandbox):
    order, ben = place(), at("203.0.113.7")

    pages = {open_page(order, ben) for _press in range(9)}

    assert len(pages) == 1
    assert is_page(pages.pop(), sandbox)
    assert not limits.is_spent((paying.PAGES_PER_NETWORK, "203.0.113.0/24"))


def test_those_who_pay_are_given_back_what_they_took(place, sandbox):
    ben = at("203.0.113.7")

    for _purchase in range(12):
        order = place()
        assert is_page(open_page(order, ben), sandbox)
        paid(order, sandbox)

    assert Order.objects.filter(status=OrderStatus.CONFIRMED).count() == 12


def test_a_customer_who_has_bought_before_is_not_refused_for_the_neighbours(place, sandbox, moment):
    ada: Customer = make_customer()
    Order.objects.filter(pk=place().pk).update(customer=ada, status=OrderStatus.CONFIRMED)
    new = make_customer()
    for number in range(10):
        open_page(place(), at(f"203.0.113.{number}", f"Bot {number}"))

    found = {}
    for customer in (ada, new):
        client = at("203.0.113.200")
        client.force_login(customer)
        found[customer.pk] = is_page(open_page(place(), client), sandbox)

    assert found == {ada.pk: True, new.pk: False}


def test_a_provider_that_is_away_costs_nobody_a_try(place, sandbox):
    sandbox.fault("500", "POST /v1/checkout/sessions", count=100)
    ben = at("203.0.113.7")

    for _order in range(7):
        assert "unreachable" in open_page(place(), ben)

    assert not limits.is_spent((paying.PAGES_PER_VISITOR, "203.0.113.7/32 Firefox"))


def test_without_a_cache_server_the_process_counts_and_people_can_pay(place, sandbox, settings):
    away = {**settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:1/0"}
    settings.CACHES = {"default": away}
    ben = at("203.0.113.7")

    opened = [is_page(open_page(place(), ben), sandbox) for _order in range(7)]

    assert opened == [True] * 5 + [False] * 2


def test_whom_nobody_can_tell_apart_nobody_refuses(place, sandbox, settings):
    """A proxy that nobody said to trust: all visitors have its address."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 0
    for number in range(12):
        client = Client(REMOTE_ADDR="10.0.0.2", headers={"X-Forwarded-For": f"198.51.100.{number}"})
        assert is_page(open_page(place(), client), sandbox)


# --- Declined cards -------------------------------------------------------------------------------


def test_after_three_declines_the_page_is_closed_and_opens_again_later(place, sandbox):
    order, ben = place(), at("203.0.113.7")
    open_page(order, ben)

    for _try in range(2):
        decline(order, sandbox)
    before = is_page(open_page(order, ben), sandbox)
    decline(order, sandbox)
    refused = open_page(order, ben)
    page = Page(ben.get(access.path_of(order)))
    sessions = [row["status"] for row in sandbox.sessions()]
    cache.touch(limits._key(declines.PER_ORDER, order.number), 0)  # half an hour later

    assert before
    assert sessions == ["expired"]
    assert refused.endswith("?limited=30")
    assert DECLINED in page.text
    assert is_page(open_page(order, ben), sandbox)
    assert DECLINED not in Page(ben.get(access.path_of(order))).text


def test_an_event_that_comes_five_times_is_one_decline(place, sandbox):
    order, ben = place(), at("203.0.113.7")
    open_page(order, ben)
    decline(order, sandbox)

    for _time in range(5):
        deliver_all(sandbox)

    assert not declines.is_paused(order.number)
    assert order.payments.get().state == PaymentState.OPEN


def test_one_card_on_many_orders_closes_their_pages(place, sandbox):
    orders = [place() for _number in range(6)]
    for number, order in enumerate(orders):
        open_page(order, at(f"198.51.{number}.7"))

    for order in orders:
        decline(order, sandbox, card="stolen0000000001")

    assert [declines.is_paused(order.number) for order in orders] == [False] * 5 + [True]
    assert [row["status"] for row in sandbox.sessions()].count("expired") == 1


def test_people_with_cards_of_their_own_are_not_counted_together(place, sandbox):
    orders = [place(email=f"ben{number}@example.org") for number in range(7)]
    for number, order in enumerate(orders):
        open_page(order, at(f"198.51.{number}.7"))
        decline(order, sandbox)

    assert not any(declines.is_paused(order.number) for order in orders)


def test_nothing_of_the_card_is_kept(place, sandbox):
    order = place()
    open_page(order, at("203.0.113.7"))
    decline(order, sandbox, card="stolen0000000001")

    rows = WebhookEvent.objects.values_list("payload", flat=True)

    assert rows
    assert "stolen" not in str(list(rows))


def test_five_hundred_cards_get_few_tries_and_a_buyer_beside_them_pays(place, sandbox):
    tries, opened = 0, 0
    for number in range(50):
        order = place()
        if is_page(open_page(order, at(f"203.0.113.{number}", f"Bot {number}")), sandbox):
            opened += 1
            for card in range(10):
                if order.payments.filter(state=PaymentState.OPEN).exists():
                    decline(order, sandbox, card=f"card{number:06}{card:06}")
                    tries += 1
    carol = place()
    assert is_page(open_page(carol, at("198.51.100.7")), sandbox)
    paid(carol, sandbox)

    assert opened == 10
    assert tries == 30


# --- Never in the way -----------------------------------------------------------------------------


def test_withdrawing_is_never_limited(place, sandbox):
    client = at("203.0.113.7")
    for limit in (paying.ORDERS_PER_VISITOR, paying.PAGES_PER_VISITOR):
        for _try in range(limit.most + 1):
            limits.allows((limit, "203.0.113.7/32 Firefox"))
    for limit in (paying.ORDERS_PER_NETWORK, paying.PAGES_PER_NETWORK):
        for _try in range(limit.most + 1):
            limits.allows((limit, "203.0.113.0/24"))

    order = place()

    assert client.get("/de/legal/withdrawal/").status_code == 200
    assert client.get(access.path_of(order)).status_code == 200
    lifecycle.cancel(order, by=None, reason="changed my mind", moment=order.placed_at)
    assert Order.objects.get(pk=order.pk).status == OrderStatus.CANCELLED
