"""How a floor joins the house: Django's registry loads its models, this loads the rooms that declare things."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig


class Floor(AppConfig):
    """A floor whose rules, queries and actions are loaded at start, so that what they declare is known.

    Verbs, refusals, figures, roll-ups, objectors and checks are declared where they belong and assembled here; nothing
    below ever has to name what is above it.
    """

    default_auto_field = "django.db.models.BigAutoField"
    rooms: tuple[str, ...] = ("rules", "queries", "actions", "checks", "rollups", "chapters")

    def ready(self) -> None:
        for room in self.rooms:
            if find_spec(f"{self.name}.{room}"):
                import_module(f"{self.name}.{room}")


class BaseFloor(Floor):
    """Floor 1."""

    name = "laar.base"
    label = "base"
    rooms = (*Floor.rooms, "people.rules", "people.actions", "people.first", "why")
