"""Every sentence of the pages exists in both languages and is asked for somewhere."""

from __future__ import annotations

import re
from string import Formatter
from typing import get_args

import pytest

from api.pages.rendering import FOLDER
from api.pages.wording import ACTIONS, KINDS, LIST_STATES, PLAN_STATES, TEXTS
from api.schemas import ListKind, ListState, PlanState, RowAction
from matching import Words

TEMPLATES = sorted((FOLDER / "templates").glob("*.html"))
CHINESE = re.compile(r"[\u3000-\u9fff\uff00-\uffef]")


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_templates_ask_for_what_there_is_and_nothing_lies_idle() -> None:
    asked = {
        name
        for path in TEMPLATES
        for name in re.findall(r"""\bt\(["'](\w+)["']""", path.read_text(encoding="utf-8"))
    }
    assert asked == TEXTS.keys()


@pytest.mark.parametrize("table", [TEXTS, KINDS, LIST_STATES, ACTIONS, PLAN_STATES])
def test_both_languages_say_it(table: dict[str, Words]) -> None:
    for name, words in table.items():
        assert CHINESE.search(words.zh), name
        assert words.en, name
        assert not CHINESE.search(words.en), name
        assert fields(words.zh) == fields(words.en), name


def test_templates_hold_no_sentence_of_their_own() -> None:
    """Chinese stands in a template only as the name of the language and in brackets around numbers."""
    allowed = {"layout.html": "中文", "order.html": "（）"}
    for path in TEMPLATES:
        found = set("".join(CHINESE.findall(path.read_text(encoding="utf-8"))))
        assert found <= set(allowed.get(path.name, "")), path.name


@pytest.mark.parametrize(
    ("table", "kind"),
    [(KINDS, ListKind), (LIST_STATES, ListState), (ACTIONS, RowAction), (PLAN_STATES, PlanState)],
)
def test_every_kind_and_state_has_a_name(table: dict[str, Words], kind: object) -> None:
    assert table.keys() == set(get_args(kind))
