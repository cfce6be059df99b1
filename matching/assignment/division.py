"""Arguments of ``allocate`` divided into components once, so that one of them can be solved again alone.

A component here is the widest one can be: every pair joins its need with its offer whether or not it can
carry anything now, so that no later change of a number makes two components one. Rows over many pairs, and
counts of a firm's deals over the plan, join what they hold.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from scipy import sparse

from matching.assignment.allocation import Allocation
from matching.assignment.arrays import Ints
from matching.assignment.components import in_order, joined

#: what each argument of ``allocate`` is counted by
_BY_PAIR = ("score", "upper", "minimum", "use", "setup", "fixed", "tier")
_BY_NEED = ("demand", "max_partners", "max_share", "min_partners", "min_share")
_BY_OFFER = ("capacity", "opening")
_BY_ROW = ("low", "high", "penalty")


@dataclass(frozen=True, slots=True)
class Groups:
    """Members of each component, ascending: of number ``k`` those from ``starts[k]`` to ``starts[k + 1]``."""

    members: Ints
    starts: Ints

    @classmethod
    def of(cls, label: Ints, count: int) -> Groups:
        """Sort members by their component; those of −1 are in none."""
        order = np.argsort(label, kind="stable")
        return cls(order, np.searchsorted(label[order], np.arange(count + 1)))

    def number(self, member: int) -> int:
        """Give the component of one member."""
        at = int(np.flatnonzero(self.members == member)[0])
        return int(np.searchsorted(self.starts, at, side="right")) - 1

    def among(self, numbers: Ints) -> Ints:
        """Give the members of some components, ascending."""
        spans = [self.members[self.starts[k] : self.starts[k + 1]] for k in numbers.tolist()]
        return np.sort(np.concatenate([self.members[:0], *spans]))


@dataclass(frozen=True, slots=True)
class Part:
    """Some components by themselves: their pairs in the whole, and what ``allocate`` takes for them."""

    pairs: Ints
    arguments: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Division:
    """Arguments of ``allocate`` with the component of every pair; cutting one out reads nothing else."""

    arguments: Mapping[str, Any]
    label: Ints
    pairs: Groups
    needs: Groups
    offers: Groups
    rows: Groups

    def under(self, arguments: Mapping[str, Any]) -> Division:
        """Give the same components under other numbers; pairs, firms and rows have to be the same."""
        return replace(self, arguments=arguments)

    def touched(self, pairs: Ints) -> Ints:
        """Give the numbers of the components that hold some pairs."""
        return np.unique(self.label[pairs])

    def part(self, numbers: Ints) -> Part:
        """Cut some components out."""
        pairs, needs, offers, rows = (
            group.among(numbers) for group in (self.pairs, self.needs, self.offers, self.rows)
        )
        given = self.arguments
        cut: dict[str, Any] = {
            "need": np.searchsorted(needs, given["need"][pairs]),
            "offer": np.searchsorted(offers, given["offer"][pairs]),
        }
        for names, at in ((_BY_PAIR, pairs), (_BY_NEED, needs), (_BY_OFFER, offers), (_BY_ROW, rows)):
            cut |= {name: given[name][at] for name in names if name in given}
        if "partner" in given:
            firms, cut["partner"] = np.unique(given["partner"][offers], return_inverse=True)
            if "max_deals" in given:
                cut["max_deals"] = given["max_deals"][firms]
        if "rows" in given:
            cut["rows"] = _columns(sparse.csr_array(given["rows"])[rows], pairs)
        return Part(pairs, cut)


def divide(arguments: Mapping[str, Any]) -> Division:
    """Find the components of the arguments of ``allocate``."""
    need, offer = arguments["need"], arguments["offer"]
    needs, offers, pairs = len(arguments["demand"]), len(arguments["capacity"]), len(need)
    tails, heads, size = [need], [needs + offer], needs + offers
    if "max_deals" in arguments:
        counted = np.flatnonzero(arguments["max_deals"][arguments["partner"]] >= 0)
        tails.append(needs + counted)
        heads.append(size + arguments["partner"][counted])
        size += len(arguments["max_deals"])
    rows, first_row = sparse.csr_array(arguments.get("rows", (0, pairs)), dtype=np.int64).tocoo(), size
    tails.append(first_row + rows.coords[0])
    heads.append(need[rows.coords[1]])
    size += rows.shape[0]
    ends = (np.concatenate(tails), np.concatenate(heads))
    node = in_order(joined(*ends, size))
    count = int(node.max(initial=-1)) + 1
    label = node[need]
    return Division(
        arguments,
        label,
        Groups.of(label, count),
        Groups.of(node[:needs], count),
        Groups.of(node[needs : needs + offers], count),
        Groups.of(node[first_row:], count),
    )


def worth_of_plan(arguments: Mapping[str, Any], quantity: Ints) -> int:
    """Give the objective of a plan: Σ score·quantity − Σ setup − Σ opening − Σ penalties."""
    used = quantity > 0
    total = int(arguments["score"] @ quantity)
    if "setup" in arguments:
        total -= int(arguments["setup"][used].sum())
    if "opening" in arguments:
        total -= int(arguments["opening"][np.unique(arguments["offer"][used])].sum())
    if "rows" in arguments:
        carried = arguments["rows"] @ quantity
        missed = np.maximum(arguments["low"] - carried, 0) + np.maximum(carried - arguments["high"], 0)
        total -= int(missed @ np.maximum(arguments["penalty"], 0))
    return total


def _columns(rows: sparse.csr_array, pairs: Ints) -> sparse.csr_array:
    """Keep the columns of some pairs, which hold all entries of these rows; slicing would read them all."""
    shape = (rows.shape[0], len(pairs))
    return sparse.csr_array((rows.data, np.searchsorted(pairs, rows.indices), rows.indptr), shape=shape)


def as_one(proof: Allocation, quantity: Ints, objective: int) -> Allocation:
    """Give the proof of the best plan of a part to another plan of it, the part as one component."""
    objectives, bounds = (np.array([number], dtype=np.int64) for number in (objective, proof.bound))
    return replace(
        proof,
        quantity=quantity,
        objective=objective,
        status="optimal" if objective == proof.bound else "feasible",
        component=np.zeros_like(proof.component),
        component_objective=objectives,
        component_bound=bounds,
    )


def gap_of(whole: Allocation, pairs: Ints) -> float:
    """Give the proven gap of the components that some pairs lie in, all together."""
    some = np.unique(whole.component[pairs])
    earned, bound = (int(books[some].sum()) for books in (whole.component_objective, whole.component_bound))
    return (bound - earned) / max(1, abs(bound))


def put_back(whole: Allocation, pairs: Ints, part: Allocation) -> Allocation:
    """Give the whole with the plan of one part of it exchanged, and what it earned and could earn."""
    quantity, component = whole.quantity.copy(), whole.component.copy()
    gone, first = np.unique(component[pairs]), len(whole.component_objective)
    quantity[pairs], component[pairs] = part.quantity, first + part.component
    objectives = np.concatenate([whole.component_objective, part.component_objective])
    bounds = np.concatenate([whole.component_bound, part.component_bound])
    objective = whole.objective - int(objectives[gone].sum()) + part.objective
    bound = whole.bound - int(bounds[gone].sum()) + part.bound
    objectives[gone] = bounds[gone] = 0
    return replace(
        whole,
        quantity=quantity,
        objective=objective,
        bound=bound,
        status="optimal" if objective == bound else "feasible",
        timed=objective != bound and (whole.timed or part.timed),
        component=component,
        component_objective=objectives,
        component_bound=bounds,
    )
