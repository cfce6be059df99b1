"""Pages as a program reads them: escaped, bilingual, nothing inline, forms that may be sent twice."""

from __future__ import annotations

import re
from html import unescape
from io import BytesIO
from pathlib import Path
from urllib.parse import quote

import pytest
from httpx2 import Response
from openpyxl import load_workbook

from tests.api.running import NEED_HEADERS, NEEDS, OFFER_HEADERS, VALVE_MAKER, VALVES, write_list
from tests.api.talking import API, HERE, Service

ODD_FIRM = '<i>例&"帆"</i>/二部?#1'
ODD_NEED = "N/1?#&'<b>"


def get(service: Service, path: str, status: int = 200, language: str = "zh") -> str:
    """Read a page in one language."""
    answer = service.client.get(path, params={"lang": language} if "?" not in path else None)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    service.client.cookies.clear()
    return answer.text


def send(service: Service, path: str, status: int = 303, **form: object) -> Response:
    """Send a form; the answer is not followed."""
    answer = service.client.post(path, data=form, follow_redirects=False)
    assert answer.status_code == status, answer.text
    return answer


def upload(service: Service, path: Path, kind: str, status: int = 303, **form: str) -> Response:
    """Upload a list by the form."""
    sent = {"file": (path.name, path.read_bytes())}
    data = {"kind": kind, **form}
    answer = service.client.post("/lists", files=sent, data=data, follow_redirects=False)
    assert answer.status_code == status, answer.text
    return answer


@pytest.mark.parametrize(
    "page", ["", "/needs/N-001", "/enterprises/靖江例海船厂有限公司", "/why-not?need=N-001&offer=O-017"]
)
def test_nothing_on_a_page_is_inline(service: Service, planned: int, page: str) -> None:
    """The content policy would refuse it, and what people wrote could use it."""
    html = get(service, f"/plans/{planned}{page}")
    assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", html)
    assert [*re.findall(r"<script[^>]*>(.*?)</script>", html, re.DOTALL)] == [""]


def test_the_plan_says_what_the_api_says(service: Service, planned: int) -> None:
    html = unescape(get(service, f"/plans/{planned}", language="en"))
    for line in service.get(f"/plans/{planned}/summary")["lines"]:
        assert line["label"]["en"] in html
        assert line["figure"]["en"] in html
    deals = service.get("/suggestions", plan=planned, dealt=True, limit=20)
    assert [f"<b>{deal['score']}</b>" in html for deal in deals["items"]] == [True] * 20
    assert f"1–20 of {deals['total']}" in html
    assert html.count('class="waterfall"') == 20


def test_the_second_page_holds_the_rest(service: Service, planned: int) -> None:
    first = get(service, f"/plans/{planned}")
    link = re.search(r'rel="next" href="([^"]*)#deals"', first)
    assert link is not None
    total = service.get("/suggestions", plan=planned, dealt=True, limit=1)["total"]
    second = get(service, link[1].replace("&amp;", "&"))
    assert second.count('class="waterfall"') == total - 20
    assert 'rel="next"' not in second


@pytest.mark.parametrize("find", ["N-001", "n-001", "电缆", "O-031", "靖江", "100%", "没有的"])
def test_deals_are_found_by_any_part_of_a_name(service: Service, planned: int, find: str) -> None:
    html = get(service, f"/plans/{planned}?find={quote(find)}")
    deals = service.get("/suggestions", plan=planned, dealt=True, limit=200)["items"]
    names = ("need", "need_title", "buyer", "offer", "enterprise")
    held = [deal for deal in deals if any(find.lower() in deal[name].lower() for name in names)]
    assert html.count('class="waterfall"') == min(20, len(held))
    assert ("没有这样的对接" in html) == (not held) == (find in ("100%", "没有的"))
    assert len(held) <= 20 or f"共 {len(held)} 条" in html


def test_a_need_that_stays_open_says_why(service: Service, planned: int) -> None:
    open_needs = service.get(f"/plans/{planned}/needs", open_only=True)["items"]
    html = get(service, f"/plans/{planned}")
    assert len(open_needs) == 2
    for need in open_needs:
        own = get(service, f"/plans/{planned}/needs/{need['need']}")
        assert "未满足数量" in own
        assert all(reason["sentence"]["zh"] in page for reason in need["reasons"] for page in (html, own))


def test_strange_names_are_shown_as_written_and_lead_where_they_should(
    service: Service, tmp_path: Path
) -> None:
    row = (ODD_NEED, ODD_FIRM, *VALVES[2:])
    needs = service.confirmed(write_list(tmp_path / "需求.xlsx", NEED_HEADERS, row), "needs")
    offers = service.confirmed(write_list(tmp_path / "产能.xlsx", OFFER_HEADERS, VALVE_MAKER), "offers")
    plan = service.post("/plans", {"needs_list": needs, "offers_list": offers}, status=202)["id"]
    assert service.finished(plan)["state"] == "done"
    html = get(service, f"/plans/{plan}")
    assert "<i>" not in html.replace('<i class="unknown">', "")
    links = dict.fromkeys(re.findall(rf'href="(/plans/{plan}/(?:needs|enterprises)/[^"]+)"', html))
    assert len(links) == 3
    assert all("例阀厂" in get(service, link) for link in links)


