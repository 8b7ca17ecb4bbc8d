"""The entry point of the web server (`granian --interface wsgi shop.wsgi:application`)."""

import logging
import os
import re
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")
_django = get_wsgi_application()
_BOUNDARY = re.compile(r""";\s*boundary="?([\w'()+,./:=? -]{1,70})""", re.ASCII | re.IGNORECASE)


def _say_what_is_missing() -> None:
    """The shop can be looked at and mended, but takes no order: docs/adr/0037."""
    from content import selling  # its models exist only after Django was set up

    for obstacle in [] if settings.DEMO else selling.obstacles_of_settings():
        logging.getLogger(__name__).error("no order is accepted: %s", obstacle.text)


_say_what_is_missing()


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """The shop. All that it is sent is UTF-8, whatever charset the header claims.

    Django believes the header: it decodes addresses and forms by any codec of Python's (`rot13`,
    `utf-7`) and fails before the first middleware, or yields text that PostgreSQL refuses.
    """
    environ["CONTENT_TYPE"] = _without_charset(environ.get("CONTENT_TYPE", ""))
    return _django(environ, start_response)


def _without_charset(content_type: str) -> str:
    """Of a header the kind of content, and the boundary between the parts of a form."""
    kind = content_type.partition(";")[0].strip()[:100]
    boundary = _BOUNDARY.search(content_type)
    return f'{kind}; boundary="{boundary[1].strip()}"' if boundary else kind
