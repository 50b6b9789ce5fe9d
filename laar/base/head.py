"""The head file: every seal's digest, signed, appended outside the database.

A chain inside the database cannot show that its own tail was cut off together with the rows; a copy outside can. From
here the head goes on paper, to a donor, to a witness. One JSON line per seal; a line that was cut short by a power loss
is written anew by the next seal.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

from laar.base.models import Seal


@dataclass(frozen=True, slots=True)
class HeadLine:
    """One line of the head file."""

    number: int
    digest: str
    at: str
    key: str
    signature: str

    @property
    def message(self) -> bytes:
        """What was signed."""
        return f"{self.number} {self.digest} {self.at}".encode()


def path() -> Path:
    """Where the head file lies."""
    return Path(settings.LAAR_HOME) / "head" / "head.jsonl"


def keys() -> Path:
    """Where the signing key and all public keys lie."""
    return Path(settings.LAAR_HOME) / "keys"


def append(seal: Seal) -> None:
    """Sign this seal and append it, after those before it that a kill kept from being appended."""
    tail = _tail()
    last = _number_in(tail)
    # The first append of a house fills in seal 1; a file that is gone later is not made anew in silence.
    is_gap = last < seal.number - 1 and (last > 0 or seal.number == 2)
    missing = Seal.objects.filter(number__gt=last, number__lt=seal.number).order_by("number") if is_gap else []
    if not tail:
        path().parent.mkdir(parents=True, exist_ok=True)
    text = "".join(_signed(one) for one in [*missing, seal])
    if _is_torn(tail):
        text = "\n" + text
    handle = os.open(path(), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
    try:
        os.write(handle, text.encode())
    finally:
        os.close(handle)


def lines() -> Iterator[HeadLine]:
    """The lines of the head file; a torn last line is left out, any other line that can't be read is a ValueError."""
    if not path().exists():
        return
    torn = _is_torn(_tail())
    texts = path().read_text(encoding="utf-8", errors="replace").splitlines()
    for place, text in enumerate(texts):
        try:
            yield HeadLine(**json.loads(text))
        except (ValueError, TypeError):
            half = not text.endswith("}")
            if text.strip() and not (half and (place < len(texts) - 1 or torn)):
                raise ValueError(f"line {place + 1} of the head file can't be read") from None


def last_number() -> int:
    """The number of the newest seal in the head file; 0 where there is none."""
    return _number_in(_tail())


def _tail() -> bytes:
    """The end of the head file, where its last lines are; nothing where there is no file."""
    try:
        with path().open("rb") as file:
            file.seek(0, os.SEEK_END)
            file.seek(max(0, file.tell() - 2048))
            return file.read()
    except FileNotFoundError:
        return b""


def _number_in(tail: bytes) -> int:
    for text in reversed(tail.decode("utf-8", errors="replace").splitlines()):
        try:
            return int(json.loads(text)["number"])
        except (ValueError, KeyError, TypeError):
            continue
    return 0


def written(line: HeadLine) -> str:
    """A line as it stands in the file."""
    return json.dumps(asdict(line)) + "\n"


def is_signed(line: HeadLine) -> bool:
    """Whether the signature is by one of this installation's keys."""
    public = keys() / f"{line.key}.pub"
    if not public.exists():
        return False
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public.read_text().strip())).verify(
            bytes.fromhex(line.signature), line.message
        )
    except (InvalidSignature, ValueError):
        return False
    return True


def _signed(seal: Seal) -> str:
    name, key = _key_in(_signing_key())
    line = HeadLine(seal.number, seal.digest, seal.at.isoformat(), name, "")
    return written(replace(line, signature=key.sign(line.message).hex()))


def _signing_key() -> str:
    """The secret as it stands in its file; the file is made where there is none."""
    secret = keys() / "head.key"
    if not secret.exists():
        key = Ed25519PrivateKey.generate()
        public = key.public_key().public_bytes_raw().hex()
        keys().mkdir(parents=True, exist_ok=True, mode=0o700)
        (keys() / f"{public[:16]}.pub").write_text(public + "\n")
        handle, mine = tempfile.mkstemp(dir=keys(), prefix=".head.key-")
        with os.fdopen(handle, "w") as file:
            file.write(key.private_bytes_raw().hex())
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):  # another process or thread was quicker: its key is ours
            os.link(mine, secret)
        Path(mine).unlink()
    return secret.read_text().strip()


@lru_cache(maxsize=1)
def _key_in(secret: str) -> tuple[str, Ed25519PrivateKey]:
    """A key and its name. The file is read at every seal; only what follows from its text is not worked out anew."""
    key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(secret))
    return key.public_key().public_bytes_raw().hex()[:16], key


def _is_torn(tail: bytes) -> bool:
    return bool(tail) and not tail.endswith(b"\n")
