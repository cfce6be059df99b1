"""What is asked of teams: candidates, roles, skills, conflicts and loads, checked before any solver runs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

from matching.assignment.arrays import Bools, Ints, integers, positions, refuse

#: points of a team stay below it, so that sums of all teams stay exact
_MOST_POINTS = 2**40


@dataclass(frozen=True, slots=True)
class Request:
    """Candidates A of problems N, experts M, roles R and skills K, as plain columns.

    ``problem``, ``expert``, ``score``, ``use``, ``lead_score`` int64[A]; ``may_lead`` bool[A]; ``role``
    int64[A] (−1: none); ``teams``, ``least``, ``most``, ``worth`` int64[N]; ``required`` int64[N, R];
    ``skill_of`` int64[K]: the problem of each skill; ``covers`` bool CSR [A, K]; ``uncovered`` int64[K] (−1:
    must be covered); ``apart`` int64[C, 2], ``together`` int64[H, 2] with ``cohesion`` int64[H]: candidates
    of one problem; ``capacity``, ``max_leads`` (−1: any) int64[M]; ``firm`` int64[A]; ``fixed`` bool[A]: must
    be in a team.
    """

    problem: Ints
    expert: Ints
    score: Ints
    use: Ints
    may_lead: Bools
    lead_score: Ints
    role: Ints
    teams: Ints
    least: Ints
    most: Ints
    worth: Ints
    required: Ints
    skill_of: Ints
    covers: sparse.csr_array
    uncovered: Ints
    apart: Ints
    together: Ints
    cohesion: Ints
    capacity: Ints
    max_leads: Ints
    firm: Ints
    fixed: Bools

    @property
    def leads_count(self) -> bool:
        """Whether it matters who leads: points for leading, or a limit on how often."""
        return bool(self.lead_score.any() or (self.max_leads >= 0).any())


def read_request(  # noqa: PLR0913
    problem: Any, expert: Any, score: Any, *, capacity: Any, teams: Any, most: Any, least: Any = 1,
    use: Any = None, worth: Any = 0, role: Any = None, required: Any = None, skill_of: Any = None,
    covers: Any = None, uncovered: Any = None, may_lead: Any = None, lead_score: Any = None,
    max_leads: Any = None, apart: Any = None, together: Any = None, cohesion: Any = None, firm: Any = None,
    fixed: Any = None,
) -> Request:  # fmt: skip
    """Check what a caller handed in; raises ArrayError."""
    load = integers("capacity", capacity, None)
    wanted = integers("teams", teams, None)
    count, problems, experts = len(np.asarray(problem)), len(wanted), len(load)
    at = positions("problem", problem, count, problems)
    who = positions("expert", expert, count, experts)
    if len(np.unique(at * max(1, experts) + who)) < count:
        raise refuse("expert", "同一题下重复出现", "names somebody twice for one problem")
    fewest, largest = _each("least", least, problems, 1), _each("most", most, problems, 1)
    if bool((fewest > largest).any()):
        raise refuse("least", "不得大于 most", "must not exceed most")
    roles = _matrix("required", required, problems)
    skills = integers("skill_of", () if skill_of is None else skill_of, None, high=max(0, problems - 1))
    pairs = _pairs("together", together, at)
    return Request(
        problem=at,
        expert=who,
        score=_points("score", score, count),
        use=_each("use", 1 if use is None else use, count, 0),
        may_lead=_flags("may_lead", may_lead, count),
        lead_score=_points("lead_score", 0 if lead_score is None else lead_score, count),
        role=integers(
            "role", np.full(count, -1) if role is None else role, count, low=-1, high=roles.shape[1] - 1
        ),
        teams=wanted,
        least=fewest,
        most=largest,
        worth=_points("worth", worth, problems),
        required=roles,
        skill_of=skills,
        covers=_covers(covers, (count, len(skills)), at, skills),
        uncovered=integers(
            "uncovered",
            np.full(len(skills), -1) if uncovered is None else uncovered,
            len(skills),
            low=-1,
            high=_MOST_POINTS,
        ),
        apart=_pairs("apart", apart, at),
        together=pairs,
        cohesion=integers("cohesion", () if cohesion is None else cohesion, len(pairs), high=_MOST_POINTS),
        capacity=load,
        max_leads=integers(
            "max_leads", np.full(experts, -1) if max_leads is None else max_leads, experts, low=-1
        ),
        firm=integers("firm", who if firm is None else firm, count),
        fixed=_flags("fixed", np.zeros(count, bool) if fixed is None else fixed, count),
    )


def _each(name: str, values: Any, length: int, low: int) -> Ints:
    if np.ndim(values) == 0:
        values = np.full(length, values)
    return integers(name, values, length, low=low, high=2**31 - 1)


def _points(name: str, values: Any, length: int) -> Ints:
    if np.ndim(values) == 0:
        values = np.full(length, values)
    return integers(name, values, length, low=-_MOST_POINTS, high=_MOST_POINTS)


def _flags(name: str, values: Any, length: int) -> Bools:
    told = np.ones(length, bool) if values is None else np.asarray(values)
    if told.dtype.kind != "b" or told.shape != (length,):
        raise refuse(name, f"应为 {length} 个真假值", f"must be {length} times true or false")
    return told


def _matrix(name: str, values: Any, rows: int) -> Ints:
    if values is None:
        return np.zeros((rows, 0), np.int64)
    told = np.asarray(values)
    if told.ndim != 2 or len(told) != rows:
        raise refuse(name, f"应为 {rows} 行的矩阵", f"must be a matrix of {rows} rows")
    return integers(name, told.ravel(), None, high=2**31 - 1).reshape(told.shape)


def _pairs(name: str, values: Any, problem: Ints) -> Ints:
    told = np.zeros((0, 2), np.int64) if values is None else np.asarray(values)
    if told.ndim != 2 or told.shape[1] != 2:
        raise refuse(name, "应为两列", "must have two columns")
    pairs = positions(name, told.ravel(), None, len(problem)).reshape(told.shape)
    if bool((problem[pairs[:, 0]] != problem[pairs[:, 1]]).any()):
        raise refuse(name, "两位候选人须属同一题", "must name candidates of one problem")
    if bool((pairs[:, 0] == pairs[:, 1]).any()):
        raise refuse(name, "不得与自己成对", "must not pair anybody with himself")
    return np.unique(np.sort(pairs, axis=1), axis=0) if name == "apart" else pairs


def _covers(values: Any, shape: tuple[int, int], problem: Ints, skill_of: Ints) -> sparse.csr_array:
    if values is None:
        return sparse.csr_array(shape, dtype=bool)
    told = sparse.csr_array(values)
    if told.shape != shape:
        raise refuse("covers", f"形状应为 {shape}，实际为 {told.shape}", f"must be {shape}, got {told.shape}")
    told = told.astype(bool)
    told.eliminate_zeros()
    row, skill = told.tocoo().coords
    if bool((problem[row] != skill_of[skill]).any()):
        raise refuse("covers", "候选人与指标须属同一题", "must join candidates and skills of one problem")
    return told
