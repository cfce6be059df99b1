"""The figures of a plan: coverage, concentration, money, and how well the optimum is proven."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from matching.market import BoolArray, FloatArray
from matching.plan.limits.ground import money_per_step
from matching.plan.limits.states import LimitState, states_of
from matching.plan.solution import Solution
from matching.words import Language, Words


@dataclass(frozen=True)
class Concentration:
    """How unevenly the dealt worth falls on firms: largest share, three largest, Herfindahl–Hirschman index.

    Shares are of the worth dealt, 0..1; the index is the sum of squared shares (0..1).
    """

    firms: int
    largest_share: float
    largest_firm: str
    top3_share: float
    hhi: float


@dataclass(frozen=True)
class Summary:
    """A plan in figures.

    ``coverage`` is the served share of all worth; money is CNY where the price or the need's budget is known;
    ``capped_money_share`` is the part of it dealt to firms of unknown or inferred capacity.
    """

    status: str
    objective: int
    bound: int
    gap: float
    timed: bool
    needs: int
    offers: int
    firms: int
    candidates: int
    served_needs: int
    partly_served_needs: int
    deals: int
    coverage: float
    mean_score: float
    worth: str
    worth_unknown: int
    money_dealt: float
    money_unknown: int
    capped_money_share: float | None
    max_deals: int | None
    most_deals_of_a_capped_firm: int
    concentration: Concentration
    limits: tuple[LimitState, ...]
    removed: dict[str, int]
    policy: str
    market: str

    def to_dict(self, language: Language = "zh") -> dict[str, Any]:
        """Give the figures as plain data."""
        return {**asdict(self), "limits": [state.to_dict(language) for state in self.limits]}

    @property
    def status_words(self) -> Words:
        """The status as words, saying so where only the clock cut the run short."""
        words = _STATUS[self.status]
        return (
            Words(f"{words.zh}（限时截断，不保证可重复）", f"{words.en} (cut short by the clock)")
            if self.timed
            else words
        )

    @property
    def unserved_needs(self) -> int:
        """Needs that got nothing."""
        return self.needs - self.served_needs - self.partly_served_needs

    @property
    def money_wan(self) -> float:
        """Money dealt in 10,000 CNY."""
        return self.money_dealt / 1e4

    @property
    def deals_limit(self) -> Words | int:
        """How many deals a firm of unknown or inferred capacity may get."""
        return self.max_deals or Words("不限", "no limit")

    @property
    def worth_words(self) -> Words:
        """What a need counts for, in words."""
        return _WORTH[self.worth]

    def lines(self) -> tuple[tuple[Words, Words], ...]:
        """Give label and figure of each line of the summary."""
        return tuple((label, figure.fill_from(lambda name: getattr(self, name))) for label, figure in _LINES)

    def limit_lines(self) -> tuple[tuple[Words, Words], ...]:
        """Give label and state of each limit of the policy."""
        return tuple((state.label, state.words) for state in self.limits)

    def say(self, language: Language = "zh") -> str:
        """Give the summary as lines of text."""
        lines = (*self.lines(), *self.limit_lines())
        return "\n".join(f"{label.say(language)}: {figure.say(language)}" for label, figure in lines)

    def __str__(self) -> str:
        return self.say()


_STATUS = {"optimal": Words("已证明最优", "proven optimal"), "feasible": Words("可行", "feasible")}

_WORTH = {
    "equal": Words("每项需求同等（乘优先级）", "equal, times priority"),
    "budget": Words("按预算（乘优先级）", "by budget, times priority"),
}

_LINES = (
    (Words("状态", "status"), Words("{status_words}", "{status_words}")),
    (Words("与已证明上界的差距", "gap to the proven bound"), Words("{gap:.4%}", "{gap:.4%}")),
    (Words("需求", "needs"), Words("{needs} 项", "{needs}")),
    (Words("供给", "offers"), Words("{offers} 项，{firms} 家企业", "{offers} of {firms} firms")),
    (Words("候选对", "candidate pairs"), Words("{candidates}", "{candidates}")),
    (Words("对接", "deals"), Words("{deals} 笔", "{deals}")),
    (
        Words("满足情况", "needs served"),
        Words(
            "全部满足 {served_needs}，部分满足 {partly_served_needs}，未满足 {unserved_needs}",
            "{served_needs} wholly, {partly_served_needs} partly, {unserved_needs} not",
        ),
    ),
    (Words("价值覆盖率", "coverage of worth"), Words("{coverage:.1%}", "{coverage:.1%}")),
    (
        Words("价值口径", "worth"),
        Words(
            "{worth_words}；{worth_unknown} 项预算未知按中位数计",
            "{worth_words}; {worth_unknown} of unknown budget at the median",
        ),
    ),
    (Words("平均匹配分", "mean score"), Words("{mean_score:.0f} / 10000", "{mean_score:.0f} / 10000")),
    (
        Words("已对接金额", "money dealt"),
        Words(
            "{money_wan:,.1f} 万元；另有 {money_unknown} 笔金额未知",
            "{money_wan:,.1f} × 10,000 CNY; {money_unknown} deals of unknown value",
        ),
    ),
    (
        Words("其中产能未知或推算企业", "to firms of unknown or inferred capacity"),
        Words("{capped_money_share:.1%}", "{capped_money_share:.1%} of it"),
    ),
    (
        Words("此类企业对接笔数", "deals of such a firm"),
        Words(
            "上限 {deals_limit}，实际最多 {most_deals_of_a_capped_firm}",
            "at most {deals_limit}, most got {most_deals_of_a_capped_firm}",
        ),
    ),
    (
        Words("最大企业占比", "largest firm's share"),
        Words(
            "{concentration.largest_share:.1%} {concentration.largest_firm}",
            "{concentration.largest_share:.1%} {concentration.largest_firm}",
        ),
    ),
    (
        Words("前三企业占比", "three largest firms"),
        Words("{concentration.top3_share:.1%}", "{concentration.top3_share:.1%}"),
    ),
    (Words("集中度 HHI", "concentration HHI"), Words("{concentration.hhi:.4f}", "{concentration.hhi:.4f}")),
    (Words("权重方案指纹", "policy fingerprint"), Words("{policy}", "{policy}")),
    (Words("清单指纹", "market fingerprint"), Words("{market}", "{market}")),
)


def summarise(solution: Solution) -> Summary:
    """Compute the figures of a solution."""
    problem, allocation = solution.problem, solution.allocation
    served, pairs = solution.served, problem.pairs
    money = _money(solution)
    known = ~np.isnan(money)
    capped = problem.terms.capped[pairs.offer_row[solution.deals]]
    total = float(money[known].sum())
    rules = problem.candidates.rules
    return Summary(
        status=allocation.status,
        objective=int(allocation.objective),
        bound=int(allocation.bound),
        gap=float(allocation.gap),
        timed=bool(allocation.timed),
        needs=len(served),
        offers=len(solution.market.offers),
        firms=int(solution.market.offers["partner"].nunique()),
        candidates=int((pairs.tier == 0).sum()),
        served_needs=int((served >= 1).sum()),
        partly_served_needs=int(((served > 0) & (served < 1)).sum()),
        deals=len(solution.deals),
        coverage=_ratio(float((served * problem.worth).sum()), float(problem.worth.sum())),
        mean_score=_ratio(float(problem.points[solution.dealt].sum()), len(solution.dealt)),
        worth=problem.policy.worth,
        worth_unknown=int(problem.guessed.sum()),
        money_dealt=round(total, 2),
        money_unknown=int((~known).sum()),
        capped_money_share=_ratio(float(money[known & capped].sum()), total) if total else None,
        max_deals=problem.policy.limits.max_deals,
        most_deals_of_a_capped_firm=_most_deals(solution, capped),
        concentration=concentration(solution),
        limits=states_of(problem.policy.limits, problem.ground, allocation.quantity, problem.floors),
        removed={
            name: int(count) for name, count in zip(rules, problem.candidates.removed.sum(0), strict=True)
        },
        policy=problem.policy.fingerprint,
        market=solution.market.fingerprint,
    )


def concentration(solution: Solution) -> Concentration:
    """Measure how unevenly the dealt worth falls on firms."""
    pairs, offers = solution.problem.pairs, solution.market.offers
    need, offer = pairs.need_row[solution.deals], pairs.offer_row[solution.deals]
    share_of_need = solution.served_by[solution.deals] / np.maximum(1, solution.problem.terms.demand[need])
    partner = offers["partner"].to_numpy(np.int64)
    worth = np.bincount(partner[offer], weights=share_of_need * solution.problem.worth[need])
    if not worth.sum():
        return Concentration(0, 0.0, "", 0.0, 0.0)
    share = np.sort(worth / worth.sum())[::-1]
    largest = str(offers["enterprise"].iloc[int(np.flatnonzero(partner == worth.argmax())[0])])
    return Concentration(
        firms=int((share > 0).sum()),
        largest_share=round(float(share[0]), 6),
        largest_firm=largest,
        top3_share=round(float(share[:3].sum()), 6),
        hhi=round(float((share**2).sum()), 6),
    )


def _money(solution: Solution) -> FloatArray:
    """Money of each deal; NaN where neither its price nor its need's budget is known."""
    dealt = solution.problem.pairs.take(solution.deals)
    quantity = solution.served_by[solution.deals]
    return np.asarray(money_per_step(dealt, solution.problem.terms) * quantity)


def _most_deals(solution: Solution, capped: BoolArray) -> int:
    offer = solution.problem.pairs.offer_row[solution.deals][capped]
    firms = solution.market.offers["partner"].to_numpy(np.int64)[offer]
    return int(solution.deals_of_firm[firms].max(initial=0))


def _ratio(part: float, whole: float) -> float:
    return round(part / whole, 6) if whole else 0.0
