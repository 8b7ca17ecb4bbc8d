"""Telling others of a page by plain links: no script of strangers, nothing is loaded from them."""

from urllib.parse import urlencode

from django.utils.translation import gettext as _


def links(url: str, title: str) -> dict[str, str]:
    """Ways to send the absolute address `url`, called `title`, to somebody else."""
    return {
        "url": url,
        "title": title,
        "mail_url": "mailto:?" + urlencode({"subject": title, "body": url}).replace("+", "%20"),
        "whatsapp_url": "https://wa.me/?" + urlencode({"text": f"{title} {url}"}),
        "label": _("Share “%(title)s”") % {"title": title},
    }
