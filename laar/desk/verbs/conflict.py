"""Two people at the same record: what the other one changed meanwhile, and a form in which both changes stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import QueryDict

from laar.base.models import TrailRow
from laar.base.readers import Eyes
from laar.desk.verbs.asks import CORRECTS
from laar.desk.verbs.form import DeedForm
from laar.desk.verbs.prefill import as_it_is
from laar.desk.verbs.questions import About
from laar.kit.names import Name, listed
from laar.results.changes import Column, Words, columns_of


@dataclass(frozen=True, slots=True)
class Clash:
    """What was changed since a form was opened: by whom, when, and which columns."""

    who: Name
    at: datetime
    columns: list[Column]


def clash(record: Any, seen: int, eyes: Eyes) -> Clash:
    """What became of a record since a version of it."""
    rows = (
        TrailRow.objects.filter(table=record._meta.label_lower, key=record.pk).select_related("line__by").order_by("id")
    )
    then, newest = rows.filter(pk=seen).first(), rows.last()
    assert newest is not None  # it was refused because there is a newer one
    before, after = (then.after if then else None) or {}, newest.after or {}
    words = Words([(type(record), before), (type(record), after)], eyes)
    later = {row.line.by for row in rows if row.pk > seen}
    who = listed(one.name if one else Name(en="LAAR") for one in later)
    return Clash(who, newest.line.at, columns_of(type(record), before, after, words))


def merged(about: About, form: DeedForm, data: QueryDict) -> QueryDict:
    """What was typed; where a field was left as it had been, what the other one wrote into it."""
    if about.verb not in CORRECTS:
        return data
    for name, value in as_it_is(about).items():
        if name in form.fields and name not in form.changed_data:
            data[name] = form.fields[name].prepare_value(value) if value is not None else ""
        if f"initial-{name}" in data:
            data[f"initial-{name}"] = str(data[name]) if name not in form.changed_data else str(value)
    return data
