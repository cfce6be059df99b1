"""Unified social credit codes."""

from __future__ import annotations


def is_valid_uscc(text: str) -> bool:
    """Tell whether a unified social credit code has its 18 characters and its check character (GB 32100-2015)."""
    raise NotImplementedError
