"""The mails about an account: codes, links, and notices of what was changed.

They answer somebody who waits at the screen, so they go out at once and are not kept: a code that
arrives an hour later helps nobody. When the mail server is away, the visitor is told.
"""

import dataclasses
import logging
from collections.abc import Mapping
from typing import Any
from urllib.parse import urljoin

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shop import legal
from shop.kit import languages, mail

log = logging.getLogger(__name__)
TEMPLATE = "accounts/notice"


class NotSent(Exception):
    """The mail server did not take the mail."""


@dataclasses.dataclass(frozen=True, slots=True)
class Wording:
    """What a mail says; `link` names the context's address that its button leads to."""

    subject: str | Promise
    text: str | Promise
    link: str = ""
    label: str | Promise = ""
    is_alarm: bool = False


_IGNORE = _("If this was not you, you need not do anything.")
_CODE = _("Enter this code in the browser window that is open. It is valid for a few minutes.")
WORDINGS: dict[str, Wording] = {
    "email_confirmation_signup": Wording(_("Your code to open the account"), _CODE),
    "email_confirmation": Wording(_("Your code to confirm this e-mail address"), _CODE),
    "login_code": Wording(_("Your code to sign in"), _CODE),
    "password_reset_key": Wording(
        _("Choose a new password"),
        _("Somebody, probably you, has asked to choose a new password for your account."),
        link="password_reset_url",
        label=_("Choose a new password"),
    ),
    "unknown_account": Wording(
        _("There is no account with this e-mail address"),
        _("Somebody, probably you, tried to sign in with this address. You can open an account."),
        link="signup_url",
        label=_("Open an account"),
    ),
    "account_already_exists": Wording(
        _("You already have an account"),
        _(
            "Somebody, probably you, tried to open an account with this address, which has one."
            " If you have forgotten the password, choose a new one."
        ),
        link="password_reset_url",
        label=_("Choose a new password"),
    ),
    "password_changed": Wording(
        _("Your password was changed"),
        _("The password of your account was changed."),
        is_alarm=True,
    ),
    "password_set": Wording(
        _("Your account now has a password"),
        _("A password was set for your account."),
        is_alarm=True,
    ),
    "password_reset": Wording(
        _("Your password was changed"),
        _("A new password was chosen for your account by a link that we sent you."),
        is_alarm=True,
    ),
    "email_changed": Wording(
        _("The e-mail address of your account was changed"),
        _("Your account now uses another e-mail address."),
        is_alarm=True,
    ),
    "email_confirm": Wording(
        _("An e-mail address was confirmed"),
        _("An e-mail address of your account was confirmed."),
        is_alarm=True,
    ),
    "totp_activated": Wording(
        _("Your account has a second factor"),
        _("An app for codes was added to your account. Signing in asks for a code of it."),
        is_alarm=True,
    ),
    "totp_deactivated": Wording(
        _("A second factor was removed"),
        _("The app for codes was removed from your account."),
        is_alarm=True,
    ),
    "recovery_codes_generated": Wording(
        _("Your account has new recovery codes"),
        _("New recovery codes were made for your account; the old ones are void."),
        is_alarm=True,
    ),
    "email_deleted": Wording(
        _("An e-mail address was removed"),
        _("An e-mail address was removed from your account."),
        is_alarm=True,
    ),
}


def send(kind: str, address: str, context: Mapping[str, Any]) -> None:
    """Send the mail `kind` in the language of the account, or of the page where there is none.

    `context` may hold `code` and the address that the wording names. Raises `NotSent`.
    """
    try:
        build(kind, address, context).send()
    except OSError as problem:  # Refused, timed out, not reached: SMTPException is one, too.
        log.warning("mail %s not sent: %s", kind, type(problem).__name__)
        raise NotSent from problem


def build(kind: str, address: str, context: Mapping[str, Any]) -> EmailMultiAlternatives:
    """The mail as it will be sent."""
    language = _language_of(address)
    with translation.override(language):
        shown = words(kind, context) | {
            "merchant": legal.merchant(),
            "legal_links": [
                {"name": str(one["name"]), "url": _absolute(one["url"])} for one in legal.links()
            ],
        }
    return mail.message(TEMPLATE, shown, to=address, language=language)


def words(kind: str, context: Mapping[str, Any]) -> dict[str, Any]:
    """What the mail `kind` says, in the active language, without its frame."""
    wording = WORDINGS[kind]
    return {
        "mail": f"accounts/{kind}",
        "wording": wording,
        "code": context.get("code", ""),
        "url": context.get(wording.link, ""),
        "closing": "" if wording.is_alarm else _IGNORE,
        "reset_url": _absolute(reverse("account_reset_password")) if wording.is_alarm else "",
    }


def _language_of(address: str) -> str:
    known = EmailAddress.objects.filter(email__iexact=address).select_related("user").first()
    return str(known.user.language) if known else languages.active()


def _absolute(path: str) -> str:
    return urljoin(settings.SITE_URL, path)
