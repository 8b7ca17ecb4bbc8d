"""Addresses that exist only in the demo; `shop/urls.py` includes them when `DEMO=1`."""

from django.urls import path, register_converter

from demo import mailbox, views


class MailName:
    """The name of a mail's file; everything else, `..` above all, is no such page."""

    regex = mailbox.NAME_PATTERN

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(MailName, "mail_name")

urlpatterns = [
    path("dev/mails/", views.mail_list, name="mail_list"),
    path("dev/mails/samples/", views.sample_list, name="sample_list"),
    path("dev/mails/samples/<path:key>/<slug:code>/html/", views.sample_html, name="sample_html"),
    path("dev/mails/samples/<path:key>/<slug:code>/", views.sample_detail, name="sample_detail"),
    path("dev/mails/<mail_name:name>/", views.mail_detail, name="mail_detail"),
    path("dev/mails/<mail_name:name>/html/", views.mail_html, name="mail_html"),
    path("dev/mails/<mail_name:name>/source/", views.mail_source, name="mail_source"),
    path(
        "dev/mails/<mail_name:name>/attachments/<int:number>/",
        views.mail_attachment,
        name="mail_attachment",
    ),
]
