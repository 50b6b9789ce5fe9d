"""Floor 5."""

from laar.base.apps import Floor


class PlansFloor(Floor):
    """Plans."""

    name = "laar.plans"
    label = "plans"
