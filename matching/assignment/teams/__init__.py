"""Teams for problems: roles, skills, conflicts, parallel teams and everybody's time, all problems at once.

::

    arrays of the caller ──► request   checked, every default written out
      │                      insisting   points for whoever must take part, taken off again at the end
      ▼
    Request ──► seat     one problem: its candidates and rules, numbered from 0
      │         master   what a team takes of shared rows; many teams as columns of one Program
      ▼
    summed      first prices, from a relaxation that sums over the teams of a problem
      ▼
    generation ◄──► pricing   the best team of each problem at prices (team_model): columns, and a ceiling
      ▼
    diving      whole teams, the surest first; prices anew in between
      ▼
    polishing ──► exact   a few problems that want the same experts, solved anew together
      ▼
    Teams ◄── checker     rule by rule, no shared code
"""

from matching.assignment.teams.forming import Teams, form_teams, points_of

__all__ = ["Teams", "form_teams", "points_of"]
