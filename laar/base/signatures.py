"""What an action asks for, read from its signature: a form needs no second description of it."""

from __future__ import annotations

import inspect
import types
import typing
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import Model

from laar.base.act import actions

#: What every action takes, and a door knows without asking: who, the id of the command, the version that was seen.
KNOWN = frozenset({"by", "command", "seen"})


@dataclass(frozen=True, slots=True)
class Parameter:
    """One thing that an action wants to be told."""

    name: str
    #: Its type; of an optional one the type without None.
    type: Any
    is_required: bool
    #: Whether the action has its own answer where nothing is said.
    has_default: bool


@cache
def parameters_of(verb: str) -> tuple[Parameter, ...]:
    """What the action of a verb asks for, its subject left out: that is the record to which it is done."""
    return _parameters(verb)[1 if subject_of(verb) else 0 :]


@cache
def subject_of(verb: str) -> type[Model] | None:
    """The kind of record to which a verb is done; None where it makes something that has no parent."""
    first = next(iter(_parameters(verb)), None)
    kind = first.type if first else None
    return kind if isinstance(kind, type) and issubclass(kind, Model) and first and first.is_required else None


def takes(verb: str, name: str) -> bool:
    """Whether the action of a verb has a parameter."""
    return name in inspect.signature(actions()[verb]).parameters


@cache
def _parameters(verb: str) -> tuple[Parameter, ...]:
    function = actions()[verb]
    hints = typing.get_type_hints(function)
    return tuple(
        Parameter(
            name=name,
            type=_without_none(hints[name]),
            is_required=given.default is inspect.Parameter.empty and not _takes_none(hints[name]),
            has_default=given.default is not inspect.Parameter.empty,
        )
        for name, given in inspect.signature(function).parameters.items()
        if name not in KNOWN
    )


def _takes_none(hint: Any) -> bool:
    return isinstance(hint, types.UnionType) and types.NoneType in typing.get_args(hint)


def _without_none(hint: Any) -> Any:
    if not isinstance(hint, types.UnionType):
        return hint
    rest = [one for one in typing.get_args(hint) if one is not types.NoneType]
    return rest[0] if len(rest) == 1 else hint
