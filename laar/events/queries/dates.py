"""What happened within the dates of the action, and what came after."""

from __future__ import annotations

from datetime import date
from typing import TypeVar

from django.db.models import Model, QuerySet, Subquery
from django.db.models.functions import Coalesce

from laar.base.models import Programme
from laar.registers.models import Profile

M = TypeVar("M", bound=Model)

#: What a figure may be asked about instead of the time of the action.
WHEN = frozenset({"after"})


def during(programme: Programme, records: QuerySet[M], day: str, when: str = "") -> QuerySet[M]:
    """Those of the records whose day lies within the dates of the action, or, with `after`, when it was over.

    While nobody has written what the programme is about, everything lies within and nothing comes after.
    """
    profiles = Profile.objects.filter(programme=programme)
    # Asked for inside the question itself, so that a figure needs no question before its own.
    since = Coalesce(Subquery(profiles.values("since")), date.min)
    until = Coalesce(Subquery(profiles.values("until")), date.max)
    if when == "after":
        return records.filter(**{f"{day}__gte": until})
    return records.filter(**{f"{day}__gte": since, f"{day}__lt": until})
