import pytest
from django.urls import reverse

from accounts import identity
from accounts.models import Customer
from tests.making import make_customer

pytestmark = [
    pytest.mark.django_db,
    # Unfold 0.110 still has the signature of Django 6.0.
    pytest.mark.filterwarnings("ignore:Overriding get_action_choices"),
]


@pytest.fixture
def sam(client):
    """Staff with every right, signed in."""
    sam = Customer.objects.create_superuser("sam@example.com", None)
    client.force_login(sam)
    return sam


def _act(client, action, *customers):
    data = {"action": action, "_selected_action": [one.pk for one in customers]}
    return client.post(reverse("admin:accounts_customer_changelist"), data, follow=True)


def test_staff_sign_in_where_customers_do(client):
    response = client.get("/admin/")
    response = client.get(response["Location"])

    assert response["Location"].startswith("/de/account/login/?next=")


def test_customers_do_not_come_into_the_admin(client):
    client.force_login(make_customer())

    assert client.get("/admin/login/").status_code == 403
    assert client.get(reverse("admin:accounts_customer_changelist")).status_code == 302


@pytest.mark.parametrize(
    "model",
    [
        "accounts_customer",
        "accounts_privacyrequest",
        "auth_group",
        "discovery_productaffinity",
        "insights_event",
        "insights_experiment",
        "loyalty_loyaltyaccount",
        "reviews_review",
        "support_case",
    ],
)
def test_every_list_can_be_read(client, sam, model):
    assert client.get(reverse(f"admin:{model}_changelist")).status_code == 200


def test_a_customer_is_opened_without_the_right_to_delete_or_to_change_the_address(client, sam):
    ada = identity.register("ada@example.com", password=None, language="de")

    page = client.get(reverse("admin:accounts_customer_change", args=[ada.pk]))
    deletion = client.post(
        reverse("admin:accounts_customer_delete", args=[ada.pk]), {"post": "yes"}
    )

    assert page.status_code == 200
    assert 'name="email"' not in page.content.decode()
    assert deletion.status_code == 403
    assert Customer.objects.filter(pk=ada.pk).exists()


def test_a_customer_can_be_added_and_given_a_password(client, sam):
    data = {
        "email": "new@example.com",
        "usable_password": "true",
        "password1": "correct horse battery",
        "password2": "correct horse battery",
    }

    client.post(reverse("admin:accounts_customer_add"), data)

    assert Customer.objects.get(email="new@example.com").check_password("correct horse battery")


def test_erasing_forgets_customers_and_leaves_staff(client, sam):
    ada = identity.register("ada@example.com", password=None, language="de")

    response = _act(client, "erase", ada, sam)

    ada.refresh_from_db()
    sam.refresh_from_db()
    assert ada.email.endswith("@erased.invalid")
    assert sam.email == "sam@example.com"
    assert len(list(response.context["messages"])) == 2
