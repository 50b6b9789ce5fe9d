"""The demonstration loads whole, or goes on where it was killed, and ends in the same records."""

from __future__ import annotations

import json
import signal
import time
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.homes import PART, Home

#: Every recorded row as the trail sees it, without what the database counts by itself or the salt makes anew.
DUMP = """
import json
from laar.base.images import image
from laar.base.recorded import recorded_models
def plain(record):
    keep = {f.attname for f in record._meta.concrete_fields if not f.is_relation and f.name not in ("id", "key")}
    return {name: value for name, value in image(record).items() if name in keep}
print(json.dumps({
    model._meta.label_lower: sorted(json.dumps(plain(record), sort_keys=True) for record in model.objects.all())
    for model in recorded_models()
}))
"""


@pytest.fixture(scope="module")
def demo(pristine: Home, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A copy in which no other test has opened a paper: that is written down, too."""
    return pristine.copy(tmp_path_factory.mktemp("homes") / "untouched")


def records(home: Home) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(home.python(DUMP))
    return loaded


def test_it_is_clean_and_loading_it_again_changes_nothing(demo: Home) -> None:
    before = records(demo)
    demo.laar("demo", *PART)
    assert records(demo) == before
    assert "Everything is as it was recorded." in demo.laar("verify")


def test_every_row_that_people_wrote_is_marked_as_written_under_a_set_clock(demo: Home) -> None:
    lines = demo.python(
        "from laar.base.models import TrailLine; print(TrailLine.objects.filter(is_simulated=False).count())"
    )
    assert lines.strip() == "0"


def test_every_person_of_the_demonstration_is_called_fictional(demo: Home) -> None:
    unmarked = demo.python(
        "from laar.base.models import User; from laar.registers.models import Party\n"
        "people = [*User.objects.all(), *Party.objects.filter(kind__in=['person', 'donor', 'ngo'])]\n"
        "print([str(one) for one in people if '(fictional)' not in one.name.en or '(ប្រឌិត)' not in one.name.km])"
    )
    assert unmarked.strip() == "[]"


def killed_and_loaded_again(home: Home, after: float) -> None:
    load = home.start("demo", *PART)
    time.sleep(after)
    load.send_signal(signal.SIGKILL)
    load.wait()
    if home.sqlite.exists() and "Founded" in _stage(home):
        assert "Everything is as it was recorded." in home.laar("verify")
    home.laar("demo", *PART)


def _stage(home: Home) -> str:
    return home.python(
        "from django.db import connection\n"
        "if 'base_programme' in connection.introspection.table_names():\n"
        "    from laar.base.models import Programme\n"
        "    print('Founded' if Programme.objects.exists() else 'Empty')"
    )


@pytest.mark.long
@pytest.mark.parametrize("after", [4.0])
def test_killed_while_it_loads_it_ends_in_the_same_records(demo: Home, tmp_path: Path, after: float) -> None:
    home = Home(tmp_path / "killed").make()
    killed_and_loaded_again(home, after)
    assert records(home) == records(demo)
    assert "Everything is as it was recorded." in home.laar("verify")


@pytest.mark.long
def test_killed_at_any_moment_it_ends_in_the_same_records(demo: Home, tmp_path: Path) -> None:
    random, wanted = Random(2007), records(demo)
    for trial in range(8):
        home = Home(tmp_path / f"killed{trial}").make()
        for _ in range(random.randint(1, 3)):
            load = home.start("demo", *PART)
            time.sleep(random.uniform(0.4, 9.0))
            load.send_signal(signal.SIGKILL)
            load.wait()
        home.laar("demo", *PART)
        assert records(home) == wanted, f"trial {trial}"
        assert "Everything is as it was recorded." in home.laar("verify")


def test_told_until_a_day_it_leaves_work_to_be_done(empty: Home) -> None:
    empty.laar("demo", *PART, "--until", "2009-03-10")
    states = "from laar.projects.models import Project; print(*Project.objects.values_list('state', flat=True))"
    assert {"agreed", "running"} & set(empty.python(states).split())
    assert "stops on 2009-03-10" in empty.laar("demo", *PART, fails=True)  # what was practised is not overrun
    assert empty.python("from laar.cli import demo; print(demo.is_needed())").strip() == "False"
    assert "Everything is as it was recorded." in empty.laar("verify")
