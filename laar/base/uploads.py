"""Files that somebody sent and that wait to be applied: kept under their digest, outside the store of evidence.

Between looking at what a file would do and doing it, nothing of it may get lost or be exchanged. After a day it is gone.
"""

from __future__ import annotations

import os
import time
from hashlib import sha256
from pathlib import Path

from django.conf import settings

from laar.kit.refusals import Refusal

KEPT_FOR = 24 * 3600


def put(content: bytes) -> str:
    """Keep a file and return its digest; what waits for longer than a day goes."""
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for old in folder.iterdir():
        if old.stat().st_mtime < time.time() - KEPT_FOR:
            old.unlink(missing_ok=True)
    digest = sha256(content).hexdigest()
    part = folder / f"{digest}.{os.getpid()}.part"
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
    part.replace(folder / digest)
    return digest


def read(digest: str) -> bytes:
    """The file with a digest, whole. Raises Refusal `upload.gone`."""
    try:
        content = (_folder() / digest).read_bytes()
    except OSError:
        raise Refusal("upload.gone") from None
    if sha256(content).hexdigest() != digest:
        raise Refusal("upload.gone")
    return content


def drop(digest: str) -> None:
    """It was applied."""
    (_folder() / digest).unlink(missing_ok=True)


def _folder() -> Path:
    return Path(settings.LAAR_HOME) / "uploads"
