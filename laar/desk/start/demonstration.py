"""The load of the demonstration, as a process of its own: it takes a minute or two, and no page waits so long."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

from django.conf import settings

from laar.demo.progress import Progress, note, noted
from laar.demo.story import is_told

#: What is started: the same command as in a terminal, in the same environment.
COMMAND = (sys.executable, "-m", "laar.cli.main", "demo")

_one_at_a_time = threading.Lock()
_started: list[subprocess.Popen[bytes]] = []


def begin() -> None:
    """Start the load, or let it go on where it stopped; while one runs, a second click starts none."""
    with _one_at_a_time:
        if is_told() or is_running():
            return
        with _log().open("wb") as log:
            process = subprocess.Popen(COMMAND, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        _started[:] = [process]
        before = noted()
        note(Progress(process.pid, before.percent if before else 0, before.day if before else ""))


def is_running() -> bool:
    """Whether a load is at work: one that was started here, or by a server before this one."""
    progress = noted()
    if progress is None:
        return False
    for process in _started:
        if process.pid == progress.pid:
            return process.poll() is None
    return progress.is_alive


def last_words() -> str:
    """What the load said last: the sentence of a refusal, where it stopped with one."""
    try:
        lines = _log().read_text(encoding="utf-8", errors="replace").split("\n")
    except OSError:
        return ""
    return next((line.strip() for line in reversed(lines) if line.strip()), "")[:300]


def _log() -> Path:
    return Path(settings.LAAR_HOME) / "demonstration.log"
