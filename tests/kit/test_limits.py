"""Limits: counted truthfully, also at the same time and without a cache server."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.cache import cache, caches
from django.test import RequestFactory

from shop.kit import limits

THREE = limits.Limit("tests.three", most=3, seconds=60)
FIVE = limits.Limit("tests.five", most=5, seconds=60)


@pytest.fixture(params=["server", "memory"])
def _counted_by(request, settings) -> None:
    """By the server, or by the process alone while the server is away."""
    if request.param == "memory":
        away = {**settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:1/0"}
        settings.CACHES = {"default": away}


def request_from(address, **headers):
    return RequestFactory().get("/", REMOTE_ADDR=address, **headers)


@pytest.mark.usefixtures("_counted_by")
def test_so_many_tries_pass_and_no_more_and_others_are_not_hit():
    tries = [limits.allows((THREE, "ben")) for _try in range(5)]

    assert tries == [True] * 3 + [False] * 2
    assert limits.allows((THREE, "carol"))
    assert limits.allows((FIVE, "ben"))


@pytest.mark.usefixtures("_counted_by")
def test_each_of_several_limits_counts_each_try_also_when_another_one_refuses():
    tries = [limits.allows((THREE, "ben"), (FIVE, "net")) for _try in range(4)]

    assert tries == [True] * 3 + [False]
    assert not limits.is_spent((FIVE, "net"))
    assert limits.allows((FIVE, "net"))
    assert limits.is_spent((FIVE, "net"))


def test_of_tries_at_the_same_time_as_many_pass_as_the_limit_says():
    with ThreadPoolExecutor(16) as pool:
        passed = list(pool.map(lambda _try: limits.allows((FIVE, "ben")), range(64)))

    assert sum(passed) == 5


def test_looking_counts_nothing():
    assert not any(limits.is_spent((THREE, "ben")) for _look in range(10))
    assert limits.allows((THREE, "ben"))


@pytest.mark.usefixtures("_counted_by")
def test_good_tries_are_given_back_but_never_more_than_were_counted():
    for _try in range(10):
        assert limits.allows((THREE, "ben"))
        limits.give_back((THREE, "ben"))
    limits.give_back((THREE, "ben"))
    limits.give_back((THREE, "nobody"))

    assert [limits.allows((THREE, "ben")) for _try in range(4)] == [True] * 3 + [False]


def test_an_empty_name_is_nobody_and_is_not_counted():
    assert all(limits.allows((THREE, "")) for _try in range(9))
    assert not limits.is_spent((THREE, ""))


def test_the_window_begins_with_the_first_try_and_refusals_do_not_make_it_longer():
    second = limits.Limit("tests.second", most=1, seconds=1)
    limits.allows((second, "ben"))

    refused = limits.allows((second, "ben"))
    cache.touch(limits._key(second, "ben"), 0)  # as if the second were over

    assert not refused
    assert limits.allows((second, "ben"))


def test_the_cache_holds_no_name_and_no_address():
    limits.allows((THREE, "ben@example.com"))

    assert "ben" not in limits._key(THREE, "ben@example.com")
    assert limits._key(THREE, " Ben@Example.com") == limits._key(THREE, "ben@example.com")
    assert caches["default"].get(limits._key(THREE, "ben@example.com")) == 1


@pytest.mark.parametrize(
    ("address", "visitor", "network"),
    [
        ("203.0.113.7", "203.0.113.7/32", "203.0.113.0/24"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64", "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.7", "203.0.113.7/32", "203.0.113.0/24"),
        ("", "", ""),
        ("unix:", "", ""),
    ],
)
def test_visitors_are_told_apart_by_what_is_theirs_alone(address, visitor, network):
    request = request_from(address)

    assert limits.address_of(request) == visitor
    assert limits.network_of(request) == network


def test_a_forged_header_changes_nothing(settings):
    forged = {"HTTP_X_FORWARDED_FOR": "198.51.100.1"}
    without_proxy = limits.address_of(request_from("203.0.113.7", **forged))
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    behind_one = limits.address_of(
        request_from("10.0.0.1", HTTP_X_FORWARDED_FOR="198.51.100.1, 203.0.113.7")
    )
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 2
    with_one_missing = limits.address_of(request_from("10.0.0.1", **forged))

    assert without_proxy == behind_one == "203.0.113.7/32"
    assert with_one_missing == ""
