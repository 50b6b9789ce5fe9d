"""`python -m bench [--rows N] [--only sqlite|postgres]`: what a recorded write costs, beside a plain one; and a document.

Ratios of processor time in alternating rounds, so that a busy machine disturbs both sides alike. Each database has a
temporary home; ./var is never touched.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

from tests.postgres import PostgresUnavailable, postgres

ROWS = 50_000
#: How many events, and how many requests, are behind the lists.
LISTED = 300_000
#: How many postings are in the books of a country.
POSTINGS = 1_000_000
#: How many are behind its pages: 20,000 on an account.
PAGED = 240_000


def main() -> int:
    """Measure on every database that can be had here, and print the tables."""
    parser = argparse.ArgumentParser(prog="python -m bench", description="What a recorded write costs.")
    parser.add_argument("--rows", type=int, default=ROWS, help="how many records are imported at once")
    parser.add_argument("--only", choices=("sqlite", "postgres"), help="only one of the two databases")
    options = parser.parse_args()
    print(f"{_processor()}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}")
    if options.only != "postgres":
        show(measure(None, options.rows))
    if options.only != "sqlite":
        try:
            with postgres() as url:
                show(measure(url, options.rows))
        except PostgresUnavailable as reason:
            print(f"\nPostgreSQL could not be run here: {reason}")
    pages("bench.lists", "a list", LISTED)
    pages("bench.bookpages", "a page of the books", PAGED)
    if options.only != "postgres":
        books(None)
    if options.only != "sqlite":
        with suppress(PostgresUnavailable), postgres(durable=True) as url:
            books(url)
    documents()
    return 0


def pages(module: str, what: str, rows: int) -> None:
    """Measure the pages of a filled database, in a home of its own, and print what they cost and weigh."""
    with tempfile.TemporaryDirectory(prefix="laar-bench-") as folder:
        out = Path(folder, "results.json")
        environment = {**os.environ, "LAAR_HOME": folder, "DJANGO_SETTINGS_MODULE": "laar.settings"}
        environment.pop("DATABASE_URL", None)
        subprocess.run([sys.executable, "-m", module, str(out), str(rows)], env=environment, check=True)
        facts = json.loads(out.read_text(encoding="utf-8"))
    print(
        f"\n{what} with {facts['rows']:,} records behind it{'':10}{'page':>11}{'nothing':>10}{'ratio':>8}   least–most"
        f"{'KB':>10}"
    )
    for one in facts["results"]:
        page, nothing = (f"{one[side] * 1000:,.2f} ms" for side in ("page", "nothing"))
        spread = f"{one['least']:.1f}–{one['most']:.1f}"
        print(f"{one['name']:48}{page:>11}{nothing:>10}{one['ratio']:>7.1f}x   {spread:12}{one['weight'] / 1000:>8.1f}")


def books(database: str | None) -> None:
    """Measure the books of a country, in a home of its own, beside DuckDB's scan of the same postings, and print it."""
    with tempfile.TemporaryDirectory(prefix="laar-bench-") as folder:
        out = Path(folder, "results.json")
        environment = {**os.environ, "LAAR_HOME": folder, "DJANGO_SETTINGS_MODULE": "laar.settings"}
        environment.pop("DATABASE_URL", None)
        if database:
            environment["DATABASE_URL"] = database
        subprocess.run([sys.executable, "-m", "bench.books", str(out), str(POSTINGS)], env=environment, check=True)
        facts = json.loads(out.read_text(encoding="utf-8"))
    where = "PostgreSQL" if database else "SQLite"
    print(f"\n{where}, {facts['postings']:,} postings{'':20}{'LAAR':>11}{'DuckDB':>11}{'ratio':>8}")
    for one in facts["results"]:
        ours, theirs = (f"{one[side] * 1000:,.2f} ms" for side in ("ours", "theirs"))
        print(f"{one['name']:44}{ours:>11}{theirs:>11}{one['ratio']:>7.2f}x")
    print(f"the trial balance, from a tenth of the postings to all: {facts['grown']:.2f} x of processor time")
    posting = facts["posting"]
    print(f"an entry through post_entry: {posting['per_entry'] * 1000:,.2f} ms of processor time, server included")
    print(f"its durable commit with roll-ups: {posting['with_rollups']:.2f} x of the same without")


def documents() -> None:
    """Load the demonstration into a home of its own – that is measured, too – and measure its sheet in every form."""
    with tempfile.TemporaryDirectory(prefix="laar-bench-") as folder:
        environment = {**os.environ, "LAAR_HOME": folder, "DJANGO_SETTINGS_MODULE": "laar.settings"}
        environment.pop("DATABASE_URL", None)
        children = resource.getrusage(resource.RUSAGE_CHILDREN)
        before = children.ru_utime + children.ru_stime
        subprocess.run([sys.executable, "-m", "laar.cli.main", "demo"], env=environment, check=True)
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-m", "bench.documents"], env=environment, check=True)
        print(f"{'loading the whole demonstration':48}{used.ru_utime + used.ru_stime - before:>9,.1f} s")


def measure(database: str | None, rows: int) -> dict[str, Any]:
    """The results of one database."""
    with tempfile.TemporaryDirectory(prefix="laar-bench-") as folder:
        home, out = Path(folder, "home"), Path(folder, "results.json")
        home.mkdir()
        environment = {**os.environ, "LAAR_HOME": str(home), "DJANGO_SETTINGS_MODULE": "laar.settings"}
        # Not the developer's own database, whatever the shell says.
        environment.pop("DATABASE_URL", None)
        if database:
            environment["DATABASE_URL"] = database
        subprocess.run([sys.executable, "-m", "bench.measure", str(out), str(rows)], env=environment, check=True)
        results: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
        return results


def show(facts: dict[str, Any]) -> None:
    """Print one table: milliseconds of processor time, their ratio, and what dominates."""
    print(f"\n{facts['database']}")
    print(f"{'':48}{'recorded':>11}{'plain':>10}{'ratio':>8}   {'least–most':12} shares of a recorded write")
    for result in facts["results"]:
        door, plain = (f"{result[side] * 1000:,.2f} ms" for side in ("door", "plain"))
        spread = f"{result['least']:.1f}–{result['most']:.1f}"
        parts = ", ".join(f"{name} {share:.0%}" for name, share in result["parts"][:5])
        print(f"{result['name']:48}{door:>11}{plain:>10}{result['ratio']:>7.1f}x   {spread:12} {parts}")
    print(facts["checked"])


def _processor() -> str:
    """The model of the processor, where the system says it."""
    info = Path("/proc/cpuinfo")
    if info.exists():
        for line in info.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.machine()


if __name__ == "__main__":
    sys.exit(main())
