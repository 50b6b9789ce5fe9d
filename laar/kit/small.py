"""Few people are not counted in public: "<5" stands for a number of persons below five, and for what would give it away.

Only what is shown changes; a figure's value, and everything that is stored, stays what it is. None at all is no secret:
0 is nobody.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from laar.kit.figures import Figure

#: The least number of persons that is printed for the public.
LEAST = 5
HIDDEN = f"<{LEAST}"


def is_few(count: int) -> bool:
    """Whether so many persons are too few to be counted in public."""
    return 0 < count < LEAST


def is_hidden(figure: Figure) -> bool:
    """Whether the number of a figure is kept from the public.

    A number of persons is, when it is small, or when it lacks so few of a wider one that the difference is small: 98
    women of 100 present are two men. A ratio is, when one of its numbers is, or the difference between them.
    """
    if figure.parts:
        if not any(counts_people(part) for part in figure.parts):
            return False
        small = any(is_hidden(part) for part in figure.parts)
        return small or any(is_few(abs(whole.value - part.value)) for part, whole in pairwise(figure.parts))
    if not figure.definition.of_people:
        return False
    return is_few(figure.value) or any(is_few(wider.value - figure.value) for wider in _wider(figure))


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


def _wider(figure: Figure) -> Iterator[Figure]:
    """The same figure asked about more: without one of its parameters, or for the place around its place."""
    scope = figure.scope
    for name in scope.more:
        more = {key: value for key, value in scope.more.items() if key != name}
        yield figure.definition.of(replace(scope, more=more))
    if scope.place:
        yield figure.definition.of(replace(scope, place=scope.place[:-2]))
