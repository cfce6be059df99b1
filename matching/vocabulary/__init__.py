"""The words of the trades: synonyms, trade names and abbreviations → concepts.

Tables of concepts (``tables/*.csv``: concept, parent, industry of GB/T 4754-2017, kind, terms) were written
for this project. Users add their own tables; a term claimed by two concepts, or a cycle of parents, is an
error. Known terms are found by Aho–Corasick, the longest at each place.
"""

from matching.vocabulary.concepts import KINDS, Concept, term_key
from matching.vocabulary.termbase import Mention, Vocabulary, base_vocabulary, read_vocabulary
from matching.vocabulary.unknown import UnknownTerm, nearest, unknown_terms

__all__ = [
    "KINDS",
    "Concept",
    "Mention",
    "UnknownTerm",
    "Vocabulary",
    "base_vocabulary",
    "nearest",
    "read_vocabulary",
    "term_key",
    "unknown_terms",
]
