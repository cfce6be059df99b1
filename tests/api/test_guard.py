"""The outer wall: who is let in, how much may be sent, what every answer carries."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi import FastAPI, Request
from fastapi.testclient import TestClient

from api.guard import HEADERS, Guard

LARGEST = 1000
HERE = "http://127.0.0.1:8000"


@pytest.fixture
def client() -> Iterator[TestClient]:
    """A service that tells how many bytes it was sent."""
    app = FastAPI()

    @app.post("/size")
    async def size(request: Request) -> int:
        return len(await request.body())

    @app.get("/")
    def hello() -> str:
        return "hello"

    app.add_middleware(Guard, largest=LARGEST)
    with TestClient(app, base_url=HERE) as client:
        yield client


@pytest.mark.parametrize("name", ["127.0.0.1", "127.0.0.1:8000", "localhost:80", "[::1]:8000", "LOCALHOST"])
def test_this_machine_is_let_in(client: TestClient, name: str) -> None:
    assert client.get("/", headers={"Host": name}).status_code == 200


@pytest.mark.parametrize(
    "name", ["evil.example", "127.0.0.1.evil.example", "192.168.0.9:8000", "", "[::1", "user@evil.example"]
)
def test_a_name_that_another_machine_could_bear_is_refused(client: TestClient, name: str) -> None:
    """A page elsewhere may have its own name point here; the browser then sends that name."""
    refused = client.get("/", headers={"Host": name})
    assert (refused.status_code, refused.json()["code"]) == (421, "host")


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:9999"},
        {"Origin": "http://[::1"},
    ],
)
def test_another_sites_page_changes_nothing_here(client: TestClient, headers: dict[str, str]) -> None:
    refused = client.post("/size", content=b"x", headers=headers)
    assert (refused.status_code, refused.json()["code"]) == (403, "cross_site")
    assert client.get("/", headers=headers).status_code == 200


@pytest.mark.parametrize("headers", [{}, {"Sec-Fetch-Site": "same-origin"}, {"Origin": HERE}])
def test_our_own_pages_and_scripts_may_write(client: TestClient, headers: dict[str, str]) -> None:
    assert client.post("/size", content=b"x" * LARGEST, headers=headers).json() == LARGEST


def test_a_body_that_says_it_is_too_large_is_refused_unread(client: TestClient) -> None:
    refused = client.post("/size", content=b"x" * (LARGEST + 1))
    assert (refused.status_code, refused.json()["code"]) == (413, "too_large")


def test_a_body_that_says_nothing_is_counted_on_its_way(client: TestClient) -> None:
    def pieces() -> Iterator[bytes]:
        for _ in range(11):
            yield b"x" * 100

    refused = client.post("/size", content=pieces())
    assert (refused.status_code, refused.json()["code"]) == (413, "too_large")


def test_every_answer_carries_the_security_headers(client: TestClient) -> None:
    for answer in (
        client.get("/"),
        client.get("/nowhere"),
        client.get("/", headers={"Host": "evil.example"}),
    ):
        assert {name: answer.headers[name] for name in HEADERS} == HEADERS
