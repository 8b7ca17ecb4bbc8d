import datetime

import pytest

from accounts import consent
from accounts.models import Consent, ConsentPurpose
from tests.making import NOON, make_customer

pytestmark = pytest.mark.django_db
NEWS = ConsentPurpose.NEWSLETTER
LATER = NOON + datetime.timedelta(days=3)


def _grant(customer, moment=NOON, wording="Yes, write to me."):
    return consent.grant(customer, NEWS, wording=wording, source="account", moment=moment)


def test_a_consent_holds_for_its_purpose_and_its_customer_alone():
    ada, carol = make_customer(), make_customer()
    assert not consent.is_granted(ada, NEWS)

    _grant(ada)

    assert consent.is_granted(ada, NEWS)
    assert not consent.is_granted(ada, ConsentPurpose.PERSONALISATION)
    assert not consent.is_granted(carol, NEWS)


def test_agreeing_twice_keeps_the_first_proof():
    ada = make_customer()
    first = _grant(ada)

    second = _grant(ada, moment=LATER, wording="Other words.")

    assert second == first
    assert (second.wording, second.granted_at) == ("Yes, write to me.", NOON)


def test_a_withdrawn_consent_stays_as_proof_and_a_new_one_can_follow():
    ada = make_customer()
    _grant(ada)

    assert consent.withdraw(ada, NEWS, moment=LATER) is True
    assert consent.withdraw(ada, NEWS, moment=LATER) is False
    assert not consent.is_granted(ada, NEWS)
    _grant(ada, moment=LATER)

    assert consent.is_granted(ada, NEWS)
    assert list(Consent.objects.order_by("pk").values_list("granted_at", "withdrawn_at")) == [
        (NOON, LATER),
        (LATER, None),
    ]
