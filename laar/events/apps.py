"""Floor 4."""

from laar.base.apps import Floor


class EventsFloor(Floor):
    """Events."""

    name = "laar.events"
    label = "events"
