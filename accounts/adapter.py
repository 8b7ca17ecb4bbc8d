"""What allauth asks the shop."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.urls import reverse

from shop.kit import languages


class AccountAdapter(DefaultAccountAdapter):
    """Customers sign in with their e-mail address and keep the language they signed up in."""

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """There are no user names."""

    def save_user(self, request: HttpRequest, user: Any, form: Any, commit: bool = True) -> Any:
        user.language = languages.active()
        return super().save_user(request, user, form, commit)

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        return reverse("home")
