"""Experts for problems: so many each, loads within limits, the most score in all or the fairest share of it.

::

    score, demand, loads, forbidden ──► request   checked; candidates as rows of a sparse matrix
      ▼
    Request ──► transport   a minimum-cost flow on the best candidates of each problem; prices prove that no
      │                     candidate left out could improve it, or bring it in
      │         fairness    the least problem's sum: weights by problem, then branch and cut; a ceiling that
      │                     any weights prove
      │         lottery     no pair too likely: the best probabilities under a cap, and a draw by them
      │         conflict    the few demands and least loads that cannot hold together
      ▼
    Assignment ──► replacement   one expert declines: the best way to make up for it that touches few others
"""

from matching.assignment.experts.assigning import assign_experts
from matching.assignment.experts.assignment import Assignment
from matching.assignment.experts.replacement import replace_expert

__all__ = ["Assignment", "assign_experts", "replace_expert"]
