"""Counts what somebody does on a page: each click and each field filled in."""

from typing import Any

from django.conf import settings
from django.test import Client

from accounts.models import Customer


class Hands:
    """The hands of a person: `clicks` and `fills` of everything that goes through them."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.clicks = 0
        self.fills = 0

    @property
    def total(self) -> int:
        return self.clicks + self.fills

    def click(self, target: Any) -> None:
        """Click on a locator, or on the one that a selector names."""
        self._found(target).click()
        self.clicks += 1

    def fill(self, target: Any, text: str) -> None:
        """Type or scan into a field; choosing from a list counts the same."""
        self._found(target).fill(text)
        self.fills += 1

    def choose(self, target: Any, value: str) -> None:
        """Take an entry of a list."""
        self._found(target).select_option(value)
        self.fills += 1

    def _found(self, target: Any) -> Any:
        return self.page.locator(target) if isinstance(target, str) else target


def sign_in(page: Any, url: str, person: Customer) -> None:
    """Signed in, at the admin's home; the day begins after that, so nothing is counted."""
    client = Client()
    client.force_login(person)
    session = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": session.key, "value": session.value, "url": url}])
    page.goto(f"{url}/admin/")
