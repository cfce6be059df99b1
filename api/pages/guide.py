"""The page that describes the HTTP API, drawn from its own description: no script of others, no network."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api.pages.rendering import render

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True)
class Field:
    """One thing a route takes: a parameter of its address, query or header, or a part of its body."""

    name: str
    place: str
    required: bool
    allowed: str


@dataclass(frozen=True)
class Route:
    """One address with one method."""

    method: str
    path: str
    noun: str
    summary: str
    takes: tuple[Field, ...]
    gives: str


@router.get("/docs")
def guide(request: Request) -> HTMLResponse:
    """Show every route of the API with what it takes and gives."""
    return render(request, "guide.html", routes=list(routes_of(request.app.openapi())))


def routes_of(description: Mapping[str, Any]) -> Iterator[Route]:
    """Give the routes of an OpenAPI description in its order."""
    shapes = description["components"]["schemas"]
    for path, methods in description["paths"].items():
        for method, route in methods.items():
            good = next(answer for code, answer in route["responses"].items() if code.startswith("2"))
            yield Route(
                method=method.upper(),
                path=path,
                noun=route["tags"][0],
                summary=route.get("description", ""),
                takes=tuple(_taken(route, shapes)),
                gives=", ".join(_kind(item.get("schema", {})) or form for form, item in _content(good)),
            )


def _taken(route: Mapping[str, Any], shapes: Mapping[str, Any]) -> Iterator[Field]:
    for item in route.get("parameters", ()):
        yield Field(item["name"], item["in"], item.get("required", False), _allowed(item["schema"]))
    for form, item in _content(route.get("requestBody", {})):
        shape = shapes[_kind(item["schema"])]
        for name, part in shape["properties"].items():
            yield Field(name, form, name in shape.get("required", ()), _allowed(part))


def _content(part: Mapping[str, Any]) -> list[tuple[str, Any]]:
    return list(part.get("content", {}).items())


def _kind(schema: Mapping[str, Any]) -> str:
    return str(schema.get("$ref", "")).rpartition("/")[2]


def _allowed(schema: Mapping[str, Any]) -> str:
    """Say of a value what it may be: its type, its choices, its range."""
    if "anyOf" in schema:
        return " | ".join(_allowed(item) for item in schema["anyOf"])
    if "enum" in schema:
        return " | ".join(map(str, schema["enum"]))
    said = [_kind(schema) or str(schema.get("type", ""))]
    names = {"minimum": "≥", "maximum": "≤", "exclusiveMinimum": ">", "minLength": "≥", "maxLength": "≤"}
    said += [f"{sign} {schema[name]}" for name, sign in names.items() if name in schema]
    return " ".join(said)
