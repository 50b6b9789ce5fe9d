"""Backup and restore: one file that checks itself, from one home to an empty one.

The archive is an ordinary zip: the database by its own backup interface (copying a live SQLite file was corrupt in 32 of
40 trials), evidence, head file, public keys, and a manifest with the digest of each. The zip's comment holds the SHA-256
of everything before it, so that no byte of the archive can change unseen. Private keys stay where they are: a restored
house signs with a key of its own.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
import sqlite3
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.db import connection

from laar.base import head, store
from laar.base.clock import now
from laar.base.snapshot import snapshot
from laar.base.trail import last_seal, seal_trail
from laar.kit.refusals import Refusal, refusal

FORMAT = "laar-backup-1"
SQLITE_MEMBER, POSTGRES_MEMBER = "database.sqlite3", "database.pgdump"
#: `sha256:` and 64 hexadecimal digits: the comment at the very end of the file.
COMMENT = 7 + 64

refusal(
    "backup.exists",
    en="{file} is there already. Choose another name; a backup never overwrites one.",
    km="{file} មានរួចហើយ។ សូមជ្រើសរើសឈ្មោះផ្សេង; ការបម្រុងទុកមិនសរសេរជាន់ទេ។",
)
refusal(
    "backup.damaged",
    en="{file} is damaged or is no backup of LAAR ({why}); nothing was restored. Use another copy.",
    km="{file} ខូច ឬមិនមែនជាឯកសារបម្រុងទុករបស់ LAAR ({why}); មិនបានស្ដារទេ។ សូមប្រើច្បាប់ចម្លងផ្សេង។",
    status=422,
)
refusal(
    "backup.home_not_empty",
    en="{home} is not empty; nothing was restored. Choose an empty folder with LAAR_HOME.",
    km="{home} មិនទទេ; មិនបានស្ដារទេ។ សូមជ្រើសរើសថតទទេដោយ LAAR_HOME។",
)
refusal(
    "backup.other_database",
    en="The backup is of {theirs}, this installation works with {ours}. Set DATABASE_URL accordingly.",
    km="ឯកសារបម្រុងទុកជារបស់ {theirs} តែប្រព័ន្ធនេះប្រើ {ours}។ សូមកំណត់ DATABASE_URL ឱ្យត្រូវ។",
)
refusal(
    "backup.tool_missing",
    en="{tool} was not found or failed ({why}). Install PostgreSQL's client programs and try again.",
    km="រកមិនឃើញ {tool} ឬវាបរាជ័យ ({why})។ សូមដំឡើងកម្មវិធី PostgreSQL រួចព្យាយាមម្ដងទៀត។",
)


@dataclass(frozen=True, slots=True)
class Archive:
    """What an archive holds."""

    file: Path
    made_at: str
    database: str
    members: dict[str, str]


def back_up(file: Path) -> Archive:
    """Write an archive of this house. It appears under its name only when it is whole and read back.

    Raises Refusal `backup.exists`, `store.full`.
    """
    if file.exists():
        raise Refusal("backup.exists", file=file)
    seal_trail()
    file.parent.mkdir(parents=True, exist_ok=True)
    partial = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        with tempfile.TemporaryDirectory(prefix="laar-backup-") as folder:
            _write(partial, Path(folder))
        with partial.open("rb+") as whole:
            os.fsync(whole.fileno())
        archive = inspect(partial)
        _give_name(partial, file)
    except OSError as error:
        if isinstance(error, FileExistsError):
            raise Refusal("backup.exists", file=file) from error
        if error.errno == errno.ENOSPC:
            raise Refusal("store.full") from error
        raise
    finally:
        partial.unlink(missing_ok=True)
    store.sync_folder(file.parent)
    return Archive(file, archive.made_at, archive.database, archive.members)


def inspect(file: Path) -> Archive:
    """Check every byte of an archive. Raises Refusal `backup.damaged`."""
    if not file.exists() or file.stat().st_size < COMMENT:
        raise Refusal("backup.damaged", file=file, why="too short")
    if _digest_before_comment(file) != _comment(file):
        raise Refusal("backup.damaged", file=file, why="its bytes are not those that were written")
    try:
        with zipfile.ZipFile(file) as whole:
            manifest = json.loads(whole.read("manifest.json"))
            members: dict[str, str] = manifest["members"]
            for name, digest in members.items():
                if _digest_of(whole, name) != digest:
                    raise Refusal("backup.damaged", file=file, why=name)
            if set(whole.namelist()) != {*members, "manifest.json"} or manifest["format"] != FORMAT:
                raise Refusal("backup.damaged", file=file, why="its list of files")
    except (zipfile.BadZipFile, KeyError, ValueError) as error:
        raise Refusal("backup.damaged", file=file, why=error) from None
    return Archive(file, manifest["made_at"], manifest["database"], members)


def restore(file: Path) -> Archive:
    """Make a house from an archive, in an empty home: all of it or nothing.

    Raises Refusal `backup.damaged`, `backup.home_not_empty`, `backup.other_database`.
    """
    home = Path(settings.LAAR_HOME)
    archive = inspect(file)
    if archive.database != connection.vendor:
        raise Refusal("backup.other_database", theirs=archive.database, ours=connection.vendor)
    if home.exists() and any(home.iterdir()):
        raise Refusal("backup.home_not_empty", home=home)
    home.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(dir=home.parent, prefix=f".{home.name}.restoring-"))
    try:
        with zipfile.ZipFile(file) as whole:
            for name in archive.members:
                _extract(whole, name, fresh)
        if archive.database == "sqlite":
            (fresh / SQLITE_MEMBER).rename(fresh / _sqlite_path().name)
        if home.exists():
            home.rmdir()
        fresh.rename(home)
        if archive.database == "postgresql":  # last, in one transaction: what fails before it leaves no database behind
            _load_postgres(home / POSTGRES_MEMBER)
            (home / POSTGRES_MEMBER).unlink()
        store.sync_folder(home.parent)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        if archive.database == "postgresql" and (home / POSTGRES_MEMBER).exists():
            shutil.rmtree(home, ignore_errors=True)
        raise
    return archive


def _give_name(partial: Path, file: Path) -> None:
    """A link never overwrites, a rename does; a memory stick (FAT) has no links."""
    try:
        os.link(partial, file)
    except FileExistsError:
        raise
    except OSError:
        partial.rename(file)


def _write(partial: Path, folder: Path) -> None:
    members: dict[str, str] = {}
    with zipfile.ZipFile(partial, "w", zipfile.ZIP_DEFLATED) as whole:
        for name, path in _sources(folder):
            members[name] = store.digest_of(path)
            whole.write(path, name)
        manifest = {
            "format": FORMAT,
            "made_at": now().isoformat(),
            "database": connection.vendor,
            "members": members,
        }
        whole.writestr("manifest.json", json.dumps(manifest, indent=1, sort_keys=True))
        whole.comment = b" " * COMMENT
    digest = f"sha256:{_digest_before_comment(partial)}".encode()
    with partial.open("rb+") as file:
        file.seek(-COMMENT, os.SEEK_END)
        file.write(digest)


def _sources(folder: Path) -> Iterator[tuple[str, Path]]:
    """Every file of the house under its name in the archive, the database first.

    Evidence is only ever added, so files read after the database hold at least what its rows speak of. Of the head file
    only the seals that are in the copy of the database are taken: it must not know one that is not there.
    """
    name = POSTGRES_MEMBER if connection.vendor == "postgresql" else SQLITE_MEMBER
    sealed = _copy_database(folder / name)
    yield name, folder / name
    if head.path().exists():
        lines = [line for line in head.lines() if line.number <= sealed]
        (folder / "head.jsonl").write_text("".join(head.written(line) for line in lines), encoding="utf-8")
        yield "head/head.jsonl", folder / "head.jsonl"
    for key in sorted(head.keys().glob("*.pub")):
        yield f"keys/{key.name}", key
    for path in store.kept():
        yield f"evidence/{path.parent.name}/{path.name}", path


def _copy_database(copy: Path) -> int:
    """Copy the database as it is now, by its own backup interface, and return the number of its newest seal."""
    if connection.vendor == "postgresql":
        with snapshot() as view:
            sealed = last_seal()
            shared = [f"--snapshot={view}"] if view else []
            _run("pg_dump", "--format=custom", "--no-owner", f"--file={copy}", *shared, *_postgres_options())
        return sealed
    with closing(sqlite3.connect(_sqlite_path())) as live, closing(sqlite3.connect(copy)) as target:
        live.backup(target)
        target.execute("PRAGMA journal_mode=DELETE")
        return int(target.execute("SELECT COALESCE(MAX(number), 0) FROM base_seal").fetchone()[0])


def _extract(whole: zipfile.ZipFile, name: str, fresh: Path) -> None:
    target = fresh / name
    if not target.resolve().is_relative_to(fresh.resolve()):
        raise Refusal("backup.damaged", file=whole.filename, why=name)
    target.parent.mkdir(parents=True, exist_ok=True)
    with whole.open(name) as source, target.open("wb") as file:
        shutil.copyfileobj(source, file)
        file.flush()
        os.fsync(file.fileno())


def _load_postgres(dump: Path) -> None:
    if connection.introspection.table_names():
        raise Refusal("backup.home_not_empty", home=connection.settings_dict["NAME"])
    connection.close()
    _run("pg_restore", "--no-owner", "--exit-on-error", "--single-transaction", *_postgres_options(), str(dump))


def _postgres_options() -> list[str]:
    database = connection.settings_dict
    pairs = {
        "host": database["HOST"],
        "port": database["PORT"],
        "username": database["USER"],
        "dbname": database["NAME"],
    }
    return [f"--{name}={value}" for name, value in pairs.items() if value]


def _run(tool: str, *arguments: str) -> None:
    folder = os.environ.get("LAAR_POSTGRES_BIN", "")
    program = str(Path(folder) / tool) if folder else tool
    secret = {"PGPASSWORD": str(connection.settings_dict.get("PASSWORD") or "")}
    try:
        subprocess.run([program, *arguments], check=True, capture_output=True, env={**os.environ, **secret})
    except FileNotFoundError:
        raise Refusal("backup.tool_missing", tool=tool, why="not on the PATH") from None
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode(errors="replace").strip().splitlines()
        raise Refusal("backup.tool_missing", tool=tool, why=said[-1] if said else error.returncode) from None


def _sqlite_path() -> Path:
    return Path(connection.settings_dict["NAME"])


def _comment(file: Path) -> str:
    with file.open("rb") as whole:
        whole.seek(-COMMENT, os.SEEK_END)
        return whole.read().decode("ascii", errors="replace").removeprefix("sha256:")


def _digest_before_comment(file: Path) -> str:
    digest, left = sha256(), file.stat().st_size - COMMENT
    with file.open("rb") as whole:
        while left > 0:
            piece = whole.read(min(1 << 20, left))
            digest.update(piece)
            left -= len(piece)
    return digest.hexdigest()


def _digest_of(whole: zipfile.ZipFile, name: str) -> str:
    digest = sha256()
    with whole.open(name) as source:
        while piece := source.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()
