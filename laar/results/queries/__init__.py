"""Reads of results: stages, ways, traces; what waits; places; what is found."""

from laar.results.queries import evidence, follow, places
from laar.results.queries.stages import Stage, stage_of, stages_of
from laar.results.queries.stories import stories
from laar.results.queries.trace import Trace, Traced, attached_to, papers, trace
from laar.results.queries.way import Stretch, on_way, share_of, way_of
from laar.results.queries.words import Word, with_word, words_of

__all__ = [
    "Stage",
    "Stretch",
    "Trace",
    "Traced",
    "Word",
    "attached_to",
    "evidence",
    "follow",
    "on_way",
    "papers",
    "places",
    "share_of",
    "stage_of",
    "stages_of",
    "stories",
    "trace",
    "way_of",
    "with_word",
    "words_of",
]
