"""Clean Chinese text."""

from __future__ import annotations


def tidy(text: str, *, taiwan: bool = False) -> str:
    """Clean a text for showing: as ``normalise``, but full-width punctuation and symbols stay as written."""
    raise NotImplementedError


def normalise(text: str, *, taiwan: bool = False) -> str:
    """Clean a text for comparing: half width, no pinyin glosses, simplified, single blanks (NFKC; brackets "()")."""
    raise NotImplementedError


def is_garbled(text: str) -> bool:
    """Tell whether a text shows signs of a wrong character encoding."""
    raise NotImplementedError


def is_placeholder(text: str) -> bool:
    """Tell whether a text only says that there is no value (待定, /, 公告未明确列示, template text)."""
    raise NotImplementedError


def is_template(text: str) -> bool:
    """Tell whether a text is an instruction of the form left standing ("[简要描述…]")."""
    raise NotImplementedError


def split_list(text: str) -> tuple[str, ...]:
    """Split an enumeration at 、，；;/| and line breaks, never inside brackets."""
    raise NotImplementedError
