"""The search: `find` and `candidate_ids` for ids, `answer` for pages, `reindex` for the index."""

from catalog.search.answering import (
    Answer,
    answer,
    candidate_ids,
    find,
    find_unfinished,
    popular,
)
from catalog.search.misses import note as note_miss
from catalog.search.parsing import LONGEST
from catalog.search.ranking import MOST
from catalog.search_index import reindex, reindex_all
from catalog.search_index.documents import CONFIGS

__all__ = [
    "CONFIGS",
    "LONGEST",
    "MOST",
    "Answer",
    "answer",
    "candidate_ids",
    "find",
    "find_unfinished",
    "note_miss",
    "popular",
    "reindex",
    "reindex_all",
]
