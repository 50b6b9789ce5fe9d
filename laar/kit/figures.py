"""A figure is a query that can be opened: a rule in words, the records behind it, and the column that adds up.

A floor declares its figures beside its queries with `@figure(...)`. A door shows a figure only through this module, so a
number on a page cannot exist without the records that it came from.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.db.models import Aggregate, Count, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Substr

from laar.kit.money import Money
from laar.kit.names import Name
from laar.kit.refusals import Refusal, refusal

refusal(
    "figure.unknown",
    en="There is no figure called {key}. The list of figures is in docs/figures.md.",
    km="គ្មានតួលេខឈ្មោះ {key} ទេ។ បញ្ជីតួលេខស្ថិតក្នុង docs/figures.md។",
    status=404,
)
refusal(
    "figure.unknown_scope",
    en="{key} can't be asked for by “{name}={value}”. It takes: {known}.",
    km="មិនអាចសួររក {key} តាម «{name}={value}» ទេ។ អាចប្រើបាន៖ {known}។",
    status=404,
)


@dataclass(frozen=True)
class Scope:
    """What a figure is asked about. It is the figure's web address and is never narrowed to the viewer."""

    programme: Any
    #: Prefix of an official place code; empty for the whole programme.
    place: str = ""
    #: What else this figure takes, by name: `{"year": "2008"}`.
    more: dict[str, str] = field(default_factory=dict)
    #: The figures that were asked for together with it: the same question is the same figure, computed once.
    known: dict[str, Figure] = field(default_factory=dict, repr=False, compare=False)
    #: The records that its parameters name, by parameter and value: looked up once for all those figures.
    cited: dict[tuple[str, str], Any] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def asked(cls, programme: Any, query: str) -> Scope:
        """A scope as an address writes it: `place=2107&year=2008`."""
        more = dict(parse_qsl(query))
        return cls(programme, more.pop("place", ""), more)

    def __getitem__(self, name: str) -> str:
        return self.more.get(name, "")

    def query(self) -> str:
        """The scope as the query part of an address."""
        place = {"place": self.place} if self.place else {}
        return urlencode({**place, **{name: value for name, value in sorted(self.more.items()) if value}})


@dataclass(frozen=True)
class Records:
    """The measurement: these records, counted, or the sum of one of their columns, or distinct things they cite."""

    records: QuerySet[Any]
    column: str | None = None
    currency: str | None = None
    distinct: str | None = None

    @cached_property
    def value(self) -> int:
        """The number: 1/10 000 units where it is money."""
        if self.column:
            return int(self.records.aggregate(sum=Sum(self.column))["sum"] or 0)
        if self.distinct:
            return self.records.order_by().values(self.distinct).distinct().count()
        return self.records.count()

    @property
    def scalar(self) -> Subquery:
        """The number as an expression, to be asked for together with others. See `measure`."""
        counted: Aggregate = Count("pk")
        if self.column:
            counted = Sum(self.column)
        elif self.distinct:
            counted = Count(self.distinct, distinct=True)
        one = self.records.order_by().annotate(_one=Value(1)).values("_one")
        return Subquery(one.annotate(_counted=counted).values("_counted"))

    def by_place(self, length: int) -> dict[str, int]:
        """The number for each place of a level, by code; asked once. What has no records there is left out.

        A record belongs to the place that its table says it is about (`PLACE`), as in the scope of a figure.
        """
        if length not in self._by_place:
            counted: Aggregate = Count("pk", distinct=True)
            if self.column:
                counted = Sum(self.column)
            elif self.distinct:
                counted = Count(self.distinct, distinct=True)
            path: str = self.records.model.PLACE
            rows = self.records.order_by().annotate(_code=Substr(path, 1, length)).values("_code").annotate(_n=counted)
            self._by_place[length] = {code: int(number or 0) for code, number in rows.values_list("_code", "_n")}
        return self._by_place[length]

    @cached_property
    def _by_place(self) -> dict[int, dict[str, int]]:
        return {}

    def contributions(self) -> Iterator[tuple[Any, int]]:
        """Each record with what it adds to the value (for distinct things: 1 the first time, then 0)."""
        seen: set[object] = set()
        for record in self.records.iterator(chunk_size=2000):
            if self.column:
                yield record, follow(record, self.column) or 0
            elif self.distinct:
                thing = follow(record, self.distinct)
                yield record, int(thing not in seen)
                seen.add(thing)
            else:
                yield record, 1


