"""Lists over HTTP: what is uploaded is checked, reported cell by cell, and counts once it is confirmed."""

from __future__ import annotations

from pathlib import Path

from tests.api.running import NEED_HEADERS, NEEDS, VALVES, write_list
from tests.api.talking import API, Service

WRONG = ("N-2", "例帆船厂", "船用闸阀", "很多", "件", 50, None)


def needs_of(folder: Path, *rows: tuple[object, ...]) -> Path:
    return write_list(folder / "需求.xlsx", NEED_HEADERS, *rows)


def test_an_uploaded_list_is_reported_and_waits(service: Service, tmp_path: Path) -> None:
    head = service.upload(needs_of(tmp_path, VALVES, WRONG), "needs")
    assert (head["state"], head["counts"]) == ("checked", {"accept": 1, "warn": 0, "reject": 1, "skip": 0})
    rows = service.get(f"/lists/{head['id']}/rows")["items"]
    assert [(row["row"], row["action"]) for row in rows] == [(2, "accept"), (3, "reject")]
    (problem,) = rows[1]["problems"]
    assert (problem["cell"], problem["value"], problem["fatal"]) == ("D3", "很多", True)
    assert problem["reason"]["zh"]
    assert problem["reason"]["en"]
    assert service.get("/needs", list_id=head["id"])["total"] == 0


def test_rejected_rows_need_a_word_to_be_left_out(service: Service, tmp_path: Path) -> None:
    head = service.upload(needs_of(tmp_path, VALVES, WRONG), "needs")
    refused = service.post(f"/lists/{head['id']}/confirm", {}, status=409)
    assert refused["code"] == "state"
    taken = service.post(f"/lists/{head['id']}/confirm", {"accept_valid": True})
    assert taken["state"] == "confirmed"
    assert [item["key"] for item in service.get("/needs", list_id=head["id"])["items"]] == ["N-1"]


def test_confirming_twice_changes_nothing(service: Service, tmp_path: Path) -> None:
    number = service.confirmed(needs_of(tmp_path, VALVES), "needs")
    first = service.get(f"/lists/{number}")
    assert service.post(f"/lists/{number}/confirm", {}) == first


def test_an_upload_repeated_under_its_key_is_one_list(service: Service, tmp_path: Path) -> None:
    """A client that saw no answer sends it again."""
    path, key = needs_of(tmp_path, VALVES), {"Idempotency-Key": "once only"}
    first, second = (service.upload(path, "needs", **key) for _ in range(2))
    assert first == second


def test_a_key_stands_for_one_file_only(service: Service, tmp_path: Path) -> None:
    key = {"Idempotency-Key": "one file"}
    service.upload(needs_of(tmp_path, VALVES), "needs", **key)
    refused = service.upload(needs_of(tmp_path, ("N-7", *VALVES[1:])), "needs", status=409, **key)
    assert (refused["code"], "take a new key" in refused["message"]["en"]) == ("state", True)


def test_the_sheet_comes_back_as_it_was_sent(service: Service) -> None:
    head = service.upload(NEEDS, "needs")
    answer = service.client.get(f"{API}/lists/{head['id']}/file")
    assert answer.content == NEEDS.read_bytes()
    assert "attachment" in answer.headers["content-disposition"]


def test_what_is_no_sheet_is_refused_with_a_sentence(service: Service, tmp_path: Path) -> None:
    path = tmp_path / "照片.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    refused = service.upload(path, "needs", status=422)
    assert refused["code"] == "file"
    assert "另存为" in refused["message"]["zh"]


def test_contacts_never_leave(service: Service, tmp_path: Path) -> None:
    path = write_list(tmp_path / "需求.xlsx", (*NEED_HEADERS, "联系人"), (*VALVES, "例小明 0511-0000000"))
    head = service.upload(path, "needs")
    service.post(f"/lists/{head['id']}/confirm", {})
    said = service.get(f"/lists/{head['id']}/rows"), service.get("/needs", list_id=head["id"])
    assert said[1]["total"] == 1
    assert "例小明" not in str(said)


def test_a_withdrawn_list_is_no_longer_among_the_needs(service: Service, tmp_path: Path) -> None:
    number = service.confirmed(needs_of(tmp_path, VALVES), "needs")
    assert service.post(f"/lists/{number}/withdraw")["state"] == "withdrawn"
    assert service.get("/needs", list_id=number)["total"] == 0


def test_enterprises_are_counted_over_all_lists(service: Service, tmp_path: Path) -> None:
    name = "例只此一次船厂"
    rows = [(f"N-{at}", name, *VALVES[2:]) for at in range(3)]
    service.confirmed(needs_of(tmp_path, *rows), "needs")
    assert service.get("/enterprises", query=name)["items"] == [{"name": name, "needs": 3, "offers": 0}]
