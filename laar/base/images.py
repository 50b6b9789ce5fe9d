"""The image of a row: its columns as JSON, the same on every database, and the digests made from images."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import models

Image = dict[str, Any]


def image(record: models.Model) -> Image:
    """Every column of a record but its secrets."""
    secret: frozenset[str] = getattr(record, "SECRET", frozenset())
    return {
        field.attname: _plain(getattr(record, field.attname))
        for field in record._meta.concrete_fields
        if field.attname not in secret
    }


def column_of(model: type[models.Model], name: str) -> str:
    """What a field of a table is called in the database."""
    field: Any = model._meta.get_field(name)
    return str(field.column)


def digest(*parts: object) -> str:
    """SHA-256 over a canonical JSON of the parts: keys sorted, no space, text as it is."""
    text = json.dumps(parts, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_plain)
    return sha256(text.encode()).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    return value
