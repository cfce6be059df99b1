"""``serve``: the service on the loopback interface, for one local user."""

from __future__ import annotations

import http.client
import os
import socket
import threading
import time
from typing import Any

import typer

from api.settings import LOOPBACK, Settings
from api.store.engine import open_store
from matching import InputError, Words
from matching.words import Language

APP = "api.app:create"
HERE = Words(
    "链配已启动：{url}（只限本机一位用户；按 Ctrl+C 停止）",
    "ChainMatch serves at {url} (one local user on this machine; Ctrl+C stops it)",
)
ONLY_HERE = Words(
    "尚无账号体系，服务只能开在本机回环地址；允许：{allowed}，得到 {got}",
    "there are no accounts yet, so it serves this machine only; allowed: {allowed}, got {got}",
)
TAKEN = Words("端口 {port} 打不开：{error}", "port {port} cannot be opened: {error}")
#: seconds between two looks whether the service answers, and after which nobody looks any more
LOOK, LONGEST_START = 0.1, 120.0
#: seconds that answers under way get to end when it stops
LONGEST_STOP = 10


def serve_locally(settings: Settings, host: str, port: int, workers: int, language: Language) -> None:
    """Serve until it is stopped; InputError for a host that others could reach, a port in use, no store."""
    import uvicorn
    from uvicorn.supervisors import Multiprocess

    opened = _opened(host, port)
    # a store that cannot be opened is told as a sentence, before any server reports it as a fault
    open_store(settings).dispose()
    # what was read once is what every worker process reads
    os.environ.update(settings.environment())
    config = uvicorn.Config(
        APP,
        factory=True,
        log_level="warning",
        workers=workers,
        server_header=False,
        timeout_graceful_shutdown=LONGEST_STOP,
    )
    threading.Thread(target=_announce, args=(host, opened.getsockname()[1], language), daemon=True).start()
    if workers == 1:
        uvicorn.Server(config).run(sockets=[opened])
    else:
        Multiprocess(config, sockets=[opened]).run()


def _opened(host: str, port: int) -> socket.socket:
    """Open the port before anything is loaded, so that it is ours when its address is printed."""
    if host not in LOOPBACK:
        raise InputError(ONLY_HERE.fill(allowed=", ".join(sorted(LOOPBACK)), got=host), "--host")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    opened = socket.socket(family, socket.SOCK_STREAM)
    if os.name == "posix":
        # elsewhere this would let two services share the port
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        opened.bind((host, port))
        opened.listen(2048)
    except (OSError, OverflowError) as error:
        opened.close()
        raise InputError(TAKEN.fill(port=port, error=error), "--port") from error
    opened.set_inheritable(True)
    return opened


def _announce(host: str, port: int, language: Language) -> None:
    """Print the address once the service answers there."""
    until = time.monotonic() + LONGEST_START
    while time.monotonic() < until:
        if _answers(host, port):
            name = f"[{host}]" if ":" in host else host
            typer.echo(HERE.fill(url=f"http://{name}:{port}/").say(language))
            return
        time.sleep(LOOK)


def _answers(host: str, port: int) -> bool:
    connection = http.client.HTTPConnection(host, port, timeout=LONGEST_START)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == http.HTTPStatus.OK
    except (http.client.HTTPException, OSError):
        return False
    finally:
        connection.close()


def described() -> dict[str, Any]:
    """Give the OpenAPI description of the HTTP API."""
    from uvicorn.importer import import_from_string

    description: dict[str, Any] = import_from_string(APP)().openapi()
    return description
