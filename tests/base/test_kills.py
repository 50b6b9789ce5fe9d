"""Killed at a random moment, the house is found consistent, with everything that it had acknowledged."""

import os
import subprocess
import sys
import time
from pathlib import Path
from random import Random
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection
from django.db.models import Model

from laar.base import store
from laar.base.models import Evidence
from laar.base.verify import verify
from laar.events.models import Event
from laar.ledger.models import Entry, Posting

ROOT = Path(__file__).parents[2]
TABLES: dict[str, type[Model]] = {"Evidence": Evidence, "Entry": Entry, "Event": Event}


def database_url():
    """The database of this house, for another process."""
    where = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{where['NAME']}"
    password = quote(where["PASSWORD"], safe="")
    return f"postgresql://{where['USER']}:{password}@{where['HOST']}:{where['PORT']}/{where['NAME']}"


def killed_after(seconds):
    """Let another process write for so long after its first success; what it acknowledged."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "laar.settings",
        "LAAR_HOME": str(settings.LAAR_HOME),
        "DATABASE_URL": database_url(),
    }
    with subprocess.Popen(
        [sys.executable, "-m", "tests.base.keep_writing"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as writer:
        assert writer.stdout
        first = writer.stdout.readline()
        assert first, writer.communicate()[1]
        time.sleep(seconds)
        writer.kill()
        rest, errors = writer.communicate()
    assert not errors, errors
    lines = [first, *rest.splitlines(keepends=True)]
    return [line.split() for line in lines if line.endswith("\n")]


def assert_consistent(acknowledged):
    for table, key in acknowledged:
        assert TABLES[table]._default_manager.filter(pk=key).exists(), f"{table} {key} was acknowledged and is lost"
    faults = [fault.text.en for verdict in verify() for fault in verdict.faults]
    assert faults == []
    numbers = list(Entry.objects.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
    assert Posting.objects.count() == 2 * len(numbers)
    kept = {path.name for path in store.kept()}
    assert set(Evidence.objects.values_list("sha256", flat=True)) <= kept


@pytest.mark.parametrize("trials", [pytest.param(3, id="3"), pytest.param(40, id="40", marks=pytest.mark.long)])
def test_a_house_killed_at_any_moment_is_found_consistent(committed_world, trials):
    chance = Random(trials)
    written = 0
    for _ in range(trials):
        connection.close()
        acknowledged = killed_after(chance.uniform(0.0, 0.25))
        assert_consistent(acknowledged)
        written += len(acknowledged)
    assert written > trials


def test_what_was_acknowledged_and_is_lost_is_noticed(committed_world):
    with pytest.raises(AssertionError, match="Entry 99 was acknowledged and is lost"):
        assert_consistent([("Entry", 99)])
