"""Floor 8."""

from laar.base.apps import Floor


class ReportsFloor(Floor):
    """Reports."""

    name = "laar.reports"
    label = "reports"
