"""What was last proven of this house, and when: the newest verify, backup and restore, in a small file beside the
database.

Outside the database on purpose: whoever restores an old copy, or damages it, does not bring an old proof along. Nothing
is decided by it; it is what a page shows.
"""

from __future__ import annotations

import json
import os
import tempfile
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

from laar.base import store
from laar.base.clock import now
from laar.kit.names import Name

#: What can be proven, and by which command.
KINDS = {
    "verify": Name(en="Everything verified", km="ការផ្ទៀងផ្ទាត់ទាំងអស់"),
    "backup": Name(en="Backup written and read back", km="ការបម្រុងទុក និងអានឡើងវិញ"),
    "restore": Name(en="Restored from a backup", km="ការស្ដារពីការបម្រុងទុក"),
}


@dataclass(frozen=True, slots=True)
class Proof:
    """A proof that was made: of what, when, whether it held, and how much it looked at."""

    kind: str
    at: datetime
    is_good: bool
    #: How many faults were found, lines looked at, files kept: names and numbers as the command printed them.
    counts: dict[str, int]


def path() -> Path:
    """Where the file lies."""
    return Path(settings.LAAR_HOME) / "proofs.json"


def remember(kind: str, *, is_good: bool, **counts: int) -> Proof:
    """Keep a proof as the newest of its kind: the whole file or nothing, so that a kill leaves the one before."""
    if kind not in KINDS:
        raise ValueError(f"{kind} is not proven by anything")
    proof = Proof(kind, now(), is_good, counts)
    known = {**remembered(), kind: proof}
    written = [{**asdict(one), "at": one.at.isoformat()} for _, one in sorted(known.items())]
    path().parent.mkdir(parents=True, exist_ok=True)
    handle, fresh = tempfile.mkstemp(dir=path().parent, prefix=".proofs-")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(written, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    Path(fresh).replace(path())
    store.sync_folder(path().parent)
    return proof


def remembered() -> dict[str, Proof]:
    """The newest proof of each kind; a file that can't be read proves nothing."""
    try:
        written = json.loads(path().read_text(encoding="utf-8"))
        proofs = [Proof(**{**one, "at": datetime.fromisoformat(one["at"])}) for one in written]
    except (OSError, ValueError, TypeError, KeyError):
        return {}
    return {proof.kind: proof for proof in proofs if proof.kind in KINDS}
