import datetime
import json

import pytest
from allauth.account.models import EmailAddress
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import connection

from accounts import consent, identity, privacy
from accounts.models import Address, Consent, ConsentPurpose, Customer, PrivacyRequest
from loyalty import books as points_books
from loyalty import points
from reviews import books as rating_books
from reviews import moderation, submitting
from reviews.models import Review
from support import cases
from tests.making import NOON, make_product

pytestmark = pytest.mark.django_db
LATER = NOON + datetime.timedelta(days=9)


def _live(name, canary):
    """A customer whose every text holds the canary, with something in each app."""
    customer = identity.register(
        f"{name}-{canary}@example.com", password="x" * 12, language="en", name=f"N {canary}"
    )
    Address.objects.create(
        customer=customer,
        name=f"N {canary}",
        company=f"C {canary}",
        street=f"S {canary}",
        extra=f"E {canary}",
        postcode="20457",
        city=f"T {canary}",
        phone=canary,
    )
    consent.grant(
        customer, ConsentPurpose.NEWSLETTER, wording="Yes.", source="account", moment=NOON
    )
    points.award(customer, points=10, reference=f"order-{canary}", moment=NOON)
    for state in ("published", "waiting"):
        review = submitting.submit(
            make_product(),
            customer=customer,
            author=f"A {canary}",
            stars=4,
            text=f"{state} text of {name}",
            language="en",
            is_verified=True,
            moment=NOON,
        )
        if state == "published":
            moderation.approve(review, moment=NOON)
    cases.open_case(
        subject=f"Q {canary}", text=f"M {canary}", language="en", moment=NOON, customer=customer
    )
    return customer


def _rows_with(canary: str) -> list[str]:
    """Every row of the database that holds the canary, whatever its table."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            quoted = connection.ops.quote_name(table)
            cursor.execute(
                f"SELECT count(*) FROM {quoted} AS entry WHERE entry::text ILIKE %s",
                [f"%{canary}%"],
            )
            if cursor.fetchone()[0]:
                found.append(table)
    return sorted(found)


def test_a_copy_holds_everything_of_one_customer_and_nothing_of_another():
    ada, _carol = _live("ada", "canary1"), _live("carol", "canary2")

    copy = privacy.export_for(ada)

    text = json.dumps(copy)
    assert "canary2" not in text
    assert copy["accounts"]["email"] == "ada-canary1@example.com"
    assert copy["accounts"]["addresses"][0]["street"] == "S canary1"
    assert copy["accounts"]["consents"][0]["wording"] == "Yes."
    assert copy["loyalty"]["balance"] == 10
    assert copy["loyalty"]["entries"][0]["reference"] == "order-canary1"
    assert [one["text"] for one in copy["reviews"]["reviews"]] == [
        "published text of ada",
        "waiting text of ada",
    ]
    assert copy["support"]["cases"][0]["messages"][0]["text"] == "M canary1"
    assert copy["insights"] == {}


def test_after_erasure_no_row_of_the_database_names_the_customer():
    ada, _carol = _live("ada", "canary1"), _live("carol", "canary2")
    of_carol = _rows_with("canary2")
    LogEntry.objects.create(
        user=ada,
        content_type=ContentType.objects.get_for_model(Customer),
        object_id=str(ada.pk),
        object_repr=str(ada),
        action_flag=2,
        change_message="",
    )
    assert "accounts_address" in _rows_with("canary1")

    privacy.erase(ada, moment=LATER)

    assert _rows_with("canary1") == []
    assert _rows_with("canary2") == of_carol
    assert rating_books.ratings_equal_reviews() == []
    assert points_books.balances_are_sums_of_entries() == []


def test_an_erased_account_is_empty_and_cannot_be_entered(client):
    ada = _live("ada", "canary1")
    client.force_login(ada)

    privacy.erase(ada, moment=LATER)

    ada.refresh_from_db()
    assert ada.email.endswith("@erased.invalid")
    assert (ada.name, ada.is_active, ada.has_usable_password()) == ("", False, False)
    assert not EmailAddress.objects.filter(user=ada).exists()
    assert client.get("/en/account/").status_code == 302


def test_what_others_rely_on_stays_without_a_name():
    ada = _live("ada", "canary1")

    privacy.erase(ada, moment=LATER)

    review = Review.objects.get()
    assert (review.text, review.author, review.customer) == ("published text of ada", "", None)
    proof = Consent.objects.get(customer=ada)
    assert proof.withdrawn_at is not None
    request = PrivacyRequest.objects.get(customer=ada)
    assert (request.kind, request.completed_at) == ("erasure", LATER)


def test_staff_are_not_erased():
    sam = identity.register("sam@example.com", password=None, language="de")
    Customer.objects.filter(pk=sam.pk).update(is_staff=True)
    sam.refresh_from_db()

    with pytest.raises(privacy.StillStaff):
        privacy.erase(sam, moment=LATER)

    sam.refresh_from_db()
    assert sam.email == "sam@example.com"
    assert not PrivacyRequest.objects.exists()
