"""Speaking to a service as a program would: upload, confirm, order, wait."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from httpx2 import Client

from tests.api.running import ENTERPRISES, HISTORY, NEEDS, OFFERS

HERE = "http://127.0.0.1"
API = "/api/v1"
DEMO = {"needs": NEEDS, "offers": OFFERS, "history": HISTORY, "enterprises": ENTERPRISES}
#: longer than any plan of these tests takes, however busy the machine is
PATIENCE = 120.0


@dataclass(frozen=True)
class Service:
    """A service and the few things every story does with it."""

    client: Client

    def get(self, path: str, **query: object) -> Any:
        """Read; anything but 200 fails the test."""
        answer = self.client.get(API + path, params=query)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def post(self, path: str, body: object = None, status: int = 200, **headers: str) -> Any:
        """Write JSON."""
        answer = self.client.post(API + path, json=body, headers=headers)
        assert answer.status_code == status, answer.text
        return answer.json()

    def upload(self, path: Path, kind: str, status: int = 201, **headers: str) -> Any:
        """Upload a sheet."""
        sent = {"file": (path.name, path.read_bytes())}
        answer = self.client.post(f"{API}/lists", files=sent, data={"kind": kind}, headers=headers)
        assert answer.status_code == status, answer.text
        return answer.json()

    def confirmed(self, path: Path, kind: str) -> int:
        """Upload a sheet and take it over; give the list's id."""
        head = self.upload(path, kind)
        self.post(f"/lists/{head['id']}/confirm", {})
        return int(head["id"])

    def plan_of_demo(self) -> int:
        """Have the demo market planned; give the plan's id."""
        taken = {f"{kind}_list": self.confirmed(path, kind) for kind, path in DEMO.items()}
        ordered = self.post("/plans", taken, status=202)
        assert self.finished(ordered["id"])["state"] == "done"
        return int(ordered["id"])

    def finished(self, plan: int) -> Any:
        """Wait until a plan has ended, however it did."""
        until = time.monotonic() + PATIENCE
        while (head := self.get(f"/plans/{plan}"))["state"] in ("queued", "running"):
            assert time.monotonic() < until, head
            time.sleep(0.05)
        return head
