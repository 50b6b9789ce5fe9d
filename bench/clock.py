"""CPU time of this process and, on PostgreSQL, of the server's process that works for it."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from time import process_time

from django.db import connection

TICK = os.sysconf("SC_CLK_TCK")


def cpu() -> float:
    """Seconds of processor time so far; waiting for a disk is not in it."""
    return process_time() + _server()


def _server() -> float:
    """The backend's user and system time. Ticks of 10 ms: a round must be long enough for them."""
    if connection.vendor != "postgresql":
        return 0.0
    stat = Path(f"/proc/{_backend()}/stat")
    if not stat.exists():
        return 0.0
    fields = stat.read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICK


@cache
def _backend() -> int:
    """The server's process for our one connection, which stays open."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])
