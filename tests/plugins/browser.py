"""A real Chromium for the tests marked `browser`.

`new_page()` opens a page in a fresh profile; whatever breaks there unseen (an exception in a
script, something that the Content Security Policy refused) fails the test when it ends.
"""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests import chromium

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NewPage = Callable[..., Any]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Without Chromium the browser tests are skipped, and the summary says why."""
    if chromium.find():
        return
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.skip(reason=chromium.ADVICE))


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """Where Chromium lies; skips the test when there is none."""
    path = chromium.find()
    if path is None:
        pytest.skip(chromium.ADVICE)
    return path


@pytest.fixture(scope="session")
def browser(chromium_path: str) -> Iterator[Any]:
    """One Chromium for all browser tests of a worker."""
    from playwright.sync_api import sync_playwright

    # Playwright keeps an event loop in this thread; Django would refuse every query beside it.
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    try:
        with sync_playwright() as playwright:
            running = playwright.chromium.launch(executable_path=chromium_path, args=FLAGS)
            yield running
            running.close()
    finally:
        if before is None:
            del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
        else:
            os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = before


@pytest.fixture
def new_page(browser: Any) -> Iterator[NewPage]:
    """`new_page(java_script_enabled=True, locale="de-DE", viewport=(1440, 900), **more)`."""
    contexts: list[Any] = []
    problems: list[str] = []

    def open_page(
        *,
        java_script_enabled: bool = True,
        locale: str = "de-DE",
        viewport: tuple[int, int] = (1440, 900),
        **more: Any,
    ) -> Any:
        context = browser.new_context(
            java_script_enabled=java_script_enabled,
            locale=locale,
            viewport={"width": viewport[0], "height": viewport[1]},
            **more,
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: problems.append(f"script: {error}"))
        page.on("console", lambda message: _note_refusal(message.text, problems))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert problems == []


def _note_refusal(text: str, problems: list[str]) -> None:
    if "Content Security Policy" in text:
        problems.append(text)
