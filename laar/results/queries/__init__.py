"""Reads of results: stages, ways, traces."""

from laar.results.queries.stages import Stage, stage_of, stages_of
from laar.results.queries.stories import stories
from laar.results.queries.trace import Trace, Traced, attached_to, papers, trace
from laar.results.queries.way import Stretch, way_of

__all__ = [
    "Stage",
    "Stretch",
    "Trace",
    "Traced",
    "attached_to",
    "papers",
    "stage_of",
    "stages_of",
    "stories",
    "trace",
    "way_of",
]
