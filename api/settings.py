"""Settings by environment, prefix ``CHAINMATCH_``."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field, SecretStr, ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, SettingsConfigDict

from matching import InputError, Words

PREFIX = "CHAINMATCH_"
#: names of this machine; nobody else can reach a service that listens there only
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
MIB = 2**20
#: settings that may hold a password
SECRET = ("database_url", "secret_key")


def _platform_folder() -> Path:
    """Folder where the platform keeps a user's data."""
    home = Path.home()
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local") / "ChainMatch"
    if sys.platform == "darwin":
        return home / "Library" / "Application Support" / "ChainMatch"
    return Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share") / "chainmatch"


def _database_url(url: str) -> str:
    """Name the driver of PostgreSQL; any other database raises ValueError."""
    scheme, separator, rest = url.partition("://")
    if scheme in ("postgres", "postgresql", "postgresql+psycopg") and separator:
        return f"postgresql+psycopg://{rest}"
    # a database in memory would be another one in every process
    if scheme == "sqlite" and separator and rest.strip("/") not in ("", ":memory:"):
        return url
    raise ValueError("allowed: sqlite:///PATH, postgresql://HOST/NAME")


class Settings(BaseSettings):
    """What an operator may set; memory and sizes in bytes, times in seconds."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_ignore_empty=True, frozen=True)

    data_dir: Annotated[Path, AfterValidator(Path.expanduser)] = Field(default_factory=_platform_folder)
    database_url: Annotated[str, AfterValidator(_database_url)] | None = Field(None, repr=False)
    secret_key: SecretStr | None = None
    docs: bool = False
    real_data: Path | None = None
    #: a running plan whose lease is over is taken up again
    lease_seconds: float = Field(15.0, gt=0, le=3600)
    solve_memory: int | None = Field(None, ge=256 * MIB)
    question_seconds: float = Field(60.0, gt=0, le=3600)
    largest_upload: int = Field(20 * MIB, ge=1)
    upload_seconds: float = Field(60.0, gt=0, le=3600)
    upload_memory: int = Field(1024 * MIB, ge=256 * MIB)

    @property
    def url(self) -> str:
        """The database: the one that is named, else a file of the data folder."""
        return self.database_url or f"sqlite:///{self.data_dir / 'chainmatch.sqlite3'}"

    def environment(self) -> dict[str, str]:
        """Give the variables that make the same settings in a child process."""
        values = {name: getattr(self, name) for name in type(self).model_fields}
        secret = self.secret_key.get_secret_value() if self.secret_key else None
        told = {**values, "secret_key": secret}
        return {f"{PREFIX}{name.upper()}": str(value) for name, value in told.items() if value is not None}


def read_settings() -> Settings:
    """Read the environment; raises InputError naming every variable that cannot be used."""
    try:
        return Settings()
    except ValidationError as error:
        told = {str(item["loc"][0]): _told(item) for item in error.errors(include_url=False)}
        said = "; ".join(told.values())
        words = Words(f"环境变量的值不能用：{said}", f"a setting cannot be used: {said}")
        raise InputError(words, ", ".join(PREFIX + name.upper() for name in told)) from error


def _told(wrong: ErrorDetails) -> str:
    """Say what is allowed and what came; a password never shows."""
    allowed = wrong["msg"].removeprefix("Value error, ")
    return allowed if wrong["loc"][0] in SECRET else f"{allowed}, got {wrong['input']!r}"


def data_dir() -> Path:
    """Folder for the user's data: ``CHAINMATCH_DATA_DIR``, else where the platform keeps such data."""
    return read_settings().data_dir
