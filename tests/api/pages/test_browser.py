"""A real browser over a real service: from the sheets to the workbook, with scripts and without."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.api.pages.visiting import Watch, confirm, order, upload
from tests.api.running import NEED_HEADERS, OFFER_HEADERS, VALVE_MAKER, VALVES, write_list

WRONG = ("N-2", "例帆船厂", "船用截止阀", "若干", "件", 50, None)
FAR_TOO_DEAR = ("O-2", "贵阀厂", "船用截止阀、闸阀", "300件", 90, "CCS")


@pytest.fixture
def sheets(tmp_path: Path) -> tuple[Path, Path]:
    """A list of needs with one wrong cell; two offers, one of them too dear."""
    needs = write_list(tmp_path / "需求.xlsx", NEED_HEADERS, VALVES, WRONG)
    return needs, write_list(tmp_path / "产能.xlsx", OFFER_HEADERS, VALVE_MAKER, FAR_TOO_DEAR)


def test_from_two_lists_to_the_workbook(page: Page, sheets: tuple[Path, Path], tmp_path: Path) -> None:
    needs, offers = sheets
    upload(page, needs, "needs")
    wrong = page.get_by_role("row").filter(has_text="若干")
    expect(wrong).to_contain_text("D3")
    expect(wrong).to_contain_text("不是数量")
    page.get_by_role("button", name="确认清单").click()
    expect(page.locator(".state").first).to_have_text(
        "待确认"
    )  # the box about the rejected row is not ticked
    page.get_by_label("略去不能采用的 1 行").check()
    confirm(page)
    upload(page, offers, "offers")
    confirm(page)

    plan = order(page, "阀门")
    deal = page.locator("table.deals tbody").first
    expect(deal).to_contain_text("100 件")
    deal.get_by_text("理由").click()
    expect(deal.locator("svg.waterfall")).to_be_hidden()  # the first deal's reasons are open from the start
    deal.get_by_text("理由").click()
    score = deal.locator("svg.waterfall .total text").last
    expect(score).to_have_text(f"{deal.locator('b').nth(1).inner_text()} / 10000")

    deal.get_by_role("link", name="N-1").click()
    expect(page.get_by_role("heading", name="需求 N-1")).to_be_visible()
    page.get_by_role("link", name="例阀厂").click()
    expect(page.get_by_role("heading", name="例阀厂")).to_be_visible()
    expect(page.locator("table.deals").first).to_contain_text("例帆船厂")

    page.goto(plan)
    page.get_by_label("需求编号").fill("N-1")
    page.get_by_label("产能编号").fill("O-2")
    page.get_by_role("button", name="查原因").click()
    expect(page.locator(".answer")).to_contain_text("限价")
    expect(page.locator(".answer")).to_contain_text("未列入方案")

    page.goto(plan)
    with page.expect_download() as started:
        page.get_by_role("link", name="下载对接方案工作簿").click()
    started.value.save_as(tmp_path / "方案.xlsx")
    assert started.value.suggested_filename.endswith(".xlsx")
    rows = load_workbook(tmp_path / "方案.xlsx")["对接方案"].iter_rows(values_only=True)
    assert any("例阀厂" in row and 100 in row for row in rows)


def test_what_is_wrong_with_a_file_is_said_on_a_page(page: Page, tmp_path: Path) -> None:
    (tmp_path / "坏.xlsx").write_bytes(b"PK no workbook at all")
    page.goto("/")
    page.get_by_label("文件").set_input_files(tmp_path / "坏.xlsx")
    page.get_by_role("button", name="上传并检查").click()
    expect(page.get_by_role("heading", name="无法完成")).to_be_visible()
    page.get_by_role("link", name="返回首页").click()
    expect(page.get_by_role("heading", name="上传清单")).to_be_visible()


def test_a_language_that_was_chosen_stays(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="English").click()
    page.get_by_role("navigation").get_by_role("link", name="New plan").click()
    assert page.locator("html").get_attribute("lang") == "en"
    page.get_by_role("link", name="中文").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("新建方案")


def test_the_watch_sees_what_the_policy_refuses(scripted: Page) -> None:
    """Else no complaint would mean nothing."""
    other = scripted.context.new_page()
    watch = Watch(other)

    def spoil(route: object) -> None:
        answer = route.fetch()
        route.fulfill(
            response=answer, body=answer.text().replace("</head>", "<style>p{color:red}</style></head>")
        )

    other.route("**/plans/new", spoil)
    other.goto("/plans/new")
    assert "Content Security Policy" in watch.complaints[0]


#: least contrast of any visible text with what is behind it, and the text that has it
CONTRAST = """() => {
  const light = (c) => { c /= 255; return c <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4; };
  const rgb = (text) => text.match(/[\\d.]+/g).map(Number);
  const shine = ([r, g, b]) => .2126 * light(r) + .7152 * light(g) + .0722 * light(b);
  const behind = (node) => {
    for (; node; node = node.parentElement) {
      const colour = rgb(getComputedStyle(node).backgroundColor);
      if (colour.length < 4 || colour[3] > 0) return colour;
    }
    return [255, 255, 255];
  };
  let least = [21, ""];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const parent = walk.currentNode.parentElement;
    if (!walk.currentNode.data.trim() || !parent.checkVisibility()) continue;
    const style = getComputedStyle(parent);
    const front = parent.closest("svg") ? style.fill : style.color;
    const [a, b] = [shine(rgb(front)), shine(behind(parent))].sort((x, y) => y - x);
    const ratio = (a + .05) / (b + .05);
    if (ratio < least[0]) least = [ratio, walk.currentNode.data.trim()];
  }
  return least;
}"""
#: what a screen reader would stumble over
STUMBLES = """() => {
  const found = [];
  for (const field of document.querySelectorAll("input:not([type=hidden]), select, progress"))
    if (!field.labels.length && !field.ariaLabel) found.push(`no label: ${field.name}`);
  for (const button of document.querySelectorAll("button, a"))
    if (!button.textContent.trim()) found.push("empty link or button");
  for (const drawing of document.querySelectorAll("svg"))
    if (drawing.getAttribute("role") !== "img" || !drawing.ariaLabel) found.push("silent drawing");
  const ids = [...document.querySelectorAll("[id]")].map((node) => node.id);
  if (new Set(ids).size < ids.length) found.push("an id stands twice");
  let before = 0;
  for (const heading of document.querySelectorAll("h1, h2, h3, h4")) {
    const level = Number(heading.tagName[1]);
    if (level > before + 1) found.push(`heading skips a level: ${heading.textContent}`);
    before = level;
  }
  if (document.querySelectorAll("h1").length !== 1) found.push("not one h1");
  if (document.documentElement.scrollWidth > innerWidth) found.push("wider than the screen");
  return found;
}"""


@pytest.mark.slow
def test_every_page_can_be_read_by_everybody(scripted: Page, demo: str) -> None:
    addresses = [
        *(
            "/",
            "/plans/new",
            "/lists/1",
            "/lists/1?action=all",
            "/nowhere",
            "/docs",
            demo,
            f"{demo}?find=例船",
        ),
        *(f"{demo}/needs/N-001", f"{demo}/enterprises/镇江例动船用柴油机有限公司"),
        *(f"{demo}/why-not?need=N-029&offer=O-012", f"{demo}/why-not"),
    ]
    for width in (1280, 420):
        scripted.set_viewport_size({"width": width, "height": 900})
        for address in addresses:
            for language in ("zh", "en"):
                scripted.goto(f"{address}{'&' if '?' in address else '?'}lang={language}")
                ratio, text = scripted.evaluate(CONTRAST)
                assert ratio >= 4.5, (address, text)
                assert scripted.evaluate(STUMBLES) == [], (address, width, language)


def test_on_paper_all_reasons_are_open_and_nothing_can_be_pressed(scripted: Page, demo: str) -> None:
    scripted.goto(f"{demo}?lang=zh")
    scripted.emulate_media(media="print")
    heights = scripted.locator("table.deals svg.waterfall").evaluate_all(
        "drawings => drawings.map((drawing) => drawing.getBoundingClientRect().height)"
    )
    assert len(heights) == 20
    assert min(heights) > 50
    assert not scripted.locator("button:visible, nav:visible").count()