@dataclass(frozen=True)
class Ratio:
    """Two figures, one over the other; `percent` prints 28.46 %, else "397 of 418"."""

    part: Figure
    whole: Figure
    percent: bool = False

    @property
    def value(self) -> Fraction | None:
        """Part over whole in percent; None where there is nothing to divide by."""
        return Fraction(self.part.value * 100, self.whole.value) if self.whole.value else None


@dataclass(frozen=True)
class Total:
    """Figures of one unit added up, less others: a grant is what was paid, less what was refunded."""

    plus: tuple[Figure, ...]
    less: tuple[Figure, ...] = ()

    @property
    def value(self) -> int:
        """The sum: 1/10 000 units where it is money."""
        return int(sum(figure.value for figure in self.plus) - sum(figure.value for figure in self.less))

    @property
    def currency(self) -> str | None:
        """The currency of its parts, which is one."""
        return self.plus[0].currency


Measure = Callable[[Scope], Records | Ratio | Total]


@dataclass(frozen=True)
class Definition:
    """What a figure is called, how it is computed in words, and what it may be asked for by."""

    key: str
    label: Name
    rule: Name
    takes: tuple[str, ...]
    measure: Measure
    #: Whether it can be asked about a part of the programme's area.
    by_place: bool = True
    #: The values that a parameter may have, where they are known; a typing error must not print a false zero.
    only: Mapping[str, Container[str]] = field(default_factory=dict)
    #: It counts persons: a small number of them is not shown to the public (laar.kit.small).
    of_people: bool = False

    def of(self, scope: Scope) -> Figure:
        """The figure for a scope. Raises Refusal `figure.unknown_scope` for a parameter that it does not take."""
        takes = (*self.takes, "place") if self.by_place else self.takes
        refused = {name: value for name, value in scope.more.items() if not self._takes(name, value)}
        if scope.place and not (self.by_place and PLACE.fullmatch(scope.place)):
            refused["place"] = scope.place
        for name, value in refused.items():
            raise Refusal("figure.unknown_scope", key=self.key, name=name, value=value, known=", ".join(takes) or "–")
        figure = Figure(self, scope)
        return scope.known.setdefault(figure.id, figure)

    def _takes(self, name: str, value: str) -> bool:
        return name in self.takes and (name not in self.only or value in self.only[name])


@dataclass(frozen=True)
class Figure:
    """A definition asked about a scope. Computed when it is looked at, once."""

    definition: Definition
    scope: Scope

    @property
    def key(self) -> str:
        return self.definition.key

    @property
    def label(self) -> Name:
        return self.definition.label

    @property
    def rule(self) -> Name:
        return self.definition.rule

    @property
    def id(self) -> str:
        """Key and scope in one word, as printed beside the number: `oa.plans?year=2008`."""
        query = self.scope.query()
        return f"{self.key}?{query}" if query else self.key

    @cached_property
    def measured(self) -> Records | Ratio | Total:
        return self.definition.measure(self.scope)

    @property
    def parts(self) -> tuple[Figure, ...]:
        """The figures that it is made of; empty where it is counted from records."""
        measured = self.measured
        if isinstance(measured, Ratio):
            return measured.part, measured.whole
        return (*measured.plus, *measured.less) if isinstance(measured, Total) else ()

    @property
    def value(self) -> Any:
        """An integer (1/10 000 units for money); for a ratio an exact fraction of a hundred or None."""
        return self.measured.value

    @property
    def currency(self) -> str | None:
        return None if isinstance(self.measured, Ratio) else self.measured.currency

    @property
    def ratio(self) -> Ratio | None:
        return self.measured if isinstance(self.measured, Ratio) else None

    @property
    def unit(self) -> str:
        """What the number counts: a currency, `%`, `of`, or nothing for a plain count."""
        if self.ratio:
            return "%" if self.ratio.percent else "of"
        return self.currency or ""

    @property
    def figure(self) -> str:
        """The number as it is printed, without a currency: `1,270.00`, `53 %`, `2 of 3`."""
        measured = self.measured
        if not isinstance(measured, Ratio):
            return Money(measured.value, measured.currency).figure if measured.currency else f"{measured.value:,}"
        if not measured.percent:
            return f"{measured.part.figure} / {measured.whole.figure}"
        if measured.value is None:
            return "–"
        return f"{hundredths(measured.value)} %"

    def plain(self) -> str | None:
        """The number for machines: `1270.00`, `43`, `28.46`; None where nothing can be divided."""
        measured = self.measured
        if not isinstance(measured, Ratio):
            return Money(measured.value, measured.currency).plain() if measured.currency else str(measured.value)
        if not measured.percent:
            return f"{measured.part.plain()}/{measured.whole.plain()}"
        return None if measured.value is None else hundredths(measured.value).replace("–", "-")

    def at(self, **changes: Any) -> Figure:
        """The same figure for another scope: `place=` or what else it takes."""
        place = changes.pop("place", self.scope.place)
        return self.definition.of(replace(self.scope, place=place, more={**self.scope.more, **changes}))


