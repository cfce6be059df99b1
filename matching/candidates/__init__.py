"""Find the pairs worth scoring: retrieve by text and by history, then apply the hard rules.

::

    vectors ── concepts ⊕ character n-grams ──┐
    history ── firms that did similar work ───┴─► finding: top-k, hard rules, scan of starved needs
"""

from matching.candidates.finding import Candidates, broken_rules, find_candidates, index
from matching.candidates.vectors import most_similar

__all__ = ["Candidates", "broken_rules", "find_candidates", "index", "most_similar"]
