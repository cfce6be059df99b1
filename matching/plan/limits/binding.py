"""Which limits on sums leave a pair no room: those of which a little more of it would break a row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from matching.limits import Limit, Share
from matching.market import BoolArray, IntArray
from matching.plan.limits.rows import Block
from matching.plan.limits.states import figure
from matching.words import Words

#: how many of the groups that a limit holds are named
_NAMED = 3


@dataclass(frozen=True)
class Broken:
    """A limit, which of some pairs would break it, and the groups it would be broken for."""

    limit: str
    by: BoolArray
    about: tuple[str, ...]
    end: str

    def words(self, limit: Limit) -> Words:
        """Say what binds, with its figure and the groups it binds for."""
        told = getattr(limit, self.end)
        field = f"{self.end}_share" if isinstance(limit, Share) else self.end
        shown = "" if told is None or isinstance(told, str) else figure(field, float(told))
        named = [name for name in self.about if name][:_NAMED]
        more = "…" if len(self.about) > _NAMED else ""
        zh = "；".join(filter(None, ("、".join(named) + more, shown)))
        en = "; ".join(filter(None, (", ".join(named) + more, shown)))
        zh, en = f"（{zh}）" if zh else "", f" ({en})" if en else ""
        return Words(
            f"再增加即突破限制“{self.limit}”{zh}", f"any more would break the limit “{self.limit}”{en}"
        )


@dataclass(frozen=True)
class Held:
    """The rows that every plan must keep, and how far a plan is from either end of each.

    A share of very many groups has a row only for those that some plan has broken: of the others nothing is
    told.
    """

    rows: sparse.csc_array
    below: IntArray
    above: IntArray
    limit: tuple[str, ...]
    about: tuple[str, ...]

    @classmethod
    def of(cls, blocks: Sequence[Block], quantity: IntArray) -> Held:
        """Measure a plan by the mandatory rows; columns are kept together, for a few pairs are asked of."""
        hard = [block for block in blocks if len(block.low) and (block.penalty < 0).all()]
        none = sparse.csr_array((0, len(quantity)), dtype=np.int64)
        rows = sparse.vstack([none, *(block.rows for block in hard)], format="csc")
        total = rows @ quantity
        nothing = np.zeros(0, np.int64)
        return cls(
            rows,
            total - np.concatenate([nothing, *(block.low for block in hard)]),
            np.concatenate([nothing, *(block.high for block in hard)]) - total,
            tuple(block.limit for block in hard for _ in block.about),
            tuple(name for block in hard for name in block.about),
        )

    def broken(self, at: IntArray, steps: IntArray) -> Iterator[Broken]:
        """Give the limits that some pairs would break, each alone, with so many steps more."""
        entries = self.rows[:, at].tocoo()
        more = entries.data * steps[entries.col]
        for end, over in (
            ("least", -more > self.below[entries.row]),
            ("most", more > self.above[entries.row]),
        ):
            found: dict[str, tuple[BoolArray, set[int]]] = {}
            for row, pair in sorted(zip(entries.row[over].tolist(), entries.col[over].tolist(), strict=True)):
                by, rows = found.setdefault(self.limit[row], (np.zeros(len(at), bool), set()))
                by[pair] = True
                rows.add(row)
            for limit, (by, rows) in found.items():
                yield Broken(limit, by, tuple(self.about[row] for row in sorted(rows)), end)
