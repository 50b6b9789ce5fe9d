"""What the rows of a list add up to. A total that is shown is a figure, and opens to the rows that it is of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet, Sum

from laar.kit.figures import Figure, Records, Scope, figure, figure_of, measure
from laar.kit.money import DECIMALS, Money
from laar.kit.names import Name
from laar.kit.refusals import Refusal
from laar.results.chapters.asked import Asked, narrowed
from laar.results.chapters.chapter import Chapter
from laar.results.chapters.filters import cleaned
from laar.results.models import ListCount


@dataclass(frozen=True, slots=True)
class Added:
    """One sum: of what, how much, and the figure that it is, where the whole list is open to the reader."""

    value: int | Money
    figure: Figure | None = None


@dataclass(frozen=True, slots=True)
class Totals:
    """How many rows answer, and what their amounts add up to, each currency by itself."""

    count: Added
    amounts: tuple[Added, ...] = ()


def declare(chapter: Chapter) -> None:
    """Make the totals of a chapter figures: how many there are, and where there are amounts, their sum."""
    if not chapter.is_figure:
        return
    filters = [one for one in chapter.filters if one.in_figure and one.kind != "place"]
    takes = tuple(one.name for one in filters)
    only = {one.name: one.only for one in filters if one.only is not None}
    by_place = any(one.kind == "place" for one in chapter.filters)
    title = chapter.title

    def records(scope: Scope) -> QuerySet[Any]:
        rows = narrowed(chapter.filters, chapter.rows(scope.programme), _values(chapter, scope))
        return rows.select_related(*chapter.causes).order_by(chapter.order, "pk")

    def count(scope: Scope) -> Records:
        return Records(records(scope))

    figure(
        key_of(chapter),
        label=title,
        rule=Name(
            en=f"Every record in the list “{title.en}” of the programme for which the filters hold, counted once, whatever "
            "its state and whether or not it lies within the dates of the action.",
            km=f"កំណត់ត្រាទាំងអស់ក្នុងបញ្ជី «{title.km}» នៃកម្មវិធី ដែលត្រូវនឹងតម្រង រាប់ម្ដងៗ ទោះស្ថានភាពអ្វី និងក្នុងឬក្រៅរយៈពេលសកម្មភាព។",
        ),
        takes=takes,
        only=only,
        by_place=by_place,
    )(count)
    if chapter.money is None:
        return
    column, currency = chapter.money.paths

    def amount(scope: Scope) -> Records:
        asked = scope["currency"] or scope.programme.currency
        return Records(records(scope).filter(**{currency: asked}), column=column, currency=asked)

    figure(
        key_of(chapter, "amount"),
        label=Name(en=f"{title.en}: amount", km=f"{title.km}៖ ចំនួនទឹកប្រាក់"),
        rule=Name(
            en=f"The amounts of the records in the list “{title.en}” for which the filters hold, in one currency: the one "
            "asked for, or the programme's.",
            km=f"ចំនួនទឹកប្រាក់នៃកំណត់ត្រាក្នុងបញ្ជី «{title.km}» ដែលត្រូវនឹងតម្រង ជារូបិយប័ណ្ណតែមួយ៖ ដែលបានសួរ ឬរបស់កម្មវិធី។",
        ),
        takes=(*takes, "currency"),
        only={**only, "currency": DECIMALS},
        by_place=by_place,
    )(amount)


def key_of(chapter: Chapter, column: str = "") -> str:
    """What the figure of a list is called."""
    return ".".join(("list", chapter.slug, *([column] if column else [])))


def _values(chapter: Chapter, scope: Scope) -> dict[str, Any]:
    """What the scope of a figure says to the filters. Raises Refusal `figure.unknown_scope`."""
    values: dict[str, Any] = {}
    for one in chapter.filters:
        text = scope.place if one.kind == "place" else scope[one.name]
        if text and one.in_figure:
            try:
                values[one.name] = cleaned(one, text, scope.programme)
            except Refusal:
                known = ", ".join(filter_.name for filter_ in chapter.filters if filter_.in_figure)
                key = key_of(chapter)
                raise Refusal("figure.unknown_scope", key=key, name=one.name, value=text, known=known) from None
    return values


def length_of(asked: Asked) -> Figure | None:
    """How many rows answer, from the roll-up; nothing where it does not know that, or not all of them are shown."""
    found = _figure(asked)
    if found is None or not asked.chapter.is_counted or not set(asked.given) <= {"kind", "state"}:
        return None
    kept = ListCount.objects.filter(programme_id=asked.programme.pk, table=asked.chapter.model._meta.label_lower)
    # The number is known: the records themselves are asked for only where the figure is opened, by its address.
    known = Records(asked.chapter.model._default_manager.none())
    vars(known)["value"] = kept.filter(**asked.values).aggregate(sum=Sum("records"))["sum"] or 0
    vars(found)["measured"] = known
    return found


def totals_of(asked: Asked) -> Totals:
    """Add up what is asked for, now: counted for whoever asks it, and on no page that nobody asked."""
    column = asked.chapter.money
    sums = dict(_sums(asked)) if column in asked.columns else {}
    whole = _figure(asked)
    if whole is None:
        count = asked.rows.order_by().aggregate(count=Count("pk"))["count"]
        return Totals(Added(count), tuple(Added(Money(units, currency)) for currency, units in sums.items()))
    amounts = [_figure(asked, "amount", currency=currency) for currency in sums]
    known = [one for one in amounts if one]
    measure([whole, *known])
    return Totals(Added(whole.value, whole), tuple(Added(Money(one.value, one.currency or ""), one) for one in known))


def _sums(asked: Asked) -> list[tuple[str, int]]:
    assert asked.chapter.money
    column, currency = asked.chapter.money.paths
    rows = asked.rows.order_by(currency).filter(**{f"{column}__isnull": False})
    return list(rows.values_list(currency).annotate(_sum=Sum(column)).values_list(currency, "_sum"))


def _figure(asked: Asked, column: str = "", **more: str) -> Figure | None:
    """The figure of exactly the rows that this reader is shown; none where a search, or what is closed, narrows them."""
    given: Mapping[str, str] = asked.given
    open_ = {one.name for one in asked.filters if one.in_figure}
    if asked.wrong or not asked.chapter.is_figure or not asked.sees_all or not set(given) <= open_:
        return None
    place = given.get("place", "")
    scope = Scope(asked.programme, place, {**{name: text for name, text in given.items() if name != "place"}, **more})
    return figure_of(key_of(asked.chapter, column), scope)
