"""A chapter: one register of the house as a list, said in a few lines.

What a list is about, by what it is narrowed and what it shows is declared here, below the doors, because a total of it
is a figure and must open to the same rows that the page shows. How it looks is the door's. See docs/decisions/0009.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import ForeignKey, Model, QuerySet

from laar.base.access import knows_persons, may_see_some
from laar.base.models import Programme
from laar.base.readers import Eyes
from laar.kit.names import Name
from laar.kit.refusals import Refusal
from laar.results.chapters.columns import Column
from laar.results.chapters.filters import Filter
from laar.results.rollups import COUNTED


@dataclass(frozen=True)
class Chapter:
    """One register: which rows it has, what it shows of them, by what it is narrowed, and in which order it comes."""

    slug: str
    title: Name
    model: type[Model]
    columns: tuple[Column, ...]
    filters: tuple[Filter, ...]
    #: A path, with `-` where the last comes first; the key decides between equals. Never one that may be empty.
    order: str
    #: What is said where there is nothing yet, and the verb that makes the first one.
    empty: Name
    verb: str = ""
    #: The rows of a programme, where they are not simply those of its table.
    made: Callable[[Programme], QuerySet[Any]] | None = None
    #: About persons by name: only for who may know them.
    of_persons: bool = False

    def rows(self, programme: Programme) -> QuerySet[Any]:
        """Every row of a programme; who may see it is asked by whoever shows it."""
        if self.made:
            return self.made(programme)
        return self.model._default_manager.filter(programme=programme)

    @cached_property
    def has_programme(self) -> bool:
        """Whether its rows belong to one programme; parties and offices are shared."""
        return any(column.name == "programme" for column in self.model._meta.concrete_fields)

    @property
    def is_figure(self) -> bool:
        """Whether its total is a figure that opens. Not of persons, whom a count would single out, nor of what is shared."""
        return not self.of_persons and self.has_programme

    @property
    def is_counted(self) -> bool:
        """Whether a roll-up knows how long it is."""
        return self.model in COUNTED

    @cached_property
    def money(self) -> Column | None:
        """The column of amounts that is added up."""
        return next((column for column in self.columns if column.kind == "money"), None)

    @cached_property
    def causes(self) -> tuple[str, ...]:
        """What its records cite, so that their names cost no query each."""
        own = [column.name for column in self.model._meta.concrete_fields if isinstance(column, ForeignKey)]
        return (*own, *getattr(self.model, "NAMED_BY", ()))

    def open_to(self, eyes: Eyes) -> bool:
        """Whether a reader may have this list at all."""
        return may_see_some(eyes, self.model) and (not self.of_persons or knows_persons(eyes))

    def columns_for(self, eyes: Eyes) -> tuple[Column, ...]:
        """The columns that a reader may see: the public none that tell of a person."""
        return tuple(one for one in self.columns if self._may(eyes, one.paths, of_persons=one.of_persons))

    def filters_for(self, eyes: Eyes) -> tuple[Filter, ...]:
        """The filters that a reader may ask by: a search would tell what a closed column says."""
        return tuple(one for one in self.filters if self._may(eyes, one.paths, of_persons=one.of_persons))

    def _may(self, eyes: Eyes, paths: tuple[str, ...], *, of_persons: bool) -> bool:
        if of_persons and not knows_persons(eyes):
            return False
        return not eyes.is_public or not getattr(self.model, "PERSONAL", frozenset()) & set(paths)


_CHAPTERS: dict[str, Chapter] = {}


def chapters() -> Mapping[str, Chapter]:
    """Every chapter by its slug, in the order of their declaration."""
    return _CHAPTERS


def chapter_called(slug: str, eyes: Eyes) -> Chapter:
    """The chapter with this slug, if this reader may have it. Raises Refusal `record.not_found`."""
    found = _CHAPTERS.get(slug)
    if found is None or not found.open_to(eyes):
        raise Refusal("record.not_found")
    return found


def keep(chapter: Chapter) -> Chapter:
    """Put a chapter among the chapters of the house."""
    if chapter.slug in _CHAPTERS:
        raise ValueError(f"the chapter {chapter.slug} is declared twice")
    _CHAPTERS[chapter.slug] = chapter
    return chapter
