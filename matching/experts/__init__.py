"""The experts practice: technical problems of firms and the experts who could solve them.

::

    texts of problems, documents of experts ──► features   words and pairs of words, signs and pairs of signs
      ▼
    affinity   concepts ⊕ features, fitted on the documents; how near an expert stands to a problem, by which
               document, and by which terms
"""

from matching.experts.affinity import Affinity, Evidence

__all__ = ["Affinity", "Evidence"]
