"""One search over everything that has a name: at most a few of each kind, and only what the reader may see."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import CharField, F, Model, Q, QuerySet, Value
from django.db.models.functions import Replace

from laar.base.access import visible
from laar.base.models import Programme
from laar.base.readers import Eyes
from laar.events.models import Event, Request
from laar.kit.names import INVISIBLE, Name, fold
from laar.plans.models import Plan
from laar.projects.models import Project
from laar.registers.models import Party, Place

#: How many of each kind are shown, and how much must be typed.
MOST, LEAST = 10, 2

#: What is searched, under what heading, and in which columns.
SEARCHED: tuple[tuple[type[Model], Name, tuple[str, ...]], ...] = (
    (Place, Name(en="Places", km="ទីកន្លែង"), ("code", "name_en", "name_km")),
    (Request, Name(en="Requests", km="សំណូមពរ"), ("code", "text_en", "text_km")),
    (Project, Name(en="Projects", km="គម្រោង"), ("code", "title_en", "title_km")),
    (Plan, Name(en="Plans", km="ផែនការ"), ("title_en", "title_km")),
    (Event, Name(en="Events", km="ព្រឹត្តិការណ៍"), ("title_en", "title_km")),
    (Party, Name(en="People and groups", km="បុគ្គល និងក្រុម"), ("name_en", "name_km")),
)


@dataclass(frozen=True, slots=True)
class Found:
    """What was found of one kind."""

    name: Name
    records: tuple[Model, ...]
    has_more: bool


def found(programme: Programme, eyes: Eyes, query: str) -> tuple[Found, ...]:
    """What a reader finds by a word or a code: whatever its case, with or without zero-width spaces."""
    word = fold(query)[:100]
    if len(word) < LEAST:
        return ()
    kinds = ((name, _of_a_kind(programme, eyes, model, columns, word)) for model, name, columns in SEARCHED)
    return tuple(Found(name, tuple(records[:MOST]), len(records) > MOST) for name, records in kinds if records)


def is_too_short(query: str) -> bool:
    """Whether something was typed, and too little to look for."""
    return bool(query) and len(fold(query)) < LEAST


def _of_a_kind(
    programme: Programme, eyes: Eyes, model: type[Model], columns: tuple[str, ...], word: str
) -> list[Model]:
    records: QuerySet[Model] = visible(eyes, model._default_manager.all())
    if any(column.name == "programme" for column in model._meta.concrete_fields):
        records = records.filter(programme=programme)
    if model is Place:
        records = records.filter(until=None)
    if model is Party:
        records = records.filter(merged_into=None)
    anywhere = Q()
    for column in columns:
        records = records.annotate(**{f"_{column}": _without_invisible(column)})
        anywhere |= Q(**{f"_{column}__icontains": word})
    place = "parent" if model is Place else "place"
    return list(records.filter(anywhere).select_related(place).order_by("-pk")[: MOST + 1])


def _without_invisible(column: str) -> Replace:
    """A column as it is compared: without the characters that show nothing."""
    seen: Replace | F = F(column)
    for sign in INVISIBLE:
        seen = Replace(seen, Value(chr(sign)), Value(""), output_field=CharField())
    return seen  # type: ignore[return-value]  # there is at least one such character
