"""Unified social credit codes; all codes here are made up and their check characters computed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.codes import is_valid_uscc

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def completed(body: str) -> str:
    """Append the check character, by the standard's own formula C18 = 31 - MOD(Σ Ci·Wi, 31)."""
    weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]
    check = 31 - sum(ALPHABET.index(char) * weight for char, weight in zip(body, weights, strict=True)) % 31
    return body + ALPHABET[check % 31]


BODIES = st.builds(
    "{}{:06d}{}".format,
    st.text(ALPHABET, min_size=2, max_size=2),
    st.integers(0, 999_999),
    st.text(ALPHABET, min_size=9, max_size=9),
)


@given(BODIES)
def test_computed_code_is_valid(body: str) -> None:
    """Any body with its own check character is a code; small letters and blanks around are no fault."""
    assert is_valid_uscc(completed(body))
    assert is_valid_uscc(f" {completed(body).lower()} ")


@given(BODIES, st.integers(0, 16), st.integers(1, 30))
def test_tampered_code_is_not(body: str, place: int, shift: int) -> None:
    """Any one character changed is noticed."""
    code = completed(body)
    other = ALPHABET[(ALPHABET.index(code[place]) + shift) % 31]
    assert not is_valid_uscc(code[:place] + other + code[place + 1 :])


@pytest.mark.parametrize("text", ["", "91320000", "9132010000000000IO", "９１"])
def test_wrong_shape(text: str) -> None:
    """Too short, or with letters the standard leaves out."""
    assert not is_valid_uscc(text)
