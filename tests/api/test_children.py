"""Child processes: what they tidy when their parent ends, also where they end at the same moment."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from api.children import ORPHANED

CODE = """
import sys, time
from pathlib import Path
from threading import Event
from api.children import end_with_parent

begun = Event()

def tidy():
    begun.set()
    time.sleep(0.5)
    Path(sys.argv[1]).write_text("tidied")

end_with_parent(tidy)
if sys.argv[2] == "ends":
    begun.wait()
else:
    time.sleep(60)
"""


def orphan(told: Path, how: str) -> int:
    """Start a child, close its input, and give its exit code."""
    child = subprocess.Popen([sys.executable, "-c", CODE, str(told), how], stdin=subprocess.PIPE)
    assert child.stdin is not None
    child.stdin.close()
    return child.wait(30)


def test_an_orphan_tidies_and_leaves(tmp_path: Path) -> None:
    assert orphan(tmp_path / "told", "waits") == ORPHANED
    assert (tmp_path / "told").read_text() == "tidied"


def test_one_that_ends_by_itself_while_it_tidies_finishes_that(tmp_path: Path) -> None:
    assert orphan(tmp_path / "told", "ends") == ORPHANED
    assert (tmp_path / "told").read_text() == "tidied"


def test_one_that_ends_before_its_parent_just_ends(tmp_path: Path) -> None:
    code = "from api.children import end_with_parent; end_with_parent()"
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE) as child:
        assert child.wait(30) == 0
