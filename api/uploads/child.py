"""The second wall: the process that reads one upload, ``python -m api.uploads.child ORDER``.

It answers on its standard output. It is limited before it opens the file, so that a file no check foresaw
takes this process with it and nothing else.
"""

from __future__ import annotations

import os
import shutil
import sys
from functools import partial

from api.children import end_with_parent, limit_process
from api.practices import form_of
from api.schemas import Problem, Text
from api.uploads.answer import ANSWER, ORDER, Findings, Order, findings_of
from matching import ChainMatchError
from matching.sheets import read_listing, write_returned


def answer(order: Order) -> Findings | Problem:
    """Do what was ordered; an error raised on purpose is an answer too."""
    try:
        listing = read_listing(order.file, form_of(order.kind), accept_valid=True, bounds=order.limits.bounds)
        if order.verb == "check":
            return findings_of(listing)
        write_returned(listing, order.returned)
        return Findings({}, [], [])
    except ChainMatchError as error:
        where = error.where.removeprefix(f"{order.file.parent}{os.sep}")
        return Problem(code=error.code, message=Text.of(error.words), where=where)


def main() -> None:
    """Read the order, keep to its limits, print the answer."""
    order = ORDER.validate_json(sys.argv[1])
    end_with_parent(partial(shutil.rmtree, order.folder, ignore_errors=True))
    limit_process(order.limits.memory, order.limits.seconds)
    sys.stdout.buffer.write(ANSWER.dump_json(answer(order)))


if __name__ == "__main__":
    main()
