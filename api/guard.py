"""The outer wall of the service, one plain ASGI layer: hosts, other sites' pages, sizes, security headers."""

from __future__ import annotations

import json
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.settings import LOOPBACK
from matching import Words

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
#: everything a page uses comes from this service; nothing runs or is styled inline
POLICY = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


@dataclass(frozen=True)
class Refusal:
    """Why a request does not come in, with its HTTP status."""

    status: int
    code: str
    words: Words

    def body(self) -> bytes:
        """Give the refusal as every error of the API looks."""
        message = {"zh": self.words.zh, "en": self.words.en}
        problem = {"code": self.code, "message": message, "where": ""}
        return json.dumps(problem, ensure_ascii=False).encode()


STRANGER = Refusal(
    421,
    "host",
    Words(
        "本服务只在本机使用，请用 127.0.0.1 或 localhost 访问",
        "this service is for this machine only: call it as 127.0.0.1 or localhost",
    ),
)
CROSS_SITE = Refusal(
    403, "cross_site", Words("不接受其他网站发来的请求", "requests from another site's pages are refused")
)


def too_large(most: int) -> Refusal:
    """Give the refusal of a body beyond ``most`` bytes."""
    size = f"{most / 2**20:.3g}"
    return Refusal(413, "too_large", Words(f"请求内容超过 {size} MB", f"the request exceeds {size} MB"))


class _TooLarge(Exception):
    """A body grew beyond what it may hold while it was read."""


class Guard:
    """Let in what may come in, and put the security headers on every answer.

    ``largest`` is the most bytes a body may have, whether or not it says so beforehand.
    """

    def __init__(self, app: ASGIApp, largest: int) -> None:
        self.app = app
        self.largest = largest

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        refusal = self._refusal(scope["method"], Headers(scope=scope))
        if refusal is None:
            await self._passed(scope, receive, send)
        else:
            await _refuse(refusal, send)

    def _refusal(self, method: str, headers: Headers) -> Refusal | None:
        if _name(f"//{headers.get('host', '')}") not in LOOPBACK:
            return STRANGER
        if method in SAFE_METHODS:
            return None
        if _from_elsewhere(headers):
            return CROSS_SITE
        told = headers.get("content-length", "")
        return too_large(self.largest) if told.isdecimal() and int(told) > self.largest else None

    async def _passed(self, scope: Scope, receive: Receive, send: Send) -> None:
        taken, answered = 0, False

        async def counted() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > self.largest:
                raise _TooLarge
            return message

        async def headed(message: Message) -> None:
            nonlocal answered
            if message["type"] == "http.response.start":
                answered = True
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        try:
            await self.app(scope, counted, headed)
        except _TooLarge:
            if not answered:
                await _refuse(too_large(self.largest), send)


async def _refuse(refusal: Refusal, send: Send) -> None:
    body = refusal.body()
    headers = {"Content-Type": "application/json", "Content-Length": str(len(body)), **HEADERS}
    raw = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": refusal.status, "headers": raw})
    await send({"type": "http.response.body", "body": body})


def _name(url: str) -> str | None:
    try:
        return urlsplit(url).hostname
    except ValueError:
        return None


def _is_of(origin: str, host: str | None) -> bool:
    try:
        return urlsplit(origin).netloc == host
    except ValueError:
        return False


def _from_elsewhere(headers: Headers) -> bool:
    """Tell whether a browser says that a page of another site sends this (scripts say nothing and may)."""
    if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return True
    origin = headers.get("origin")
    return origin is not None and not _is_of(origin, headers.get("host"))
