import pytest
from allauth.account.models import EmailAddress

from accounts import addresses, identity
from accounts.models import Address, Customer
from tests.making import make_customer

pytestmark = pytest.mark.django_db


def test_an_account_has_one_address_to_be_proved():
    ada = identity.register("Ada@Example.com", password="correct horse", language="en", name="Ada")

    assert (ada.email, ada.name, ada.language) == ("ada@example.com", "Ada", "en")
    assert ada.check_password("correct horse")
    assert not ada.is_staff
    proof = EmailAddress.objects.get(user=ada)
    assert (proof.email, proof.primary, proof.verified) == ("ada@example.com", True, False)


def test_an_account_without_a_password_cannot_be_entered_by_one():
    ada = identity.register("ada@example.com", password=None, language="de", is_verified=True)

    assert not ada.has_usable_password()
    assert EmailAddress.objects.get(user=ada).verified


def test_one_address_has_one_account_however_it_is_written():
    identity.register("ada@example.com", password=None, language="de")

    with pytest.raises(identity.EmailTaken):
        identity.register("ADA@example.com", password=None, language="de")

    assert Customer.objects.count() == 1
    assert EmailAddress.objects.count() == 1


def _address(customer, **fields):
    return Address.objects.create(
        customer=customer, name="Ada", street="Kai 1", postcode="20457", city="Hamburg", **fields
    )


def test_the_default_address_is_the_marked_one_or_the_only_one_or_none():
    ada, carol = make_customer(), make_customer()
    assert addresses.default_for(ada) is None

    first = _address(ada)
    assert addresses.default_for(ada) == first

    _address(ada)
    assert addresses.default_for(ada) is None

    marked = _address(ada, is_default=True)
    assert addresses.default_for(ada) == marked
    assert addresses.default_for(carol) is None
