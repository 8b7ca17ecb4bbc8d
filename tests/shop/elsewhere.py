"""The shop in a process of its own, where something that it needs is away.

`visit(visits, **environment)` runs this file as a program: it makes the visits with one browser, or
all at once, and answers with what came back.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parent.parent.parent
NOBODY = "redis://127.0.0.1:1/0"


def visit(
    visits: Sequence[dict[str, Any]], *, at_once: bool = False, **environment: str
) -> list[dict[str, Any]]:
    """What came back: status, headers, body and seconds of each visit."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.shop.elsewhere"],
        input=json.dumps({"visits": list(visits), "at_once": at_once}),
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "DATABASE_URL": test_database(),
            **environment,
        },
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    answers: list[dict[str, Any]] = json.loads(done.stdout.splitlines()[-1])
    for answer in answers:
        answer["log"] = done.stderr
    return answers


def test_database() -> str:
    """The address of the database of this test run."""
    from django.db import connection

    parts = urlsplit(os.environ["DATABASE_URL"])
    return urlunsplit(parts._replace(path=f"/{connection.settings_dict['NAME']}"))


def _main() -> None:
    import django

    django.setup()
    from django.test import Client

    from tests.pages import Page

    work = json.load(sys.stdin)
    browser = Client(raise_request_exception=False)
    previous: list[Page] = []

    def go(one: dict[str, Any], client: Client) -> dict[str, Any]:
        data = one.get("data", {})
        if one.get("is_form"):
            data = previous[-1].form(one["path"]).values
        started = time.perf_counter()
        response = client.generic(one.get("method", "GET"), one["path"], **_body(one, data))
        seconds = time.perf_counter() - started
        if response.status_code == 200 and "html" in response.get("Content-Type", ""):
            previous.append(Page(response))
        return {
            "path": one["path"],
            "status": response.status_code,
            "headers": dict(response.items()),
            "body": response.content.decode(errors="replace"),
            "seconds": seconds,
        }

    if work["at_once"]:
        clients = [Client(raise_request_exception=False) for _one in work["visits"]]
        with ThreadPoolExecutor(len(clients)) as threads:
            answers = list(threads.map(go, work["visits"], clients))
    else:
        answers = [go(one, browser) for one in work["visits"]]
    sys.stdout.write(json.dumps(answers) + "\n")


def _body(one: dict[str, Any], data: dict[str, Any]) -> dict[str, Any]:
    from urllib.parse import urlencode

    if "body" in one:
        return {
            "data": one["body"],
            "content_type": "application/json",
            "headers": one.get("headers", {}),
        }
    return {"data": urlencode(data), "content_type": "application/x-www-form-urlencoded"}


if __name__ == "__main__":
    _main()
