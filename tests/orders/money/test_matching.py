"""Which order a booking is meant for: the worked table of docs/algorithms/bank_transfers.md."""

import datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orders.money import matching
from orders.money.entries import Entry
from orders.money.matching import Candidate
from shop.kit import ids

A, B, PAID, GONE, ONLINE = (
    "K-7QX-4MP-9RT",
    "K-A3D-F6H-J4M",
    "K-NPQ-RTW-XY3",
    "K-443-667-799",
    "K-CCD-DEE-FFG",
)
ORDERS = matching.Orders(
    [
        Candidate(A, Decimal("52.90"), is_waiting=True),
        Candidate(B, Decimal("20.00"), is_waiting=True),
        Candidate("K-WWW-WWW-WWW", Decimal("20.00"), is_waiting=True),
        Candidate(PAID, Decimal(0), is_waiting=False),
        Candidate(GONE, Decimal(0), is_waiting=False, is_cancelled=True),
        Candidate(ONLINE, Decimal(0), is_waiting=False, pays_otherwise=True),
    ]
)
KEYS = {"RFK7QX4MP9RT3": "RF-K-7QX-4MP-9RT-3"}


def propose(text, amount="52.90", **fields):
    values = {
        "booked_on": datetime.date(2026, 11, 24),
        "amount": Decimal(amount),
        "is_credit": True,
        "currency": "EUR",
        "remittance": text,
    }
    return matching.propose(Entry(**values | fields), ORDERS, refund_keys=KEYS)


TABLE = [
    (A, "52.90", "exact", [(A, "52.90")]),
    ("Best. k 7qx 4mp 9rt danke", "52.90", "exact", [(A, "52.90")]),
    ("K7QX4MP9RT", "52.90", "exact", [(A, "52.90")]),
    ("SVWZ+K-7QX-\n4MP-9RT", "52.90", "exact", [(A, "52.90")]),
    (A, "50.00", "exact", [(A, "50.00")]),
    (A, "60.00", "exact", [(A, "60.00")]),
    (PAID, "52.90", "paid", [(PAID, "52.90")]),
    (GONE, "52.90", "late", [(GONE, "52.90")]),
    (ONLINE, "52.90", "other_way", [(ONLINE, "52.90")]),
    ("K-7QX-4MP-9RX", "52.90", "typo", [(A, "52.90")]),
    ("K-7QX-4MP-9R", "52.90", "typo", [(A, "52.90")]),
    ("K-7QX-4MMP-9RT", "52.90", "typo", [(A, "52.90")]),
    ("K-7XQ-4MP-9RT", "52.90", "typo", [(A, "52.90")]),
    ("K-7QX-4MP-9RX", "52.80", "unknown", []),
    ("Danke", "52.90", "amount", [(A, "52.90")]),
    ("Danke", "20.00", "amount", [(B, "20.00"), ("K-WWW-WWW-WWW", "20.00")]),
    (f"{A} und {B}", "72.90", "several", [(A, "52.90"), (B, "20.00")]),
    (f"{A} und {B}", "70.00", "several", [(A, "0"), (B, "0")]),
    (f"{A} und {PAID}", "52.90", "several", [(A, "0"), (PAID, "0")]),
    ("Miete", "1.00", "unknown", []),
    ("K-333-333-333", "1.00", "unknown", []),
]


@pytest.mark.parametrize(("text", "amount", "rule", "shares"), TABLE, ids=range(len(TABLE)))
def test_the_table(text, amount, rule, shares):
    proposal = propose(text, amount)

    assert proposal.rule == rule
    assert list(proposal.shares) == [(number, Decimal(sum_)) for number, sum_ in shares]
    assert proposal.is_sure is (rule in ("exact", "late", "paid"))


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"currency": "CHF"}, "currency"),
        ({"is_return": True}, "returned"),
        ({"is_credit": False}, "returned"),
        ({"is_credit": False, "end_to_end": "RF-K-7QX-4MP-9RT-3"}, "refund"),
        ({"is_credit": True, "end_to_end": "RF-K-7QX-4MP-9RT-3"}, "returned"),
        ({"is_credit": False, "end_to_end": "RF-K-7QX-4MP-9RT-3", "is_return": True}, "returned"),
    ],
)
def test_what_is_no_plain_euro_that_came_is_never_booked_for_an_order(fields, rule):
    proposal = propose(A, **fields)

    assert proposal.rule == rule
    assert proposal.is_sure is (rule == "refund")


@given(st.text(max_size=60), st.text(max_size=60))
@settings(max_examples=100, deadline=None)
def test_a_number_is_found_whatever_stands_around_it(before, after):
    number = ids.order_number()

    assert number in matching.numbers_in(f"{before} {number} {after}")


@given(st.integers(1, 9), st.sampled_from("34679ACDEFGHJKMNPQRTWXY"))
@settings(max_examples=100, deadline=None)
def test_one_wrong_sign_is_close_and_two_are_not(place, sign):
    number = matching.plain(ids.order_number())
    wrong = number[:place] + sign + number[place + 1 :]

    assert matching.is_close(number, f"XX{wrong}")
    changed = "3" if number[2] != "3" else "4"
    other = "6" if number[5] != "6" else "7"
    far = f"{number[:2]}{changed}{number[3:5]}{other}{number[6:]}"
    assert not matching.is_close(number, far)
