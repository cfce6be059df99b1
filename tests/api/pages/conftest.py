"""A browser that visits the pages and is listened to."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from httpx2 import Client
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.api.pages.visiting import ARGUMENTS, PATIENCE, Watch
from tests.api.talking import Service

NAMES = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium as the system installed it; only a developer's machine may have none."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None and os.environ.get("CI") == "true":
        pytest.fail("there is no Chromium to visit the pages with")
    if found is None:
        pytest.skip("there is no Chromium")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def demo(served: str) -> str:
    """Path of the demo market's plan in the service that the browser visits."""
    with Client(base_url=served, timeout=PATIENCE) as client:
        return f"/plans/{Service(client).plan_of_demo()}"


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def page(request: pytest.FixtureRequest, browser: Browser, served: str) -> Iterator[Page]:
    """A page at the size of an office's screen, with scripts and without; complaints fail the test."""
    context = browser.new_context(
        base_url=served, java_script_enabled=request.param, viewport={"width": 1280, "height": 900}
    )
    yield from _watched(context)


@pytest.fixture
def scripted(browser: Browser, served: str) -> Iterator[Page]:
    """A page with scripts, by which a test looks into it."""
    yield from _watched(browser.new_context(base_url=served, viewport={"width": 1280, "height": 900}))


def _watched(context: BrowserContext) -> Iterator[Page]:
    context.set_default_timeout(PATIENCE * 1000)
    opened = context.new_page()
    watch = Watch(opened)
    yield opened
    context.close()
    assert not watch.complaints
