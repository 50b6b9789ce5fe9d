"""Floor 8."""

from laar.base.apps import Floor


class ReportsFloor(Floor):
    """Reports."""

    name = "laar.reports"
    label = "reports"
    rooms = (*Floor.rooms, "finance.figures", "finance.held", "finance.quarter")
