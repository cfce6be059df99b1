"""Measure how many times a second 20 suggestions can be read, beside a bare FastAPI endpoint.

::

    python -m experiments.benchmark_service [--requests 2000]

Both are served by a uvicorn process of their own, one after the other in turns, and asked over one kept
connection by this process. The service holds the plan of the demo market in SQLite.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from experiments.pictures import draw_bars

RESULTS = Path(__file__).parent / "results"
HOST, ROUNDS, PATIENCE = "127.0.0.1", 5, 120.0
ASKED = "/api/v1/suggestions?plan=1&limit=20"


@contextmanager
def serving(factory: str, ready: str, folder: str) -> Iterator[http.client.HTTPConnection]:
    """Serve an application in a process of its own and give a connection to it."""
    with socket.socket() as free:
        free.bind((HOST, 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "uvicorn", factory, "--factory", "--port", str(port)]
    # each waits for its turn longer than an idle connection is kept by default
    quiet = ["--log-level", "warning", "--no-access-log", "--timeout-keep-alive", str(int(PATIENCE))]
    process = subprocess.Popen([*command, *quiet], env={**os.environ, "CHAINMATCH_DATA_DIR": folder})
    connection = http.client.HTTPConnection(HOST, port, timeout=PATIENCE)
    try:
        wait_for(connection, ready)
        yield connection
    finally:
        connection.close()
        process.terminate()
        process.wait()


def wait_for(connection: http.client.HTTPConnection, path: str) -> None:
    """Wait until an address answers."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            return ask(connection, path, 1)
        except (OSError, http.client.HTTPException):
            connection.close()
            time.sleep(0.1)
    raise TimeoutError(path)


def ask(connection: http.client.HTTPConnection, path: str, times: int) -> None:
    """Ask for an address some times; an answer that is not 200 ends the measuring."""
    for _ in range(times):
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        if answer.status != http.HTTPStatus.OK:
            raise ValueError(f"{path}: {answer.status}")


def check_twenty(connection: http.client.HTTPConnection) -> None:
    """Hold the measuring to what it says it reads."""
    connection.request("GET", ASKED)
    found = json.loads(connection.getresponse().read())["items"]
    if len(found) != 20 or not all(item["parts"] for item in found):
        raise ValueError(f"20 suggestions with reasons were to be read, {len(found)} came")


def rate(connection: http.client.HTTPConnection, path: str, times: int) -> float:
    """Give answers a second."""
    start = time.perf_counter()
    ask(connection, path, times)
    return times / (time.perf_counter() - start)


def measure(requests: int) -> dict[str, float]:
    """Give the median rate of both, taken in turns so that a busy moment hits both."""
    rates: dict[str, list[float]] = {"bare": [], "suggestions": []}
    with tempfile.TemporaryDirectory() as folder:
        settings = {**os.environ, "CHAINMATCH_DATA_DIR": folder}
        demo = [sys.executable, "-c", "from api.cli import app; app()", "demo"]
        subprocess.run(demo, env=settings, check=True, stdout=subprocess.DEVNULL)
        with (
            serving("experiments.bare_endpoint:create", "/bare", folder) as bare,
            serving("api.app:create", "/readyz", folder) as service,
        ):
            check_twenty(service)
            for _ in range(ROUNDS):
                rates["bare"].append(rate(bare, "/bare", requests // ROUNDS))
                rates["suggestions"].append(rate(service, ASKED, requests // ROUNDS))
    return {name: median(found) for name, found in rates.items()}


def main() -> None:
    """Measure, print, and write the picture and the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--requests", type=int, default=2000)
    rates = measure(parser.parse_args().requests)
    ratio = rates["suggestions"] / rates["bare"]
    lines = [
        "# Reading 20 suggestions with their reasons",
        "",
        *(f"* {name}: {found:.0f} answers a second" for name, found in rates.items()),
        f"* ratio to a bare FastAPI endpoint in the same run: {ratio:.2f}",
    ]
    print("\n".join(lines))
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "service.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    shown = {"FastAPI 空接口 bare": rates["bare"], "20 条建议 suggestions": rates["suggestions"]}
    draw_bars(
        shown, "读取 20 条建议 reading 20 suggestions", "每秒应答 answers a second", RESULTS / "service.svg"
    )


if __name__ == "__main__":
    main()
