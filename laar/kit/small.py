"""Few people are not counted in public: "<5" stands for a number of persons below five, and for what would give it away.

Only what is shown changes; a figure's value, and everything that is stored, stays what it is. None at all is no secret:
0 is nobody.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from itertools import pairwise

from laar.kit.figures import Figure, Records, measure

#: The least number of persons that is printed for the public.
LEAST = 5
HIDDEN = f"<{LEAST}"


def is_few(count: int) -> bool:
    """Whether so many persons are too few to be counted in public."""
    return 0 < count < LEAST


def is_hidden(figure: Figure) -> bool:
    """Whether the number of a figure is kept from the public.

    A number of persons is, when it is small, or when it lacks so few of a wider one that the difference is small: 98
    women of 100 present are two men. So is one that, taken off with its neighbours, would leave a small number: of a row in
    which a single one is small, the next smallest is kept, too, with everything that it is made of. A ratio is, when one
    of its numbers is, or the difference between them.
    """
    if figure.parts:
        if not any(counts_people(part) for part in figure.parts):
            return False
        small = any(is_hidden(part) for part in figure.parts)
        return small or any(is_few(abs(whole.value - part.value)) for part, whole in pairwise(figure.parts))
    if not figure.definition.of_people:
        return False
    if is_few(figure.value) or any(is_few(wider.value - figure.value) for wider in _wider(figure)):
        return True
    return bool(figure.value) and any(_covers_another(one) for one in (figure, *_all_wider(figure)))


def counts_people(figure: Figure) -> bool:
    """Whether a figure, or one that it is made of, counts persons."""
    return figure.definition.of_people or any(counts_people(part) for part in figure.parts)


def public_number(figure: Figure) -> str:
    """A figure as the public is shown it."""
    return HIDDEN if is_hidden(figure) else figure.figure


def public_counts(counts: list[int]) -> list[str]:
    """Counts of persons of which each is a part of the one before it, as the public is shown them."""
    hidden = [is_few(count) for count in counts]
    for place, (whole, part) in enumerate(pairwise(counts), 1):
        hidden[place] = hidden[place] or is_few(whole - part)
    return [HIDDEN if hide else f"{count:,}" for count, hide in zip(counts, hidden, strict=True)]


def _covers_another(figure: Figure) -> bool:
    """Whether it is kept because a single neighbour in one of its rows is small: all but one subtracted are that one."""
    for own, row, whole in _rows(figure):
        small = {key for key, count in row.items() if is_few(count) or is_few(whole - count)}
        others = [(count, key) for key, count in row.items() if count and key not in small]
        if len(small) == 1 and others and min(others)[1] == own:
            return True
    return False


def _rows(figure: Figure) -> Iterator[tuple[str, dict[str, int], int]]:
    """The rows in which it stands: its key there, every count of the row, and what they are all a part of.

    A row goes over the places beside its place, or over the known values of one of its parameters.
    """
    scope, known = figure.scope, figure.definition.only
    if scope.place:
        wider = figure.at(place=scope.place[:-2])
        if isinstance(wider.measured, Records):
            yield scope.place, wider.measured.by_place(len(scope.place)), wider.value
    for name, own in scope.more.items():
        values = known.get(name)
        if own and isinstance(values, Collection):
            row = {value: figure.at(**{name: value}) for value in values if value}
            measure(row.values())
            yield own, {value: one.value for value, one in row.items()}, _without(figure, name).value


def _all_wider(figure: Figure) -> Iterator[Figure]:
    """Everything that it is a part of."""
    found: dict[str, Figure] = {}
    waiting = list(_wider(figure))
    while waiting:
        one = waiting.pop()
        if one.id not in found:
            found[one.id] = one
            waiting += _wider(one)
    yield from found.values()


def _without(figure: Figure, name: str) -> Figure:
    more = {key: value for key, value in figure.scope.more.items() if key != name}
    return figure.definition.of(replace(figure.scope, more=more))


def _wider(figure: Figure) -> Iterator[Figure]:
    """The same figure asked about more: without one of its parameters, or for the place around its place."""
    scope = figure.scope
    for name in scope.more:
        yield _without(figure, name)
    if scope.place:
        yield figure.definition.of(replace(scope, place=scope.place[:-2]))
