"""Run the tests on SQLite and again on PostgreSQL: ``python -m tests.run [--long] [-- pytest's arguments]``.

The last line it prints is always ``N passed, N failed, N skipped``, added up over the passes.
A pass that could not run at all counts as one failed test: silence must not look like success.
"""

import argparse
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

from tests import browser
from tests.postgres import PostgresUnavailable, postgres

NOTHING_SELECTED = 5  # pytest's exit code


class Tally(NamedTuple):
    """What came of the tests of one pass, or of several."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def plus(self, other: "Tally") -> "Tally":
        """Add up two passes."""
        return Tally(*(a + b for a, b in zip(self, other, strict=True)))

    def __str__(self) -> str:
        return f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped"


def main(arguments: Sequence[str]) -> int:
    """Run what was asked for, print the tallies, give the exit code."""
    own, extra = _split(arguments)
    options = _options(own)
    # Otherwise a terminated run would leave its database server behind.
    signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))

    chromium = browser.ensure()
    length = {"short": ["not long"], "long": [], "only": ["long"]}[options.length]
    partial = options.length == "only" or bool(extra)
    tallies: dict[str, Tally] = {}

    if options.only != "postgres":
        _title("SQLite")
        tallies["SQLite"] = run_pass([*length, "not pg"], extra, database=None, partial=partial)
    if options.only != "sqlite":
        _title("PostgreSQL")
        try:
            with postgres() as url:
                # What a browser sees, and what needs no database at all, is looked at once.
                tallies["PostgreSQL"] = run_pass(
                    [*length, "not browser", "not pure"], extra, database=url, partial=partial
                )
        except PostgresUnavailable as reason:
            print(f"PostgreSQL could not be run here: {reason}")
            tallies["PostgreSQL"] = Tally(failed=1)

    print()
    total = Tally()
    for name, tally in tallies.items():
        print(f"{name}: {tally}")
        total = total.plus(tally)
    print(f"browser: {chromium}" if chromium else "browser tests skipped: no Chromium found")
    print(total, flush=True)
    return 1 if total.failed else 0


def run_pass(marks: list[str], extra: list[str], *, database: str | None, partial: bool) -> Tally:
    """Run the tests with these marks on one database, in a home of their own."""
    with tempfile.TemporaryDirectory(prefix="laar-test-") as folder:
        environment = {**os.environ, "LAAR_HOME": str(Path(folder, "home"))}
        # Not the developer's own database, whatever the shell says.
        environment.pop("DATABASE_URL", None)
        if database:
            environment["DATABASE_URL"] = database
        Path(environment["LAAR_HOME"]).mkdir()
        report = Path(folder, "report.xml")
        command = [sys.executable, "-m", "pytest", "-q", "-n", "auto", "-m", " and ".join(marks)]
        code = subprocess.run(
            [*command, f"--junitxml={report}", "-o", "junit_logging=no", *extra], env=environment, check=False
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
        "--long", dest="length", action="store_const", const="long", help="the tests marked long as well"
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