#: An official place code, from a province to a village; a code cut short would cut an area out of its neighbours.
PLACE = re.compile(r"(?:[0-9]{2}){1,4}")

#: How many figures are asked for in one question.
AT_ONCE = 25

_DEFINITIONS: dict[str, Definition] = {}


def figure(
    key: str,
    *,
    label: Name,
    rule: Name,
    takes: tuple[str, ...] = (),
    by_place: bool = True,
    only: Mapping[str, Container[str]] | None = None,
    of_people: bool = False,
) -> Callable[[Measure], Measure]:
    """Declare a figure: the decorated function measures it for a scope."""

    def declare(measure: Measure) -> Measure:
        if key in _DEFINITIONS:
            raise ValueError(f"figure {key} is declared twice")
        _DEFINITIONS[key] = Definition(key, label, rule, takes, measure, by_place, only or {}, of_people)
        return measure

    return declare


def figure_of(key: str, scope: Scope) -> Figure:
    """The figure with this key for a scope. Raises Refusal `figure.unknown`."""
    try:
        return _DEFINITIONS[key].of(scope)
    except KeyError:
        raise Refusal("figure.unknown", key=key) from None


def measure(figures: Iterable[Figure]) -> None:
    """Compute many figures of one programme in a few questions to the database instead of one for each."""
    asked: dict[str, Figure] = {}
    waiting = list(figures)
    while waiting:
        figure = waiting.pop()
        waiting += figure.parts
        if isinstance(figure.measured, Records) and "value" not in vars(figure.measured):
            asked[figure.id] = figure
    leaves = list(asked.values())
    for start in range(0, len(leaves), AT_ONCE):
        some = [figure.measured for figure in leaves[start : start + AT_ONCE]]
        programme = leaves[start].scope.programme
        row = type(programme)._default_manager.filter(pk=programme.pk)
        values = row.values_list(*(records.scalar for records in some if isinstance(records, Records))).get()
        for records, value in zip(some, values, strict=True):
            vars(records)["value"] = int(value or 0)


def definitions() -> list[Definition]:
    """All figures, for the documentation and the tests."""
    return [_DEFINITIONS[key] for key in sorted(_DEFINITIONS)]


def follow(record: Any, path: str) -> Any:
    """The value at the end of a query path (`agreement__project__place__code`), read from the record itself."""
    for step in path.split("__"):
        record = getattr(record, step, None)
    return record


def hundredths(value: Fraction) -> str:
    """A fraction with two decimals, halves away from zero, as on paper: `28.46`."""
    whole = (abs(value) * 100 + Fraction(1, 2)).__floor__()
    return f"{'–' if value < 0 and whole else ''}{whole // 100}.{whole % 100:02}"
