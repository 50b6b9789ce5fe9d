"""The small world, built once for a module; each of its tests works on it and is rolled back.

A chapter takes it instead of the one built anew for each test with a `conftest.py` of one import, a module with the same
import. What must really commit, or asks for a home, has a module of its own: a connection is not changed within.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction

from tests import world as worlds


@dataclass(frozen=True)
class Shared:
    """What a module shares: the world, and the home with its papers."""

    world: worlds.World
    home: Path


@pytest.fixture(scope="module")
def shared(
    django_db_setup: None, django_db_blocker: pytest.DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Shared]:
    """The small world in a transaction that is rolled back after the last test of the module."""
    home = tmp_path_factory.mktemp("shared") / "home"
    with django_db_blocker.unblock(), transaction.atomic():
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(settings, "LAAR_HOME", home)
            built = worlds.build()
        yield Shared(built, home)
        transaction.set_rollback(True)


@pytest.fixture(name="world")
def shared_world(shared: Shared, monkeypatch: pytest.MonkeyPatch) -> Iterator[worlds.World]:
    """The small world as it was built; what the test does to it is gone afterwards."""
    monkeypatch.setattr(settings, "LAAR_HOME", shared.home)
    with transaction.atomic():
        yield replace(shared.world)
        transaction.set_rollback(True)
