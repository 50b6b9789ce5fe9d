"""Statements that are made once read and write what Django's own would."""

from __future__ import annotations

from typing import Any

import pytest

from laar.base.images import image
from laar.base.models import Evidence
from laar.base.recorded import recorded_models
from laar.base.rows import rows
from laar.base.settle import settle
from tests.world import World


def test_every_column_of_our_tables_is_given_by_the_record() -> None:
    for model in recorded_models():
        assert not model._meta.parents
        assert model._meta.pk.column == "id"
        columns: list[Any] = [*model._meta.concrete_fields]
        for column in columns:
            dated_by_itself = getattr(column, "auto_now", False) or getattr(column, "auto_now_add", False)
            assert column.has_default() or not column.has_db_default(), f"{column}: only the database knows its default"
            assert not dated_by_itself, f"{column}: only Django's own save gives it"


def test_a_row_is_read_as_django_reads_it(world: World) -> None:
    seen = 0
    for model in recorded_models():
        for record in model._default_manager.all()[:3]:
            assert [image(row) for row in rows(model, id=record.pk)] == [image(record)]
            seen += 1
    assert seen > 20


def test_what_was_cited_before_it_was_saved_has_its_id_or_is_refused(world: World) -> None:
    cited = Evidence(programme=world.programme, caption_en="Original")
    copy = Evidence(programme=world.programme, caption_en="Copy", redacts=cited)
    with pytest.raises(TypeError, match="not saved"):
        settle(copy)
    cited.pk = 7
    settle(copy)
    assert copy.redacts_id == 7
