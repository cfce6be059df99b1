"""What does not fit is answered with where, what was allowed and what was got, in both languages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create
from api.settings import Settings
from tests.api.talking import API, HERE, Service


def refused(service: Service, path: str, status: int = 422, **query: object) -> Any:
    answer = service.client.get(API + path, params=query)
    assert answer.status_code == status, answer.text
    return answer.json()


@pytest.mark.parametrize(
    ("query", "zh"),
    [
        ({"limit": 0}, "limit 应不小于 1，得到 '0'"),
        ({"limit": 201}, "limit 应不大于 200，得到 '201'"),
        ({"limit": "many"}, "limit 应为整数，得到 'many'"),
        ({"kind": "x"}, "kind 只能是 'needs', 'offers', 'history' or 'enterprises'，得到 'x'"),
    ],
)
def test_a_query_out_of_its_range(service: Service, query: dict[str, object], zh: str) -> None:
    said = refused(service, "/lists", **query)
    assert (said["code"], said["message"]["zh"]) == ("request", zh)


def test_all_faults_of_a_request_are_told_at_once(service: Service) -> None:
    answer = service.post("/plans", {"needs_list": 0, "seconds": -1, "colour": "red"}, status=422)
    assert answer["where"] == "needs_list, offers_list, seconds, colour"
    assert "offers_list 必须给出" in answer["message"]["zh"]
    assert "colour there is no such field, got 'red'" in answer["message"]["en"]


def test_what_is_not_there_is_named(service: Service) -> None:
    said = refused(service, "/plans/999999", status=404)
    assert (said["code"], "999999" in said["message"]["zh"]) == ("not_found", True)
    assert refused(service, "/nowhere", status=404)["code"] == "http_404"


def test_json_that_is_none(service: Service) -> None:
    answer = service.client.post(f"{API}/plans", content=b"{", headers={"Content-Type": "application/json"})
    assert answer.status_code == 422
    assert "不是有效的 JSON" in answer.json()["message"]["zh"]


def test_every_route_says_what_it_answers(service: Service) -> None:
    """An answer without a type would be slow to send and nothing a client could rely on."""
    paths = service.client.get("/openapi.json").json()["paths"]
    answers = [
        (path, method, code, answer)
        for path, methods in paths.items()
        for method, route in methods.items()
        for code, answer in route["responses"].items()
        if code.startswith("2")
    ]
    untyped = [
        (path, method)
        for path, method, _, answer in answers
        if answer.get("content", {}).get("application/json", {"schema": 1})["schema"] == {}
    ]
    assert len(answers) > 20
    assert untyped == []


@pytest.mark.parametrize(
    "body", [r'{"name": "\ud800"}', r'{"name": "x", "policy": {"weights": {"\ud800": 1}}}']
)
def test_half_a_character_is_refused(service: Service, body: str) -> None:
    """JSON can escape it; neither a database nor an answer can hold it."""
    sent = {"Content-Type": "application/json"}
    answer = service.client.post(f"{API}/policies", content=body, headers=sent)
    assert answer.status_code == 422
    assert "应为有效的 Unicode 文本" in answer.json()["message"]["zh"]


def test_a_service_without_a_worker_is_not_ready(tmp_path: Path) -> None:
    app = create(Settings(data_dir=tmp_path))
    with TestClient(app, base_url=HERE) as client:
        assert client.get("/readyz").json() == {"status": "ok"}
        app.state.desk.worker.stop()
        refused = client.get("/readyz")
        assert (refused.status_code, refused.json()["code"]) == (503, "busy")
        assert client.get("/healthz").status_code == 200
