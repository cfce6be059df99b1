"""Settings come from the environment; a bad one is a sentence that names it."""

from __future__ import annotations

from pathlib import Path

import pytest

from api.settings import Settings, data_dir, read_settings
from matching import InputError


def test_the_database_is_a_file_of_the_data_folder_unless_named() -> None:
    assert Settings(data_dir=Path("a")).url == "sqlite:///a/chainmatch.sqlite3"
    named = Settings(data_dir=Path("a"), database_url="postgresql://host/name")
    assert named.url == "postgresql+psycopg://host/name"


def test_a_variable_moves_the_data_folder_and_an_empty_one_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHAINMATCH_DATA_DIR", "")
    usual = data_dir()
    monkeypatch.setenv("CHAINMATCH_DATA_DIR", "~/elsewhere")
    assert data_dir() == Path.home() / "elsewhere" != usual


def test_a_child_process_gets_the_same_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    own = Settings(data_dir=Path("a"), secret_key="key", docs=True, lease_seconds=2.5, solve_memory=2**30)
    for name, value in own.environment().items():
        monkeypatch.setenv(name, value)
    assert read_settings() == own


def test_bad_settings_are_named_with_what_is_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHAINMATCH_LEASE_SECONDS", "0")
    with pytest.raises(InputError, match="greater than 0, got '0'") as told:
        read_settings()
    assert told.value.where == "CHAINMATCH_LEASE_SECONDS"


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///", "sqlite:///:memory:", "mysql://host/name"])
def test_a_database_that_its_processes_cannot_share_is_refused(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHAINMATCH_DATABASE_URL", url)
    with pytest.raises(InputError, match="allowed: sqlite:///PATH, postgresql://HOST/NAME"):
        read_settings()


def test_the_password_of_a_refused_database_is_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHAINMATCH_DATABASE_URL", "mysql://user:secret@host/name")
    with pytest.raises(InputError, match="allowed: sqlite:///PATH, postgresql://HOST/NAME") as told:
        read_settings()
    assert "secret" not in told.value.say("en") + repr(told.value)
