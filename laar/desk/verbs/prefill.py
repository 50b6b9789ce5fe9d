"""What a form is filled with before anybody types: the record as it is where it is corrected, today where a day is asked."""

from __future__ import annotations

from datetime import date
from typing import Any

from laar.base.queries import day_in
from laar.base.signatures import parameters_of
from laar.desk.verbs.asks import CORRECTS, question_for
from laar.desk.verbs.questions import About
from laar.kit.money import Money
from laar.kit.names import Name
from laar.ledger.models import Document
from laar.ledger.queries import last_day_for

#: Where the column is not called like the parameter.
COLUMN = {"event.correct.day": "on"}


def as_it_is(about: About) -> dict[str, Any]:
    """The first content of the fields."""
    filled: dict[str, Any] = {"on": _day(about)}
    if about.verb in CORRECTS:
        for parameter in parameters_of(about.verb):
            question = question_for(about.verb, parameter.name)
            if question and parameter.name != "on":
                for ending, value in question.shown(_now(about, parameter.name)).items():
                    filled[f"{parameter.name}-{ending}" if ending else parameter.name] = value
    return filled


def _day(about: About) -> date:
    """Today; for what is posted the last day on which it still can be, where that is over."""
    today, record = day_in(about.programme), about.record
    if about.verb == "document.post" and isinstance(record, Document):
        return max(min(today, last_day_for(record)), record.on)
    return today


def _now(about: About, name: str) -> Any:
    record = about.record
    if hasattr(record, f"{name}_en"):
        return Name(en=getattr(record, f"{name}_en"), km=getattr(record, f"{name}_km"))
    if name == "budget":
        return Money(record.units, record.currency)
    return getattr(record, COLUMN.get(f"{about.verb}.{name}", name))
