"""By what a list is narrowed. A filter reads what an address says, refuses what it can't, and says what it did."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar

from django.db.models import F, Model, Q, QuerySet, Value
from django.db.models.functions import Replace

from laar.base.models import Programme
from laar.kit.figures import PLACE as CODE
from laar.kit.names import INVISIBLE, Name, fold, lazily
from laar.kit.refusals import Refusal
from laar.registers.models import Place
from laar.registers.queries import on_day
from laar.results.chapters.columns import field_of
from laar.results.queries import with_word
from laar.results.rules import WORDS

Rows = QuerySet[Any]
#: How many places are named in a question; of more the beginning of their code is asked for.
MOST_PLACES = 400
Options = Sequence[tuple[str, Any]]


#: More words than this nobody looks for at once; each costs a pass over the rows.
MOST_WORDS = 8


@dataclass(frozen=True)
class Filter:
    """One question that a list may be asked: `name` is what the address calls it."""

    name: str
    label: str
    #: How it is filled in: `search`, `choice`, `place`, `day`, `year`.
    kind: ClassVar[str] = ""
    #: A figure may be asked by it, too. Not by words: a count of a search would tell what is written where one may not read.
    in_figure: ClassVar[bool] = True

    #: Asks about persons: only for who may know them by name.
    @property
    def of_persons(self) -> bool:
        return False

    @property
    def paths(self) -> tuple[str, ...]:
        """The columns that it looks at."""
        return ()

    @property
    def only(self) -> Mapping[str, Any] | None:
        """The values that there are, where they are known beforehand."""
        return None

    def options(self, _programme: Programme) -> Options:
        """What can be chosen."""
        return ()

    def clean(self, text: str) -> Any:
        """What was meant. Raises a Refusal that is shown beside the field."""
        return text

    def narrow(self, rows: Rows, value: Any) -> Rows:
        """The rows for which it is so."""
        raise NotImplementedError


@dataclass(frozen=True)
class Search(Filter):
    """Words anywhere in some columns: every word must be there; case and what shows nothing are ignored."""

    columns: tuple[str, ...] = ()
    kind: ClassVar[str] = "search"
    in_figure: ClassVar[bool] = False

    @property
    def paths(self) -> tuple[str, ...]:
        return self.columns

    def clean(self, text: str) -> Any:
        return fold(text).split()[:MOST_WORDS]

    def narrow(self, rows: Rows, value: Any) -> Rows:
        seen = {f"seen_{number}": _visible_text(path) for number, path in enumerate(self.columns)}
        rows = rows.alias(**seen)
        for word in value:
            somewhere = Q()
            for text in seen:
                somewhere |= Q(**{f"{text}__icontains": word})
            rows = rows.filter(somewhere)
        return rows


def _visible_text(path: str) -> Any:
    """A column without the characters that show nothing."""
    seen: Any = F(path)
    for sign in INVISIBLE:
        seen = Replace(seen, Value(chr(sign)), Value(""))
    return seen


@dataclass(frozen=True)
class Choice(Filter):
    """One of a few words that the table knows."""

    path: str = ""
    known: Mapping[str, Any] = field(default_factory=dict)
    is_personal: bool = False
    kind: ClassVar[str] = "choice"

    @property
    def in_figure(self) -> bool:  # type: ignore[override]  # what tells of persons is no matter for a figure
        return not self.is_personal

    @property
    def of_persons(self) -> bool:
        return self.is_personal

    @property
    def paths(self) -> tuple[str, ...]:
        return (self.path,)

    @property
    def only(self) -> Mapping[str, Any] | None:
        return self.known

    def options(self, _programme: Programme) -> Options:
        return list(self.known.items())

    def clean(self, text: str) -> Any:
        if text not in self.known:
            raise Refusal("value.unknown", value=text, column=self.label, known=", ".join(self.known))
        return text

    def narrow(self, rows: Rows, value: Any) -> Rows:
        return rows.filter(**{self.path: value})


def chosen(
    model: type[Model],
    path: str,
    name: str = "",
    *,
    label: str = "",
    without: tuple[str, ...] = (),
    is_personal: bool = False,
) -> Choice:
    """A filter by a column with choices, called as its table calls it."""
    column = field_of(model, path)
    known = {code: said for code, said in column.flatchoices if code and code not in without}
    return Choice(name or path.rpartition("__")[2], label or column.verbose_name, path, known, is_personal)


@dataclass(frozen=True)
class Linked(Filter):
    """One of a few records of the programme, by its code."""

    path: str = ""
    #: The codes and names that a programme has; few, whatever the list is about.
    there: Callable[[Programme], Options] = lambda _: ()
    kind: ClassVar[str] = "choice"

    @property
    def paths(self) -> tuple[str, ...]:
        return (self.path,)

    def options(self, _programme: Programme) -> Options:
        return self.there(_programme)

    def narrow(self, rows: Rows, value: Any) -> Rows:
        return rows.filter(**{self.path: value})


@dataclass(frozen=True)
class Said(Filter):
    """Requests by one of the five words."""

    kind: ClassVar[str] = "choice"

    @property
    def only(self) -> Mapping[str, Any] | None:
        return WORDS

    def options(self, _programme: Programme) -> Options:
        return list(WORDS.items())

    def clean(self, text: str) -> Any:
        if text not in WORDS:
            raise Refusal("value.unknown", value=text, column=self.label, known=", ".join(WORDS))
        return text

    def narrow(self, rows: Rows, value: Any) -> Rows:
        return with_word(rows, value)


@dataclass(frozen=True)
class Area(Filter):
    """A place and everything in it, by the official code."""

    path: str = "place__code"
    kind: ClassVar[str] = "place"

    @property
    def paths(self) -> tuple[str, ...]:
        return (self.path,)

    def clean(self, text: str) -> Any:
        if not CODE.fullmatch(text):
            raise Refusal("list.no_such_place", value=text)
        return text

    def narrow(self, rows: Rows, value: Any) -> Rows:
        place, is_far, _ = self.path.rpartition("__code")
        if not is_far:
            return rows.filter(**{f"{self.path}__startswith": value})
        # The few places first, then what happened there: the other way round every record is asked where it was, and
        # a place in which nothing happened is found out only after the last of them.
        there = list(Place.objects.filter(code__startswith=value).values_list("pk", flat=True)[: MOST_PLACES + 1])
        if len(there) > MOST_PLACES:
            return rows.filter(**{f"{self.path}__startswith": value})
        return rows.filter(**{f"{place}__in": there})


@dataclass(frozen=True)
class Day(Filter):
    """A day to compare with: from it, until it, or on it."""

    path: str = ""
    #: `gte`, `lte`, or `on`: the row is valid on that day.
    how: str = "on"
    kind: ClassVar[str] = "day"

    @property
    def paths(self) -> tuple[str, ...]:
        return (self.path,) if self.path else ()

    def clean(self, text: str) -> Any:
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise Refusal("list.not_a_day", value=text) from None

    def narrow(self, rows: Rows, value: Any) -> Rows:
        return rows.filter(on_day(value) if self.how == "on" else Q(**{f"{self.path}__{self.how}": value}))


def period(path: str) -> tuple[Day, Day]:
    """From a day until a day, both of them in it, as people say it."""
    return Day("from", lazily(FROM), path, "gte"), Day("to", lazily(TO), path, "lte")


@dataclass(frozen=True)
class Year(Filter):
    """A year."""

    path: str = "year"
    kind: ClassVar[str] = "year"

    @property
    def paths(self) -> tuple[str, ...]:
        return (self.path,)

    def clean(self, text: str) -> Any:
        if not (text.isascii() and text.isdigit() and len(text) == 4):
            raise Refusal("list.not_a_year", value=text)
        return int(text)

    def narrow(self, rows: Rows, value: Any) -> Rows:
        return rows.filter(**{self.path: value})


def cleaned(one: Filter, text: str, programme: Programme) -> Any:
    """What was meant by a filter of a programme's list. Raises a Refusal, also for a code that nothing there has."""
    value = one.clean(text)
    if one.kind == "choice" and one.only is None:
        known = [code for code, _ in one.options(programme)]
        if value not in known:
            raise Refusal("value.unknown", value=text, column=one.label, known=", ".join(known))
    return value


FROM = Name(en="From", km="ពីថ្ងៃ")
TO = Name(en="To", km="ដល់ថ្ងៃ")
WORDS_IN = Name(en="Search", km="ស្វែងរក")
WHERE = Name(en="Place", km="ទីកន្លែង")
WORD = Name(en="What came of it", km="លទ្ធផល")
YEAR = Name(en="Year", km="ឆ្នាំ")
AS_OF = Name(en="As it was on", km="ដូចនៅថ្ងៃ")


def search(*columns: str) -> Search:
    """Words in some columns; `title` stands for both languages of it."""
    return Search("q", lazily(WORDS_IN), columns)


def area(path: str = "place__code") -> Area:
    """A place and what lies in it."""
    return Area("place", lazily(WHERE), path)


def year(path: str = "year") -> Year:
    """A year."""
    return Year("year", lazily(YEAR), path)


def as_of() -> Day:
    """What was valid on a day."""
    return Day("on", lazily(AS_OF))


def word() -> Said:
    """One of the five words."""
    return Said("word", lazily(WORD))
