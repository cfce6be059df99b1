"""Teams for problems: roles, skills, conflicts, parallel teams and everybody's time, all problems at once.

::

    arrays of the caller ──► request   checked, every default written out
      │                      insisting   points for whoever must take part, taken off again at the end
      ▼
    Request ──► seat     one problem: its candidates and rules, numbered from 0
      │         board    all problems side by side, and the rows that their teams take from
      ▼
    summed      sums over the teams of a problem (summed_seat): prices, nearly the best members
      ├──► ceiling    the most each problem earns above the prices: how far any plan could go
      ▼
    splitting   whole teams of those members, each problem by itself
      ▼
    polishing ──► exact   problems that fall short and want the same experts, together anew (team_model)
      ▼
    Teams ◄── checker     rule by rule, no shared code
"""

from matching.assignment.teams.forming import Teams, form_teams, points_of

__all__ = ["Teams", "form_teams", "points_of"]
