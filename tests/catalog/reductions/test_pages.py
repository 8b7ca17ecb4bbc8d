"""Staff draft a catalogue promotion, look at what it does, apply it and end it."""

import datetime
from decimal import Decimal

import pytest

from catalog.models import Price, Reduction, ReductionState
from shop.kit import clock
from tests import backoffice
from tests.catalog.reductions.conftest import make_reduction, work

LIST = "/admin/catalog/reduction/"


@pytest.fixture
def desk(sam):
    return backoffice.Desk(sam)


def _in(days):
    moment = clock.now() + datetime.timedelta(days=days)
    return {"0": moment.strftime("%Y-%m-%d"), "1": "08:00:00"}


def _draft(desk, mug, *, steps=(("10", 1), ("25", 5)), until=9, **changes):
    ends = _in(until)
    data = {
        "name": "Winter",
        "kind": "percent",
        "ends_at_0": ends["0"],
        "ends_at_1": ends["1"],
        "product_ids": mug.sku,
        "excluded_product_ids": "",
        "steps-TOTAL_FORMS": str(len(steps)),
        "steps-INITIAL_FORMS": "0",
    }
    for number, (value, days) in enumerate(steps):
        begins = _in(days)
        data |= {
            f"steps-{number}-value": value,
            f"steps-{number}-starts_at_0": begins["0"],
            f"steps-{number}-starts_at_1": begins["1"],
        }
    return desk.client.post(f"{LIST}add/", data | changes)


def _later(reduction):
    """A promotion whose dates lie around the real clock."""
    moment = clock.now()
    reduction.steps.update(starts_at=moment + datetime.timedelta(days=1))
    Reduction.objects.filter(pk=reduction.pk).update(ends_at=moment + datetime.timedelta(days=9))
    reduction.refresh_from_db()
    return reduction


def test_a_promotion_is_drafted_previewed_applied_and_ended(desk, mug):
    assert _draft(desk, mug).status_code == 302
    reduction = Reduction.objects.get()
    page = f"{LIST}{reduction.pk}"

    text = desk.text(f"{page}/preview/")
    assert "21,60" in text
    assert "18,00" in text
    assert "−25" in text
    assert not Price.objects.filter(reduction=reduction).exists()

    assert desk.post(f"{page}/preview/").status_code == 302
    work(reduction, clock.now())
    assert Price.objects.filter(reduction=reduction).count() == 2
    assert 'name="name"' not in desk.text(f"{page}/change/")

    desk.get(f"{page}/end/")
    assert Price.objects.filter(reduction=reduction).count() == 2
    desk.post(f"{page}/end/")
    work(reduction, clock.now())
    assert reduction.state == ReductionState.ENDED
    assert not Price.objects.filter(reduction=reduction).exists()
    assert "beendet" in desk.text(LIST)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"product_ids": ""}, "Für welche Ware"),
        ({"product_ids": "nothing-of-ours"}, "nothing-of-ours"),
        ({"steps": ()}, "mindestens eine Stufe"),
        ({"steps": (("25", 1), ("10", 5))}, "Jede Stufe ist günstiger"),
        ({"steps": (("100", 1),)}, "weniger als 100"),
        ({"steps": (("10", 12),)}, "vor dem Ende der Aktion"),
        ({"until": -1}, "in der Zukunft"),
    ],
)
def test_what_cannot_be_meant_is_said(desk, mug, changes, told):
    response = _draft(desk, mug, **changes)

    assert response.status_code == 200
    assert told in response.content.decode()
    assert not Reduction.objects.exists()


def test_a_page_of_the_preview_takes_few_statements(desk, mug):
    reduction = _later(make_reduction((1, "10"), product_ids=[mug.product_id]))

    assert desk.statements(f"{LIST}{reduction.pk}/preview/") <= 20


def test_who_may_not_change_products_sets_no_prices_here(mug):
    reduction = _later(make_reduction((1, "10"), product_ids=[mug.product_id]))
    person = backoffice.clerk("checkout")
    desk = backoffice.Desk(person)

    for act in ("preview", "end"):
        assert desk.post(f"{LIST}{reduction.pk}/{act}/").status_code in (302, 403, 404)

    reduction.refresh_from_db()
    assert reduction.state == ReductionState.DRAFT
    assert reduction.steps.get().value == Decimal(10)
