"""Pages from templates: escaped, in the reader's language, links that keep what was asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from api.pages.coverage import coverage
from api.pages.sieve import sieve
from api.pages.waterfall import strip, waterfall
from api.pages.wording import ACTIONS, GAPS, KINDS, LIST_STATES, PLAN_STATES, TEXTS, said
from matching import Words
from matching.words import UNKNOWN, Language, is_missing

FOLDER = Path(__file__).parent
LANGUAGES: dict[str, Language] = {"zh": "zh", "en": "en"}
COOKIE, A_YEAR = "language", 365 * 24 * 3600


def language_of(request: Request) -> Language:
    """Give the language a reader asks for (``?lang=``), else asked for last, else Chinese."""
    asked = request.query_params.get("lang", "")
    return LANGUAGES.get(asked) or LANGUAGES.get(request.cookies.get(COOKIE, "")) or "zh"


def render(request: Request, template: str, status: int = 200, /, **values: Any) -> HTMLResponse:
    """Fill a template; a language that was asked for is kept for the pages to come."""
    language = language_of(request)
    html = TEMPLATES.get_template(template).render(**_frame(request, language), **values)
    response = HTMLResponse(html, status)
    if request.query_params.get("lang") in LANGUAGES:
        response.set_cookie(COOKIE, language, max_age=A_YEAR, httponly=True, samesite="lax")
    return response


def _frame(request: Request, language: Language) -> dict[str, Any]:
    """Give what every template may use: the language, its sentences, pictures and links."""
    other: Language = "en" if language == "zh" else "zh"
    return {
        "language": language,
        "t": partial(_text, language),
        "say": partial(said, language=language),
        "waterfall": partial(waterfall, language=language),
        "strip": partial(strip, language=language),
        "coverage": partial(coverage, language=language),
        "sieve": partial(sieve, language=language),
        "kinds": _table(KINDS, language),
        "list_states": _table(LIST_STATES, language),
        "plan_states": _table(PLAN_STATES, language),
        "actions": _table(ACTIONS, language),
        "gaps": _table(GAPS, language),
        "path": request.url.path,
        "link": partial(_link, request),
        "other_language": _link(request, lang=other) if request.method == "GET" else f"/?lang={other}",
    }


def _text(language: Language, name: str, **values: Any) -> str:
    return TEXTS[name].fill(**values).say(language) if values else TEXTS[name].say(language)


def _table(words: Mapping[Any, Words], language: Language) -> dict[Any, str]:
    return {name: item.say(language) for name, item in words.items()}


def _link(request: Request, **changes: Any) -> str:
    """Give the address of this page with some of its questions changed; None takes one away."""
    url = request.url.remove_query_params([name for name, value in changes.items() if value is None])
    url = url.include_query_params(**{name: value for name, value in changes.items() if value is not None})
    # two slashes at the beginning would lead to another site
    path = f"/{url.path.lstrip('/')}"
    return f"{path}?{url.query}" if url.query else path


def _number(value: float | None) -> str:
    return UNKNOWN.zh if value is None else f"{value:,.12g}"


def _when(moment: datetime) -> str:
    return _utc(moment).strftime("%Y-%m-%d %H:%M UTC")


def _stamp(moment: datetime) -> str:
    return _utc(moment).isoformat(timespec="seconds")


def _utc(moment: datetime) -> datetime:
    """A moment without a zone is UTC, as everything the store keeps."""
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _about(record: Mapping[str, Any] | None) -> str:
    """Say in a few words what a record is: its number, firm and title."""
    names = ("need_id", "offer_id", "contract_id", "enterprise", "name", "title", "product")
    values = [(record or {}).get(name) for name in names]
    return " · ".join(str(value) for value in values if not is_missing(value))


def _environment() -> Environment:
    filters: dict[str, Callable[..., str]] = {
        "number": _number,
        "when": _when,
        "stamp": _stamp,
        "about": _about,
    }
    made = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(filters)
    return made


TEMPLATES = _environment()
