"""A shop that files are imported into, and the short way from a file to its end."""

import http.server
import io
import threading
from pathlib import Path

import pytest

from catalog.imports import running, storing
from catalog.imports.fetching import Place
from catalog.models import Category, Import
from inventory.import_shelves import ImportShelves
from tests.making import NOON

FILES = Path(__file__).parent / "files"


class _Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.asked.append((self.path, self.headers["Host"]))
        answer = self.server.answers.get(self.path, (404, {}, b""))
        if callable(answer):
            answer(self)
            return
        status, headers, body = answer
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


@pytest.fixture
def world():
    """A web server that plays the whole internet: its door leads every name to it."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.answers, server.asked, server.doors = {}, [], []
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()

    def door(scheme, host, port):
        server.doors.append((scheme, host, port))
        return Place("http", host, "127.0.0.1", server.server_port)

    server.door = door
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def kitchen(db) -> Category:
    """The category that new products may fall back to."""
    return Category.objects.create(slug="kueche", path="kueche", name_de="Küche", name_en="Kitchen")


def taken(data: bytes | str, name: str = "products.csv", **options) -> Import:
    """A file that was uploaded, with the columns as guessed."""
    data = data.encode() if isinstance(data, str) else data
    options = {"language": "de", "spoken_language": "en"} | options
    return storing.take(io.BytesIO(data), name=name, **options)


def checked(data: bytes | str, *, moment=NOON, **options) -> Import:
    """The dry run of a file."""
    batch = taken(data, **options)
    storing.confirm(batch, batch.mapping)
    return run(batch, moment=moment)


def applied(data: bytes | str, *, moment=NOON, **options) -> Import:
    batch = checked(data, moment=moment, **options)
    assert running.begin_applying(batch), batch.refusal
    return run(batch, moment=moment)


def undone(batch: Import, *, moment=NOON) -> Import:
    assert running.begin_undoing(batch)
    return run(batch, moment=moment)


def run(batch: Import, *, moment=NOON) -> Import:
    while running.step(batch.pk, shelves=ImportShelves(), moment=moment):
        pass
    batch.refresh_from_db()
    return batch


def sample(name: str) -> bytes:
    return (FILES / name).read_bytes()


def said(batch: Import, *, is_error: bool = True) -> list[tuple[int, str, str]]:
    """The problems of an import: line, column, text."""
    rows = batch.problems.filter(is_error=is_error).order_by("line", "pk")
    return list(rows.values_list("line", "column", "text"))
