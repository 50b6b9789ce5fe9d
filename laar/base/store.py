"""Where the bytes of evidence lie: one file per content, named by its SHA-256.

Django's own file storage does not fsync: at a power cut the rows survived and the files were empty. Here the order is
temporary file → fsync → check → rename → fsync of the folder, and only then may the row be committed. A file without a
row (a kill in between) harms nobody.
"""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from django.conf import settings

from laar.kit.refusals import Refusal


def folder() -> Path:
    """The root of the store."""
    return Path(settings.LAAR_HOME) / "evidence"


def path_of(digest: str) -> Path:
    """Where the content with this digest lies."""
    return folder() / digest[:2] / digest


def put(content: bytes) -> str:
    """Keep some content for good and return its digest. Raises Refusal `store.full`; then no part of it is left."""
    digest = sha256(content).hexdigest()
    target = path_of(digest)
    if target.exists() and digest_of(target) == digest:
        return digest
    temporary = ""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=".new-")
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if digest_of(Path(temporary)) != digest:
            raise OSError(errno.EIO, "the disk did not keep what was written")
        Path(temporary).replace(target)
        for made in (target.parent, folder(), folder().parent):
            sync_folder(made)
    except OSError as error:
        if temporary:
            with suppress(FileNotFoundError):
                Path(temporary).unlink()
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise Refusal("store.full") from error
        raise
    return digest


def read(digest: str) -> bytes:
    """The content with this digest; FileNotFoundError where it is gone."""
    return path_of(digest).read_bytes()


def digest_of(path: Path) -> str:
    """The SHA-256 of a file, read in pieces."""
    whole = sha256()
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            whole.update(piece)
    return whole.hexdigest()


def kept() -> Iterator[Path]:
    """Every whole file in the store."""
    if folder().exists():
        yield from (path for path in sorted(folder().glob("??/*")) if not path.name.startswith("."))


def sync_folder(path: Path) -> None:
    """Make a rename last. Windows has no handle on a folder; there the file system does it itself."""
    if os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
