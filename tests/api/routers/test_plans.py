"""Plans over HTTP: ordered, made in the background, read with their reasons."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook

from tests.api.running import ENTERPRISES, HISTORY, NEED_HEADERS, NEEDS, OFFERS, VALVES, run, write_list
from tests.api.talking import API, Service


def test_the_plan_is_the_one_the_command_prints(service: Service, planned: int) -> None:
    printed = run("plan", NEEDS, OFFERS, "--history", HISTORY, "--enterprises", ENTERPRISES, "--json")
    assert service.get(f"/plans/{planned}/document") == json.loads(printed.stdout)


def test_the_parts_of_every_suggestion_add_up_to_its_score(service: Service, planned: int) -> None:
    found = service.get("/suggestions", plan=planned, limit=200)["items"]
    assert len(found) > 50
    for item in found:
        assert sum(part["points"] for part in item["parts"]) == item["score"]


def test_a_need_has_its_best_candidates_first(service: Service, planned: int) -> None:
    found = service.get("/suggestions", plan=planned, need="N-001")["items"]
    assert [item["rank"] for item in found] == list(range(1, len(found) + 1))
    assert [item["score"] for item in found] == sorted((item["score"] for item in found), reverse=True)
    assert {item["offer"] for item in found if item["dealt"]} == {"O-001", "O-002"}


def test_a_supplier_and_a_buyer_see_their_own(service: Service, planned: int) -> None:
    dealt = service.get("/suggestions", plan=planned, need="N-001", dealt=True)["items"][0]
    for side in ("enterprise", "buyer"):
        found = service.get("/suggestions", plan=planned, **{side: dealt[side]})["items"]
        assert {item[side] for item in found} == {dealt[side]}
        assert dealt in found


def test_what_stays_open_says_why(service: Service, planned: int) -> None:
    found = service.get(f"/plans/{planned}/needs", open_only=True)["items"]
    assert "N-019" in [item["need"] for item in found]
    assert all(item["unmet"] > 0 and item["reasons"] for item in found)


def test_why_not_names_the_rule(service: Service, planned: int) -> None:
    said = service.get(f"/plans/{planned}/why-not", need="N-003", offer="O-014")
    assert not said["dealt"]
    assert "DNV" in said["sentences"][0]["zh"]
    dealt = service.get(f"/plans/{planned}/why-not", need="N-003", offer="O-015")
    assert dealt["dealt"]
    assert sum(part["points"] for part in dealt["parts"]) > 0


def test_why_not_of_an_unknown_offer_says_so(service: Service, planned: int) -> None:
    refused = service.client.get(f"{API}/plans/{planned}/why-not", params={"need": "N-003", "offer": "O-999"})
    assert (refused.status_code, refused.json()["code"]) == (404, "not_found")
    assert "O-999" in refused.json()["message"]["zh"]


def test_the_workbook_opens(service: Service, planned: int) -> None:
    answer = service.client.get(f"{API}/plans/{planned}/workbook")
    assert "对接方案" in load_workbook(BytesIO(answer.content)).sheetnames


def test_the_events_end_with_the_plan(service: Service, planned: int) -> None:
    answer = service.client.get(f"{API}/plans/{planned}/events")
    assert answer.headers["content-type"].startswith("text/event-stream")
    last = json.loads(answer.text.strip().splitlines()[-1].removeprefix("data: "))
    assert (last["state"], last["share"]) == ("done", 1.0)


def test_an_order_repeated_under_its_key_is_one_plan(service: Service, planned: int) -> None:
    head = service.get(f"/plans/{planned}")
    order = {"needs_list": head["needs_list"], "offers_list": head["offers_list"], "seed": 3}
    first, second = (
        service.post("/plans", order, status=202, **{"Idempotency-Key": "one plan"}) for _ in range(2)
    )
    assert first["id"] == second["id"]
    assert service.finished(first["id"])["state"] == "done"
    other = service.post("/plans", {**order, "seed": 4}, status=409, **{"Idempotency-Key": "one plan"})
    assert "take a new key" in other["message"]["en"]


def test_a_list_that_waits_or_is_of_another_kind_makes_no_plan(
    service: Service, planned: int, tmp_path: Path
) -> None:
    offers = service.get(f"/plans/{planned}")["offers_list"]
    waiting = service.upload(write_list(tmp_path / "需求.xlsx", NEED_HEADERS, VALVES), "needs")["id"]
    for needs, status in ((waiting, 409), (offers, 422), (10**6, 404)):
        refused = service.post("/plans", {"needs_list": needs, "offers_list": offers}, status=status)
        assert refused["message"]["zh"]


def test_a_policy_is_stored_once_and_used(service: Service) -> None:
    body = {"name": "价格优先", "policy": {"weights": {"price": 9}}}
    first, second = (service.post("/policies", body, status=201) for _ in range(2))
    assert first == second
    assert first["policy"]["weights"]["price"] == 9
    refused = service.post("/policies", {"name": "坏", "policy": {"weights": {"prize": 1}}}, status=422)
    assert refused["code"] == "unknown_name"
    assert "price" in refused["message"]["en"]
