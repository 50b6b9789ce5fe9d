"""Bad input gets a sentence before it reaches the database: each column of a record holds what it may hold."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from laar.kit.refusals import Refusal

COUNTS = (models.PositiveIntegerField, models.PositiveSmallIntegerField, models.PositiveBigIntegerField)


def settle(record: models.Model) -> None:
    """Turn what was given as text into what the column holds, and refuse what it can't hold. No float at all."""
    for column in record._meta.concrete_fields:
        value = getattr(record, column.attname)
        if value is None:
            _cite(record, column)
            continue
        if isinstance(value, float):
            raise TypeError(f"{column}: a float is no exact number")
        if isinstance(value, str):
            value = _text(column, value)
            setattr(record, column.attname, value)
        if column.choices and value not in dict(column.flatchoices) and not (column.blank and value == ""):
            known = ", ".join(str(key) for key, _ in column.flatchoices if key)
            raise Refusal("value.unknown", column=column.verbose_name, value=value, known=known)
        if isinstance(column, COUNTS) and value < 0:
            raise Refusal("value.negative", column=column.verbose_name, value=value)


def _cite(record: models.Model, column: models.Field[Any, Any]) -> None:
    """What is cited may have been saved since it was named, and has its id now."""
    cited = column.get_cached_value(record, default=None) if isinstance(column, models.ForeignKey) else None
    if cited is not None:
        if cited.pk is None:
            raise TypeError(f"{column}: what is cited is not saved")
        setattr(record, column.name, cited)


def _text(column: models.Field[Any, Any], value: str) -> Any:
    if isinstance(column, models.CharField | models.TextField):
        if column.max_length and len(value) > column.max_length:
            raise Refusal("value.too_long", column=column.verbose_name, length=len(value), most=column.max_length)
        return value
    try:
        return column.to_python(value)
    except (ValidationError, ValueError):
        raise Refusal("value.kind", column=column.verbose_name, value=value) from None
