"""What the books cost with a million postings behind them, beside a scan of the same postings by DuckDB.

`python -m bench.books OUT POSTINGS`: 1,652 communes, ten years, three currencies, a budget line for each commune, heading
and year. Wall-clock medians of alternating rounds in one process: both sides fetch their rows into Python. DuckDB comes
from its package into .tools only for this; it is no part of LAAR.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import django
from django.core.management import call_command

VERSION = "1.4.2"
TOOLS = Path(__file__).parents[1] / ".tools" / f"duckdb-{VERSION}"
ROUNDS, TIMES = 7, 5


def duckdb() -> Any:
    """The other engine, fetched once into .tools."""
    if not TOOLS.exists():
        wheel = [sys.executable, "-m", "pip", "install", "-q", "--target", str(TOOLS), f"duckdb=={VERSION}"]
        uv = next(Path(__file__).parents[1].glob(".tools/uv-*/bin/uv"), None)
        if uv:
            wheel = [str(uv), "pip", "install", "-q", "--target", str(TOOLS), f"duckdb=={VERSION}"]
        subprocess.run(wheel, check=True)
    sys.path.append(str(TOOLS))
    return __import__("duckdb")


def main(out: str, postings: int) -> None:
    """Fill a database, measure our reads and DuckDB's, write the results as JSON."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "laar.settings")
    django.setup()
    from bench.ledgers import Ledgers, fill  # noqa: PLC0415 - after django.setup()

    call_command("migrate", verbosity=0)
    ledgers: Ledgers = fill(postings // 10)
    first = ledgers.trial_balance()
    ledgers.grow(postings // 2 - postings // 20)
    grown = ledgers.trial_balance() / first
    other = duckdb().connect()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "postings.csv")
        ledgers.write(file)
        other.execute(f"CREATE TABLE posting AS SELECT * FROM read_csv('{file}')")
        plan = Path(folder, "plan.csv")
        ledgers.write_plan(plan)
        other.execute(f"CREATE TABLE plan AS SELECT * FROM read_csv('{plan}')")
    results = [
        compared(name, ours, partial(_scan, other, sql), check) for name, ours, sql, check in ledgers.questions()
    ]
    facts = {"postings": postings, "results": results, "grown": grown, "posting": ledgers.posting()}
    Path(out).write_text(json.dumps(facts), encoding="utf-8")


def _scan(other: Any, sql: str) -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = other.execute(sql).fetchall()
    return rows


def compared(
    name: str, ours: Callable[[], Any], theirs: Callable[[], Any], check: Callable[[Any], Any]
) -> dict[str, Any]:
    """One question to both, in alternating rounds; the answers must be the same."""
    mine, other = check(ours()), sorted(tuple(row) for row in theirs())
    if mine != other:
        raise SystemExit(f"{name}: the two do not agree: {mine[:3]} … {other[:3]}")

    def seconds(ask: Callable[[], Any]) -> float:
        start = perf_counter()
        for _ in range(TIMES):
            ask()
        return (perf_counter() - start) / TIMES

    rounds = []
    for number in range(ROUNDS):
        order = [("ours", ours), ("theirs", theirs)]
        rounds.append({side: seconds(ask) for side, ask in (order if number % 2 else reversed(order))})
    return {
        "name": name,
        "ours": median(one["ours"] for one in rounds),
        "theirs": median(one["theirs"] for one in rounds),
        "ratio": median(one["ours"] / one["theirs"] for one in rounds),
        "rows": len(mine),
    }


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