def test_a_form_sent_twice_makes_one_list_and_one_plan(service: Service, tmp_path: Path) -> None:
    path = write_list(tmp_path / "需求.xlsx", NEED_HEADERS, VALVES)
    first, again = (upload(service, path, "needs", request_key="once").headers["location"] for _ in range(2))
    assert first == again
    send(service, f"{first}/confirm")
    offers = service.confirmed(write_list(tmp_path / "产能.xlsx", OFFER_HEADERS, VALVE_MAKER), "offers")
    form = {"needs_list": first.rsplit("/", 1)[1], "offers_list": offers, "request_key": "once too"}
    blank = {
        "history_list": "",
        "enterprises_list": "",
        "policy": "",
        "title": "",
        "seconds": "60",
        "gap": "0.0",
    }
    plans = {send(service, "/plans", **form, **blank).headers["location"] for _ in range(2)}
    assert len(plans) == 1


def test_rejected_rows_are_left_out_only_on_purpose(service: Service, tmp_path: Path) -> None:
    wrong = ("N-2", "例帆船厂", "船用截止阀", "若干", "件", 50, None)
    path = write_list(tmp_path / "需求.xlsx", NEED_HEADERS, VALVES, wrong)
    report = upload(service, path, "needs").headers["location"]
    assert "“若干”不是数量" in get(service, report)
    back = service.client.get(f"{API}{report}/returned")
    assert quote("退回-需求.xlsx") in back.headers["content-disposition"]
    assert "“若干”不是数量" in str([*load_workbook(BytesIO(back.content)).active.values])
    refused = send(service, f"{report}/confirm", status=409)
    assert "无法完成" in refused.text
    send(service, f"{report}/confirm", accept_valid="true")
    assert "已确认" in get(service, report)
    send(service, f"{report}/withdraw")
    assert "已撤回" in get(service, report)


def test_a_plan_is_ordered_again_as_it_was(service: Service, planned: int) -> None:
    plan = service.get(f"/plans/{planned}")
    html = get(service, f"/plans/new?again={planned}")
    for name in ("needs_list", "offers_list", "history_list", "enterprises_list"):
        select = html.partition(f'<select name="{name}"')[2].partition("</select>")[0]
        assert re.findall(r'<option value="(\d*)" selected>', select) == [str(plan[name])]


def test_a_plan_without_a_limit_of_time_is_ordered_again(service: Service, planned: int) -> None:
    """The form asks for a number, so it shows its largest; a gap and a seed of one's own are kept."""
    lists = {name: service.get(f"/plans/{planned}")[name] for name in ("needs_list", "offers_list")}
    plan = service.post("/plans", {**lists, "seconds": None, "gap": 0.3, "seed": 7}, status=202)["id"]
    service.post(f"/plans/{plan}/cancel")
    html = get(service, f"/plans/new?again={plan}")
    for field in ('name="seconds" min="0.1" max="3600" step="any" value="3600"', 'name="seed" value="7"'):
        assert field in html
    assert '<option value="0.3" selected>' in html


def test_a_form_sent_again_with_another_file_makes_another_list(service: Service, tmp_path: Path) -> None:
    """As after the browser's way back."""
    paths = [write_list(tmp_path / f"{at}.xlsx", NEED_HEADERS, (f"N-{at}", *VALVES[1:])) for at in (1, 2)]
    made = {upload(service, path, "needs", request_key="back").headers["location"] for path in paths}
    assert len(made) == 2


def test_cancelling_a_finished_plan_leaves_it_as_it_is(service: Service, planned: int) -> None:
    assert send(service, f"/plans/{planned}/cancel").headers["location"] == f"/plans/{planned}"
    assert "已完成" in get(service, f"/plans/{planned}")


@pytest.mark.parametrize(
    ("path", "status", "zh", "en"),
    [
        ("/plans/999", 404, "没有编号为 999 的方案", "there is no plan 999"),
        ("/lists/999", 404, "没有编号为 999 的", "there is no list 999"),
        ("/nowhere", 404, "没有这个地址", "there is no such address"),
        ("/plans/{plan}/needs/N-999", 404, "没有编号为 N-999 的需求", "there is no need N-999"),
        ("/plans/{plan}/enterprises/例无此厂", 404, "没有企业“例无此厂”", "names an enterprise 例无此厂"),
        ("/plans/0", 422, "应不小于 1", "must be at least 1"),
    ],
)
def test_errors_are_pages_in_the_reader_s_language(
    service: Service, planned: int, path: str, status: int, zh: str, en: str
) -> None:
    path = path.format(plan=planned)
    assert zh in get(service, path, status)
    assert en in get(service, path, status, language="en")


def test_a_list_of_the_wrong_kind_is_refused_on_a_page(service: Service) -> None:
    assert "无法完成" in upload(service, NEEDS, "offers", status=422).text


def test_the_language_is_asked_for_kept_and_never_guessed(service: Service) -> None:
    client = service.client
    assert '<html lang="zh-CN">' in client.get("/?lang=fr").text
    assert '<html lang="en">' in client.get("/?lang=en").text
    assert '<html lang="en">' in client.get("/").text
    assert '<html lang="zh-CN">' in client.get("/?lang=zh").text
    client.cookies.clear()


def test_no_address_makes_a_page_link_to_another_site(service: Service) -> None:
    html = service.client.get(f"{HERE}//evil.example/x").text
    assert 'href="/evil.example/x?lang=en"' in html
    assert 'href="//' not in html


def test_every_static_file_is_there(service: Service) -> None:
    html = get(service, "/")
    for name in re.findall(r'(?:src|href)="(/static/[^"]+)"', html):
        assert service.client.get(name).status_code == 200
