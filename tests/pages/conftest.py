"""A service for the tests of pages, and a browser that visits it and is listened to."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from httpx2 import Client
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.api.service.talking import Service
from tests.pages.visiting import ARGUMENTS, PATIENCE, Watch

ROOT = Path(__file__).resolve().parents[2]
NAMES = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def planned(service: Service) -> int:
    """The demo market's plan, finished."""
    return service.plan_of_demo()


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
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a service of its own, started as a user starts it."""
    command = [sys.executable, "-c", "from api.cli import app; app()", "serve", "--port", "0"]
    settings = {**os.environ, "CHAINMATCH_DATA_DIR": str(tmp_path_factory.mktemp("served"))}
    with subprocess.Popen(command, cwd=ROOT, env=settings, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert "http://127.0.0.1:" in line, line
        yield "http://" + line.partition("http://")[2].partition("/")[0]
        process.terminate()


@pytest.fixture(scope="session")
def service(served: str) -> Iterator[Service]:
    """The same service, asked without a browser."""
    with Client(base_url=served, timeout=PATIENCE) as client:
        yield Service(client)


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
