"""Run the tests on SQLite and again on PostgreSQL: ``python -m tests.run [--long] [-- pytest's arguments]``.

The empty, migrated database of each is made first, both at the same time: migrating costs a quarter of a minute, and
every worker, house and home of the tests begins with a copy.

Every test is in the short run or in the long one, on each database on which it can mean something else:

- short (`make test`), on SQLite: all that is not marked `long`. On PostgreSQL: of these, what stands on the database
  itself, which are the chapters `ON_BOTH` of tests/conftest.py.
- long (`make long`), on SQLite: what is marked `long`. On PostgreSQL: that, and all the other chapters.
- On SQLite alone: what a browser sees, and what touches no database. On PostgreSQL alone: what is marked `pg`.

Long is what takes its time: races, kills, every page, the whole demonstration, a home that has to be migrated; and the
other half of what is looked at twice: the second width, the second language, the readers and numbers left out.

The last line it prints is always ``N passed, N failed, N skipped``, added up over the passes.
A pass that could not run at all counts as one failed test: silence must not look like success.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

import psycopg

from tests import browser
from tests.postgres import PostgresUnavailable, postgres

NOTHING_SELECTED = 5  # pytest's exit code
#: Tells the tests where the migrated database is: a file, or the name of a database on the server.
MIGRATED = "LAAR_TEST_MIGRATED"
MIGRATED_NAME = "migrated"
#: Makes it as an installation does.
MIGRATE = "import django; django.setup(); from laar.cli.home import migrate; migrate()"

#: Where the environment forbids Python to keep what it has compiled, each of a hundred processes would compile Django
#: anew, and pytest every test: keep it, out of sight.
COMPILED = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(Path(sys.prefix, "pycache"))}


class Tally(NamedTuple):
    """What came of the tests of one pass, or of several."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def plus(self, other: Tally) -> Tally:
        """Add up two passes."""
        return Tally(*(a + b for a, b in zip(self, other, strict=True)))

    def __str__(self) -> str:
        return f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped"


@dataclass(frozen=True)
class Database:
    """One of the two kinds: a folder for its pass, the address of the server if it is one, and what runs on it."""

    folder: Path
    server: str = ""

    @property
    def marks(self) -> dict[str, str]:
        """Which tests run on it in the short, in the whole and in the long run."""
        if not self.server:
            return {"short": "not long and not pg", "all": "not pg", "only": "long and not pg"}
        # What a browser sees, and what needs no database at all, is looked at once.
        once = "not browser and not pure"
        return {"short": f"{once} and not long and not alike", "all": once, "only": f"{once} and (long or alike)"}

    @property
    def migrated(self) -> str:
        """The migrated database: a file, or its name on the server."""
        return MIGRATED_NAME if self.server else str(self.folder / "migrated" / "laar.sqlite3")

    def environment(self, home: Path) -> dict[str, str]:
        """What the tests need to work on it."""
        # Not the developer's own database, whatever the shell says.
        others = {name: said for name, said in os.environ.items() if name != "DATABASE_URL"}
        return {
            **others,
            "LAAR_HOME": str(home),
            MIGRATED: self.migrated,
            **COMPILED,
            **({"DATABASE_URL": self.server} if self.server else {}),
        }

    def migrate(self) -> subprocess.Popen[bytes]:
        """Begin to make the migrated database. Where that fails, the tests find none to copy, and say so."""
        home = self.folder / "migrated"
        home.mkdir(parents=True)
        environment = {**self.environment(home), "DJANGO_SETTINGS_MODULE": "laar.settings"}
        if self.server:
            with psycopg.connect(self.server, autocommit=True) as connection:
                connection.execute(f'CREATE DATABASE "{MIGRATED_NAME}"')
            environment["DATABASE_URL"] = f"{self.server.rsplit('/', 1)[0]}/{MIGRATED_NAME}"
        return subprocess.Popen([sys.executable, "-c", MIGRATE], env=environment)


