"""Look at a "no": the right one, said in both languages, and nothing written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from laar.base.models import TrailRow
from laar.kit.refusals import Refusal


@contextmanager
def refused(code: str) -> Iterator[pytest.ExceptionInfo[Refusal]]:
    """The block is refused with this code, and both sentences can be said with their facts."""
    with pytest.raises(Refusal) as no:
        yield no
    assert no.value.code == code, no.value
    text = no.value.text
    assert text.en
    assert text.km


@contextmanager
def refused_without_trace(code: str) -> Iterator[pytest.ExceptionInfo[Refusal]]:
    """Refused, and the trail is as long as before; a paper that the test itself kept on the way does not count."""
    rows = TrailRow.objects.exclude(table="base.evidence")
    before = rows.count()
    with refused(code) as no:
        yield no
    assert rows.count() == before
