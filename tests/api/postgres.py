"""A throw-away PostgreSQL: a cluster of its own in a temporary folder, reached by a socket there."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

import pytest
from sqlalchemy import create_engine

#: where Debian puts the server's programs, which are not on the path
DEBIAN = Path("/usr/lib/postgresql")


def programs() -> Path:
    """Folder of ``initdb``; without one tests are skipped, but not where everything has to run."""
    found = shutil.which("initdb")
    folders = [Path(found).parent] if found else sorted(DEBIAN.glob("*/bin"))
    if folders:
        return folders[-1]
    message = "PostgreSQL is not installed"
    if os.environ.get("CI") == "true":
        pytest.fail(message)
    pytest.skip(message)


@contextmanager
def cluster() -> Iterator[str]:
    """Start a server, give the URL of its databases without their name, and throw it away at the end."""
    where = programs()
    folder = Path(mkdtemp(prefix="chainmatch-pg-"))
    # the server refuses to run as root
    user = "postgres" if os.name == "posix" and os.geteuid() == 0 else None
    if user:
        shutil.chown(folder, user)

    def run(name: str, *arguments: str) -> None:
        subprocess.run(
            [where / name, *arguments], user=user, cwd=folder, check=True, stdout=subprocess.DEVNULL
        )

    data = str(folder / "data")
    run("initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
    options = f"-k {folder} -c listen_addresses='' -c fsync=off -c max_connections=200"
    try:
        run("pg_ctl", "-D", data, "-o", options, "-l", str(folder / "log"), "-w", "start")
        yield f"postgresql+psycopg://postgres@/{{name}}?host={folder}"
    finally:
        run("pg_ctl", "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder)


def new_database(url: str, name: str) -> str:
    """Make an empty database and give its URL."""
    engine = create_engine(url.format(name="postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f'CREATE DATABASE "{name}"')
    engine.dispose()
    return url.format(name=name)
