"""Fixtures: the small world in a rolled-back transaction, and a whole house of its own for what must really commit."""

from __future__ import annotations

import gc
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import fields
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.db import connection, connections
from django.test.utils import setup_databases, teardown_databases
from django.utils import translation
from pytest_django import DjangoDbBlocker

from laar.base.access import the_installation
from laar.cli.home import compile_texts
from laar.desk import assets
from tests import homes
from tests import world as worlds
from tests.desk.clients import SIDE_DOOR
from tests.homes import PART, Home

# The database of the tests lies in the home, which a plain `pytest` has not made yet.
Path(settings.LAAR_HOME).mkdir(parents=True, exist_ok=True)
# Django reads the Khmer words once; in a fresh clone they have to be compiled before that, and the style made.
compile_texts()
assets.build()


# Beside the real door, for as long as the tests run: a test that undoes its patches must not lose it.
settings.AUTHENTICATION_BACKENDS = [*settings.AUTHENTICATION_BACKENDS, SIDE_DOOR]

# Passwords are hashed as ever, only less often: a million rounds for each would be minutes.
PBKDF2PasswordHasher.iterations = 1000

#: Who asks for one of these, be it through another fixture, works on a database.
ON_A_DATABASE = {"django_db_setup", "_django_db_helper", "migrated", "unmade"}
#: Who asks for one of these waits for the whole demonstration, or for a database to be migrated.
SLOW = {"whole", "unmade"}
#: The chapters that stand on the database itself: its triggers, locks, constraints and types. They run on both in the
#: short run; what all the others mean, they mean on either, and it is looked at on PostgreSQL in the long run.
ON_BOTH = {"base", "ledger"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what touches no database, what is slow by what it asks for, and what means the same on both databases."""
    for item in items:
        asked = set(getattr(item, "fixturenames", ()))
        if not ON_A_DATABASE & asked and not item.get_closest_marker("django_db"):
            item.add_marker(pytest.mark.pure)
        if SLOW & asked:
            item.add_marker(pytest.mark.long)
        if item.path.parent.name not in ON_BOTH and not item.get_closest_marker("pg"):
            item.add_marker(pytest.mark.alike)


def pytest_collection_finish() -> None:
    """What is loaded by now stays: to look through it for garbage again and again is an eighth of all time."""
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Evidence, keys and head file of a test lie in a folder of its own; it speaks English until it says otherwise."""
    monkeypatch.setattr(settings, "LAAR_HOME", tmp_path / "home")
    translation.activate("en")  # a page asked for in Khmer leaves its language to the next test


@pytest.fixture(scope="session")
def migrated(
    django_test_environment: None, django_db_modify_db_settings: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[str]:
    """The empty, migrated database of which all others are copies: that of the run, or in a plain `pytest` our own."""
    if homes.MIGRATED:
        yield homes.MIGRATED
        return
    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False, aliases=["default"])  # type: ignore[arg-type]  # names will do
        connection.close()
    yield str(connection.settings_dict["NAME"])
    with django_db_blocker.unblock():
        teardown_databases(made, verbosity=0)


@pytest.fixture(scope="session")
def django_db_setup(
    migrated: str, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """The database of this worker's tests, always: pytest-django makes none in a run whose tests all have a `house`."""
    with django_db_blocker.unblock():
        name = _copied(migrated, tmp_path_factory.mktemp("database"))
    with _moved_into(name):
        yield
    with django_db_blocker.unblock():
        _dropped(name)


@pytest.fixture
def world(db: None) -> worlds.World:
    """The small world, gone after the test."""
    return worlds.build()


@pytest.fixture
def house(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[Path]:
    """A house of its own: an empty, migrated database that really commits, and its home. Threads share it.

    A transaction that is rolled back shows neither a race, nor a kill, nor the head file. The database is a copy of the
    migrated one (a file, or on PostgreSQL a database made from it as template), so it costs milliseconds.
    """
    template = str(connection.settings_dict["NAME"])
    if "committed_world" in request.fixturenames:
        template, home, _ = request.getfixturevalue("built_world")
        shutil.copytree(home, settings.LAAR_HOME)
    with django_db_blocker.unblock():
        name = _copied(template, tmp_path)
        try:
            with _moved_into(name):
                yield settings.LAAR_HOME
        finally:
            _dropped(name)


@pytest.fixture(scope="session")
def built_world(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, Path, worlds.World]]:
    """The small world, committed once: its database and its home. Nobody works in it; it is there to be copied."""
    folder = tmp_path_factory.mktemp("built")
    home = folder / "home"
    home.mkdir()
    with django_db_blocker.unblock():
        name = _copied(str(connection.settings_dict["NAME"]), folder)
        with _moved_into(name), pytest.MonkeyPatch.context() as elsewhere:
            elsewhere.setattr(settings, "LAAR_HOME", home)
            world = worlds.build()
    yield name, home, world
    with django_db_blocker.unblock():
        _dropped(name)


@pytest.fixture
def committed_world(house: Path, built_world: tuple[str, Path, worlds.World]) -> worlds.World:
    """The small world in a house of its own: every step is committed."""
    world = built_world[2]
    return worlds.World(**{field.name: deepcopy(getattr(world, field.name)) for field in fields(world)})


@contextmanager
def _moved_into(name: str) -> Iterator[None]:
    """Work in another database, in every thread."""
    connection.close()
    before = connection.settings_dict["NAME"]
    connections.settings["default"]["NAME"] = connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connections.close_all()
        connections.settings["default"]["NAME"] = connection.settings_dict["NAME"] = before


def _dropped(name: str) -> None:
    if connection.vendor == "postgresql":
        _on_server(f'DROP DATABASE "{name}" WITH (FORCE)')


def _copied(migrated: str, folder: Path) -> str:
    connection.close()  # a database that somebody works in is no template
    if connection.vendor == "sqlite":
        return str(homes.copied_file(Path(migrated), folder / "house.sqlite3"))
    name = f"house_{os.getpid()}_{uuid4().hex[:8]}"
    _on_server(f'CREATE DATABASE "{name}" TEMPLATE "{migrated}"')
    return name


def _on_server(sql: str) -> None:
    with connection._nodb_cursor() as cursor:
        cursor.execute(sql)


@pytest.fixture(scope="session", autouse=True)
def _as_the_installation() -> Iterator[None]:
    """Worlds are founded by the installation, before anybody can sign in. What else `by=None` may do is tested apart."""
    with the_installation():
        yield


@pytest.fixture(scope="session", autouse=True)
def _blocker(django_db_blocker: DjangoDbBlocker) -> None:
    """Homes have databases of their own, which they open by themselves."""
    homes.BLOCKER[:] = [django_db_blocker]


@pytest.fixture(scope="session")
def pristine(migrated: str, tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Home:
    """A part of the demonstration, loaded once for all workers and sealed. Nobody works in it; it is there to be copied."""
    return _told_once("pristine", migrated, PART, tmp_path_factory, worker_id)


@pytest.fixture(scope="session")
def whole(migrated: str, tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Home:
    """The whole demonstration, loaded once for all workers and sealed. To be looked at; to spoil it, take a copy."""
    return _told_once("whole", migrated, (), tmp_path_factory, worker_id)


def _told_once(
    name: str, migrated: str, options: tuple[str, ...], factory: pytest.TempPathFactory, worker: str
) -> Home:
    """A home with the story, or a part of it; the worker that comes first tells it, the others wait."""
    shared = factory.getbasetemp() if worker == "master" else factory.getbasetemp().parent
    folder, ready = shared / name, shared / f"{name}.ready"
    try:
        folder.mkdir()
    except FileExistsError:
        for _ in range(4500):
            if ready.exists():
                return Home(folder, ready.read_text())
            time.sleep(0.2)
        raise AssertionError("the demonstration was not loaded by the other worker") from None
    home = Home(folder).make(migrated)
    home.laar("demo", *options)
    home.laar("seal")
    ready.with_suffix(".part").write_text(home.database)
    ready.with_suffix(".part").rename(ready)
    return home


@pytest.fixture(scope="session")
def demo(pristine: Home, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home with two communes of the demonstration, to be looked at. To spoil one, take a copy of the pristine one."""
    return pristine.copy(tmp_path_factory.mktemp("homes") / "demo")


@pytest.fixture
def empty(migrated: str, tmp_path: Path) -> Home:
    """A home in which nothing is yet; as after its first command, its tables are there."""
    return Home(tmp_path / "empty").make(migrated)


@pytest.fixture
def unmade(tmp_path: Path) -> Home:
    """A home in which there is not even a database: whoever asks for it waits until it is migrated."""
    return Home(tmp_path / "unmade").make()