def main(arguments: Sequence[str]) -> int:
    """Run what was asked for, print the tallies, give the exit code."""
    own, extra = _split(arguments)
    options = _options(own)
    # Otherwise a terminated run would leave its database server behind.
    signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))

    chromium = browser.ensure()
    partial = options.length == "only" or bool(extra)
    tallies: dict[str, Tally] = {}
    databases: dict[str, Database] = {}

    with ExitStack() as kept:
        folder = Path(kept.enter_context(tempfile.TemporaryDirectory(prefix="laar-test-")))
        if options.only != "postgres":
            databases["SQLite"] = Database(folder / "sqlite")
        if options.only != "sqlite":
            try:
                databases["PostgreSQL"] = Database(folder / "postgres", kept.enter_context(postgres()))
            except PostgresUnavailable as reason:
                print(f"PostgreSQL could not be run here: {reason}")
                tallies["PostgreSQL"] = Tally(failed=1)
        makers = [database.migrate() for database in databases.values()]
        for maker in makers:
            maker.wait()
        for title, database in databases.items():
            _title(title)
            tallies[title] = run_pass(database.marks[options.length], extra, database=database, partial=partial)

    print()
    total = Tally()
    for name, tally in tallies.items():
        print(f"{name}: {tally}")
        total = total.plus(tally)
    print(f"browser: {chromium}" if chromium else "browser tests skipped: no Chromium found")
    print(total, flush=True)
    return 1 if total.failed else 0


def run_pass(marks: str, extra: list[str], *, database: Database, partial: bool) -> Tally:
    """Run the tests with these marks on one database, in a home of their own."""
    home = database.folder / "home"
    home.mkdir()
    report = database.folder / "report.xml"
    # Each worker begins at its own end of the list, so that what a module shares is made once.
    command = [sys.executable, "-m", "pytest", "-q", "-n", "auto", "--dist", "worksteal", "-m", marks]
    code = subprocess.run(
        [*command, f"--junitxml={report}", "-o", "junit_logging=no", *extra],
        env=database.environment(home),
        check=False,
    ).returncode
    tally = _read(report)
    if code == 0 or (code == NOTHING_SELECTED and partial):
        return tally
    # Pytest itself broke off, or the selection is empty: no single test says so, the tally must.
    return tally if tally.failed else tally.plus(Tally(failed=1))


def _read(report: Path) -> Tally:
    """Read pytest's own count; its printed summary is for people and changes."""
    if not report.exists():
        return Tally()
    counts = [
        {key: int(suite.get(key, 0)) for key in ("tests", "failures", "errors", "skipped")}
        for suite in ElementTree.parse(report).iter("testsuite")
    ]
    tests, failures, errors, skipped = (
        sum(count[key] for count in counts) for key in ("tests", "failures", "errors", "skipped")
    )
    failed = failures + errors
    return Tally(passed=max(tests - failed - skipped, 0), failed=failed, skipped=skipped)


def _split(arguments: Sequence[str]) -> tuple[list[str], list[str]]:
    """Divide our own arguments from those after `--`, which are pytest's."""
    arguments = list(arguments)
    if "--" not in arguments:
        return arguments, []
    at = arguments.index("--")
    return arguments[:at], arguments[at + 1 :]


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.run", description="Run the tests on both databases.")
    lengths = parser.add_mutually_exclusive_group()
    lengths.add_argument(
        "--long", dest="length", action="store_const", const="all", help="the tests marked long as well"
    )
    lengths.add_argument(
        "--long-only", dest="length", action="store_const", const="only", help="only the tests marked long"
    )
    parser.add_argument("--only", choices=("sqlite", "postgres"), help="only one of the two databases")
    parser.set_defaults(length="short")
    return parser.parse_args(arguments)


def _title(text: str) -> None:
    print(f"\n== {text} ==", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
