"""What is planned: the events of this week and of the next that a reader may see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from laar.base.access import visible
from laar.base.models import Programme
from laar.base.readers import Eyes
from laar.events.models import Event


@dataclass(frozen=True, slots=True)
class Coming:
    """Events to come, in the order of their days."""

    this_week: tuple[Event, ...]
    next_week: tuple[Event, ...]


def events_coming(programme: Programme, eyes: Eyes, today: date) -> Coming:
    """The events of the rest of this week, which ends on Sunday, and of the next."""
    monday = today + timedelta(days=7 - today.weekday())
    planned = Event.objects.filter(programme=programme, state="planned", on__gte=today)
    found = visible(eyes, planned.filter(on__lt=monday + timedelta(days=7)))
    events = list(found.select_related("place", "host").order_by("on", "id")[:100])
    return Coming(
        tuple(event for event in events if event.on < monday), tuple(event for event in events if event.on >= monday)
    )


def next_events(programme: Programme, eyes: Eyes, today: date, prefix: str = "", most: int = 8) -> list[Event]:
    """The next events that are planned."""
    planned = Event.objects.filter(programme=programme, state="planned", on__gte=today, place__code__startswith=prefix)
    return list(visible(eyes, planned).select_related("place", "host").order_by("on", "id")[:most])
