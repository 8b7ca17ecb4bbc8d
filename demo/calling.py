"""Calls pages of the shop in this process, through all middleware but without a web server."""

import io
from collections.abc import Callable
from typing import Any

from django.core.handlers.wsgi import WSGIHandler


class Refused(RuntimeError):
    """A page did not answer with 200 and a body."""


def call(handler: WSGIHandler, target: str) -> int:
    """Ask for a path with its query; returns the size of the answer in bytes. Raises `Refused`."""
    statuses: list[str] = []

    def start(status: str, _headers: Any, _problem: Any = None) -> Callable[[bytes], object]:
        statuses.append(status)
        return len

    response = handler(_environ(target), start)
    body = b"".join(response)
    response.close()
    if not statuses[0].startswith("200") or not body:
        raise Refused(f"{target} answered {statuses[0]}")
    return len(body)


def _environ(target: str) -> dict[str, Any]:
    address, _mark, query = target.partition("?")
    return {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": address,
        "QUERY_STRING": query,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "HTTP_HOST": "localhost",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": io.StringIO(),
        "wsgi.url_scheme": "http",
    }
