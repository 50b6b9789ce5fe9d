"""Floor 7."""

from laar.base.apps import Floor


class ResultsFloor(Floor):
    """Results."""

    name = "laar.results"
    label = "results"
