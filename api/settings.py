"""Settings by environment, prefix ``CHAINMATCH_``."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def data_dir() -> Path:
    """Folder for the user's data: ``CHAINMATCH_DATA_DIR``, else where the platform keeps such data."""
    named = os.environ.get("CHAINMATCH_DATA_DIR")
    if named:
        return Path(named).expanduser()
    home = Path.home()
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local") / "ChainMatch"
    if sys.platform == "darwin":
        return home / "Library" / "Application Support" / "ChainMatch"
    return Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share") / "chainmatch"
