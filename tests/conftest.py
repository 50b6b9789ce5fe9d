"""Fixtures: the small world in a rolled-back transaction, and a whole house of its own for what must really commit."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection, connections
from django.test.utils import setup_databases, teardown_databases

from tests import world as worlds

# The database of the tests lies in the home, which a plain `pytest` has not made yet.
Path(settings.LAAR_HOME).mkdir(parents=True, exist_ok=True)


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Evidence, keys and head file of a test lie in a folder of its own."""
    monkeypatch.setattr(settings, "LAAR_HOME", tmp_path / "home")


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_modify_db_settings: None, django_db_blocker: pytest.DjangoDbBlocker
) -> Iterator[None]:
    """The migrated test database, always: pytest-django makes none in a run whose tests all have a `house`."""
    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False, aliases={"default"})
    yield
    with django_db_blocker.unblock():
        teardown_databases(made, verbosity=0)


@pytest.fixture
def world(db: None) -> Iterator[worlds.World]:
    """The small world, gone after the test."""
    yield worlds.build()


@pytest.fixture
def house(django_db_setup: None, django_db_blocker: pytest.DjangoDbBlocker, tmp_path: Path) -> Iterator[Path]:
    """A house of its own: an empty, migrated database that really commits, and its home. Threads share it.

    A transaction that is rolled back shows neither a race, nor a kill, nor the head file. The database is a copy of the
    migrated one (a file, or on PostgreSQL a database made from it as template), so it costs milliseconds.
    """
    with django_db_blocker.unblock():
        migrated = connection.settings_dict["NAME"]
        connection.close()
        name = _copied(str(migrated), tmp_path)
        connections.settings["default"]["NAME"] = connection.settings_dict["NAME"] = name
        try:
            yield settings.LAAR_HOME
        finally:
            connections.close_all()
            connections.settings["default"]["NAME"] = connection.settings_dict["NAME"] = migrated
            if connection.vendor == "postgresql":
                _on_server(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def committed_world(house: Path) -> worlds.World:
    """The small world in a house of its own: every step is committed."""
    return worlds.build()


def _copied(migrated: str, folder: Path) -> str:
    if connection.vendor == "sqlite":
        copy = folder / "house.sqlite3"
        shutil.copy(migrated, copy)
        wal = Path(f"{migrated}-wal")
        if wal.exists():
            shutil.copy(wal, f"{copy}-wal")
        return str(copy)
    name = f"house_{os.getpid()}_{uuid4().hex[:8]}"
    _on_server(f'CREATE DATABASE "{name}" TEMPLATE "{migrated}"')
    return name


def _on_server(sql: str) -> None:
    with connection._nodb_cursor() as cursor:  # type: ignore[attr-defined]
        cursor.execute(sql)
