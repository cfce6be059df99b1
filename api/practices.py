"""The practices the command line knows: one row makes a practice a command with its lists."""

from __future__ import annotations

from matching import Form, Practice, UnknownNameError, Words
from matching.experts import PRACTICE as EXPERTS
from matching.experts import RESULTS_PRACTICE, SEEKERS_PRACTICE
from matching.records.enterprise import ENTERPRISES
from matching.supply import PRACTICE as SUPPLY

#: command → the practice it plans
COMMANDS: dict[str, Practice] = {
    "plan": SUPPLY,
    "experts": EXPERTS,
    "results": RESULTS_PRACTICE,
    "seekers": SEEKERS_PRACTICE,
}


def forms() -> dict[str, Form]:
    """Give every kind of list there is."""
    lists = [form for item in COMMANDS.values() for form in (item.demand, item.supply, item.history) if form]
    return {form.kind: form for form in (*lists, ENTERPRISES)}


def form_of(kind: str) -> Form:
    """Give the form of a kind of list; an unknown kind raises UnknownNameError."""
    known = forms()
    if kind not in known:
        raise UnknownNameError(Words("清单种类", "kind of list"), kind, known)
    return known[kind]
