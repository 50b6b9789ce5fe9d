"""What the database refuses, said as a Refusal: the invariants live in the database, the sentences in the catalogue."""

from __future__ import annotations

import re

from django.db import DatabaseError, models

from laar.base.images import column_of, image
from laar.kit.names import name_of
from laar.kit.refusals import Refusal

#: A trigger names its reason like this, on both databases: `refusal:entry.unbalanced`.
NAMED = re.compile(r"refusal:([a-z_]+\.[a-z_]+)")
SQLITE_UNIQUE = re.compile(r"UNIQUE constraint failed: (.+)")


def refusal_for(error: DatabaseError, record: models.Model | type[models.Model]) -> Refusal | None:
    """The Refusal behind an error of the database; None where it is no rule of ours that was broken.

    A rule's own sentence may name columns of the record: they are its facts.
    """
    text = str(error)
    if named := NAMED.search(text):
        return Refusal(named[1])
    if "deadlock detected" in text or "database is locked" in text:
        return Refusal("record.busy")
    if "disk is full" in text or "No space left" in text:
        return Refusal("store.full")
    rule = _broken_rule(text, record)
    if rule is None:
        return None
    if rule.violation_error_code:
        facts = image(record) if isinstance(record, models.Model) else {}
        return Refusal(rule.violation_error_code, **facts)
    code = "record.already_there" if isinstance(rule, models.UniqueConstraint) else "record.invalid"
    return Refusal(code, record=name_of(record), rule=rule.name)


def _broken_rule(text: str, record: models.Model | type[models.Model]) -> models.BaseConstraint | None:
    meta = record._meta
    for rule in meta.constraints:
        if rule.name in text:
            return rule
    if failed := SQLITE_UNIQUE.search(text):
        broken = {column.strip().split(".")[-1] for column in failed[1].split(",")}
        for rule in meta.constraints:
            if (
                isinstance(rule, models.UniqueConstraint)
                and {column_of(meta.model, name) for name in rule.fields} == broken
            ):
                return rule
        return models.UniqueConstraint(fields=sorted(broken), name="_".join(sorted(broken)))
    if "duplicate key value" in text:
        return models.UniqueConstraint(fields=["id"], name="unique")
    return None
