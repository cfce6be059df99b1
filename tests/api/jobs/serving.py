"""A server without HTTP: keeps lists, says so only once they are kept, and has plans solved.

``python -m tests.api.jobs.serving SHEET`` with settings by environment; it runs until it is killed.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from api.jobs.worker import Worker
from api.settings import read_settings
from api.store.engine import open_store, writing
from api.store.lists import add_list
from tests.api.store.building import checked

if __name__ == "__main__":
    settings = read_settings()
    engine = open_store(settings)
    Worker(settings, engine).start()
    upload = checked(Path(sys.argv[1]), "needs")
    while True:
        with writing(engine) as connection:
            kept = add_list(connection, upload)
        sys.stdout.write(f"{kept}\n")
        sys.stdout.flush()
        time.sleep(0.05)
