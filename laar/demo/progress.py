"""How far the load of the demonstration is: a small file in the home, written by the load, read by whoever waits for it."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Progress:
    """The process that loads, and how much of the story it has told, in percent; `day` is the one it tells of."""

    pid: int
    percent: int = 0
    day: str = ""

    @property
    def is_alive(self) -> bool:
        """Whether that process still runs."""
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return False
        except PermissionError:
            return True
        return True


def note(progress: Progress) -> None:
    """Write it down, whole or not at all."""
    part = _file().with_suffix(".part")
    part.write_text(json.dumps(asdict(progress)), encoding="utf-8")
    part.replace(_file())


def noted() -> Progress | None:
    """What was written down last; None where no load was ever begun here."""
    try:
        return Progress(**json.loads(_file().read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def _file() -> Path:
    return Path(settings.LAAR_HOME) / "demonstration.json"
