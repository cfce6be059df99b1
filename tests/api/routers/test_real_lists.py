"""The real lists over HTTP, from the sheets to the workbook."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook

from tests.api.talking import API, Service


def test_an_office_takes_its_lists_through(service: Service, real_data: Path) -> None:
    folder = real_data / "lists"
    dirty = service.upload(folder / "脏数据需求清单.xlsx", "needs")
    assert dirty["counts"]["reject"] > 0
    wrong = service.get(f"/lists/{dirty['id']}/rows", action="reject")["items"]
    assert all(row["problems"] for row in wrong)
    service.post(f"/lists/{dirty['id']}/confirm", {}, status=409)

    order = {
        "needs_list": service.confirmed(folder / "采购需求清单.xlsx", "needs"),
        "offers_list": service.confirmed(folder / "供给能力清单.xlsx", "offers"),
        "history_list": service.confirmed(folder / "历史业绩.xlsx", "history"),
    }
    plan = service.finished(service.post("/plans", order, status=202)["id"])
    assert (plan["state"], plan["error"]) == ("done", None)

    figures = service.get(f"/plans/{plan['id']}/summary")["figures"]
    assert (figures["needs"], figures["status"]) == (467, "optimal")
    need = service.get(f"/plans/{plan['id']}/needs")["items"][0]
    found = service.get("/suggestions", plan=plan["id"], need=need["need"])["items"]
    assert len(found) >= 10
    assert all(sum(part["points"] for part in item["parts"]) == item["score"] for item in found)
    loser = next(item for item in found if not item["dealt"])
    why = service.get(f"/plans/{plan['id']}/why-not", need=need["need"], offer=loser["offer"])
    assert why["sentences"]
    workbook = service.client.get(f"{API}/plans/{plan['id']}/workbook")
    assert "对接方案" in load_workbook(BytesIO(workbook.content)).sheetnames
