"""Who carries how much: ``allocate``, arrays in, arrays out, with a proof. The only room with OR-Tools.

::

    arrays of the caller
      │  request        validated (arrays), every default written out
      │  reach          the most each pair can carry; whether all sums stay within 2⁶²
      │  survey         what of it can bite
      ▼
    Request ──► formulation, collected in a draft (company: fewest firms, portions: least of one firm,
      │           tiers: one price of a pair, request_rows: the caller's own rows) ──► Program
      │                                                    │  components   where nothing holds together
      │  conflict       why no plan exists                 ▼
      │                                                  whole: all components at once, within an effort
      │         flow      a layout of arcs, network by network in bulk; stars need no solver;
      │                   shortest_paths for numbers of any size: exact, and a ceiling for the rest
      │         dive      flows rounded to what lots allow: least quantities, counts of partners
      │         pricing   rows over the whole plan; mixing puts plans of components together
      │                                                    │  what the gap does not allow yet
      │                                                    ▼
      │                                                  solve, piece by piece
      │         relaxation, sifting (without switches)  prices of rows ──► bound, whatever the prices
      │         greedy      a first plan ──► local_search, part by part
      │         branching   lumpy quantities: branch and cut on the columns that the prices favour
      │         integer     CP-SAT on what the bound has not ruled out
      │         tasks       whole tasks that take room, laid out: task_search wires task_prices (exact
      │                     knapsacks and ceilings), task_moves, task_tree over a task_piece
      ▼                                                    │
    Allocation ◄── checker (rule by rule, no shared code) ◄┴── ledger: who earned what, by component

``experts`` is a kernel of its own: so many experts for each problem, by flow and prices. ``teams`` is
another: teams as columns of a Program, with roles, skills and conflicts.

``exact_sums`` holds the arithmetic that never overflows.
"""

from matching.assignment.allocate import allocate
from matching.assignment.allocation import Allocation
from matching.assignment.experts import Assignment, assign_experts, replace_expert
from matching.assignment.program import Program
from matching.assignment.teams import Teams, form_teams

__all__ = [
    "Allocation",
    "Assignment",
    "Program",
    "Teams",
    "allocate",
    "assign_experts",
    "form_teams",
    "replace_expert",
]
