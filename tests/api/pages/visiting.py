"""What a visitor does on the pages, and what a browser complains of meanwhile."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

#: quiet and alone: no look-ups of its own, nothing of the desktop
ARGUMENTS = [
    *("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"),
    *("--disable-sync", "--no-first-run"),
]
#: seconds that any one step may take, however busy the machine is
PATIENCE = 90.0


class Watch:
    """Collects errors of scripts, refusals of the content policy, and answers that are faults."""

    def __init__(self, page: Page) -> None:
        self.complaints: list[str] = []
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", lambda message: self._note(message.type, message.text))
        page.on("response", lambda answer: self._answered(answer.status, answer.url))

    def _note(self, kind: str, text: str) -> None:
        # an answer of 4xx is logged too; the test that asks for one looks at the page itself
        if kind in ("error", "warning") and "Failed to load resource" not in text:
            self.complaints.append(text)

    def _answered(self, status: int, url: str) -> None:
        if status >= 500 or (status >= 400 and urlsplit(url).path.startswith("/static")):
            self.complaints.append(f"{status} {url}")


def upload(page: Page, path: Path, kind: str) -> None:
    """Upload a list from the first page; its report is shown."""
    page.goto("/")
    page.get_by_label("清单种类").select_option(kind)
    page.get_by_label("文件").set_input_files(path)
    page.get_by_role("button", name="上传并检查").click()
    expect(page.get_by_role("heading", name="检查结果")).to_be_visible()


def confirm(page: Page) -> None:
    """Take over the list whose report is shown."""
    page.get_by_role("button", name="确认清单").click()
    expect(page.locator(".state").first).to_have_text("已确认")


def order(page: Page, title: str) -> str:
    """Order a plan of the newest lists and wait until it is there; give its address."""
    page.goto("/plans/new")
    page.get_by_label("方案名称").fill(title)
    page.get_by_role("button", name="生成方案").click()
    expect(page.get_by_role("heading", name="对接方案")).to_be_visible(timeout=PATIENCE * 1000)
    return page.url
