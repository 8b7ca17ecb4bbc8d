"""The mails of the shop for staff: looked at with sample data, opened and closed in own words."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from unfold.admin import ModelAdmin

from content.admin import mail_acts
from content.models import MailWording


@admin.register(MailWording)
class MailWordingAdmin(ModelAdmin):
    """A list of mails, not of rows: what is saved is shown with the mail that it belongs to."""

    def get_urls(self) -> list[URLPattern]:
        own = path(
            "mail/<path:key>/<slug:language>/",
            self.admin_site.admin_view(self.mail),
            name="content_mail",
        )
        return [own, *super().get_urls()]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return mail_acts.overview(self, request)

    def mail(self, request: HttpRequest, key: str, language: str) -> HttpResponse:
        return mail_acts.mail(self, request, key, language)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What was once sent under stays to be seen; the default is a new row."""
        return False
