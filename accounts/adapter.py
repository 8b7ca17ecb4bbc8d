"""What allauth asks the shop."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib import messages
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from psycopg_pool import PoolTimeout

from accounts import emails
from shop.kit import languages, limits

# Mails that anybody can have sent to any address: one an hour, or the shop becomes a mail bomb.
UNASKED = frozenset({"unknown_account", "account_already_exists"})


class AccountAdapter(DefaultAccountAdapter):
    """Customers sign in with their e-mail address and keep the language they signed up in."""

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """There are no user names."""

    def save_user(self, request: HttpRequest, user: Any, form: Any, commit: bool = True) -> Any:
        user.language = languages.active()
        return super().save_user(request, user, form, commit)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """The customer with these credentials, or `None`.

        A database that is away says nothing about the password: such a try is given back, else five
        of them would lock out who has the right one.
        """
        try:
            return super().authenticate(request, **credentials)
        except (OperationalError, InterfaceError, PoolTimeout):
            self._rollback_login_failed_rl_usage()
            raise

    def is_safe_url(self, url: str) -> bool:
        """May `next` lead there? What is no address at all (`//[`) may not."""
        try:
            return bool(super().is_safe_url(url))
        except ValueError:
            return False

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        return reverse("home")

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Our wording and layout; a mail server that is away is no reason for an error page."""
        kind = template_prefix.rpartition("/")[2]
        once_an_hour = limits.Limit(f"accounts.{kind}", most=1, seconds=limits.HOUR)
        if kind in UNASKED and not limits.allows((once_an_hour, email)):
            return
        try:
            emails.send(kind, email, context)
        except emails.NotSent:
            text = _("The e-mail could not be sent. Please try again in a few minutes.")
            messages.error(self.request, text)
