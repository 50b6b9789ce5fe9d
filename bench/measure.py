"""Measure on one database, in a process and a home of its own: `python -m bench.measure OUT ROWS`."""

from __future__ import annotations

import json
import platform
import sqlite3
import sys
from cProfile import Profile
from pathlib import Path
from pstats import Stats
from statistics import median
from time import process_time
from typing import Any

import django
from django.core.management import call_command
from django.db import connection

#: Our own functions in whose cumulative time the cost of a step shows; the inner ones are part of the outer ones.
PARTS = {
    "_locked": "lock and read afresh",
    "require": "permission",
    "image": "images",
    "_check_programme": "programme check",
    "_lines_and_rows": "digests",
    "_next_seal": "seal",
    "append": "head file",
    "_apply_rollups": "roll-ups",
    "write_down": "write_down: digests, seal, line, rows, roll-ups",
}
#: Where SQLite works inside this process, and where it waits for the server of PostgreSQL.
DATABASE = ("SQLiteCursorWrapper.execute", "commit' of 'sqlite3", "wait_c")


def main(out: str, rows: int) -> None:
    """Build the small world, measure every workload, write the results as JSON."""
    django.setup()
    from bench.clock import cpu  # noqa: PLC0415 - after django.setup()
    from bench.workloads import Workload, check_trail, workloads  # noqa: PLC0415
    from tests.world import build  # noqa: PLC0415

    call_command("migrate", verbosity=0)

    def seconds(run: Any, times: int) -> float:
        start = cpu()
        run(times)
        return (cpu() - start) / times

    def measured(workload: Workload) -> dict[str, Any]:
        if workload.times > 1:
            workload.door(20)
            workload.plain(20)
        pairs = []
        for number in range(workload.rounds):
            order = [("door", workload.door), ("plain", workload.plain)]
            if number % 2:
                order.reverse()
            pairs.append({name: seconds(run, workload.times) for name, run in order})
        return {
            "name": workload.name,
            "door": median(pair["door"] for pair in pairs),
            "plain": median(pair["plain"] for pair in pairs),
            "ratio": median(pair["door"] / pair["plain"] for pair in pairs),
            "least": min(pair["door"] / pair["plain"] for pair in pairs),
            "most": max(pair["door"] / pair["plain"] for pair in pairs),
            "parts": _parts(workload),
        }

    results = [measured(workload) for workload in workloads(build(), rows)]
    facts = {"database": _database(), "checked": check_trail(rows), "results": results}
    Path(out).write_text(json.dumps(facts), encoding="utf-8")


def _parts(workload: Any) -> list[tuple[str, float]]:
    """Where the time of a step goes, as shares of the whole step, from one more round under a profiler."""
    profile = Profile(process_time)
    profile.enable()
    workload.door(workload.times)
    profile.disable()
    stats = Stats(profile)
    whole = stats.total_tt  # type: ignore[attr-defined]
    shares: dict[str, float] = {}
    for (file, _, function), (_, _, own, cumulative, _) in stats.stats.items():  # type: ignore[attr-defined]
        if "/laar/base/" in file and function in PARTS:
            shares[PARTS[function]] = shares.get(PARTS[function], 0) + cumulative / whole
        if any(word in function for word in DATABASE):
            shares["the database itself"] = shares.get("the database itself", 0) + own / whole
    return sorted(shares.items(), key=lambda share: -share[1])


def _database() -> str:
    if connection.vendor == "sqlite":
        return f"SQLite {sqlite3.sqlite_version}"
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        return f"PostgreSQL {cursor.fetchone()[0]}, Python driver psycopg on {platform.python_implementation()}"


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
