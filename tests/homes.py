"""Homes: whole installations in a folder of their own, worked with by the real command and the real server."""

from __future__ import annotations

import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.conf import settings
from django.db import connection, connections
from django.http import HttpResponse
from django.test import Client

from laar.base.models import User
from laar.cli.main import main
from laar.demo.cast import READER
from tests.postgres import bin_dir

#: Lets a test reach a database; `conftest` puts it here.
BLOCKER: list[pytest.DjangoDbBlocker] = []
SERVER = os.environ.get("DATABASE_URL", "")
#: The empty, migrated database that tests/run.py has made: a file, or its name on the server. A plain `pytest` has none.
MIGRATED = os.environ.get("LAAR_TEST_MIGRATED", "")
#: The part of the story that most tests look at: two communes of two districts, one with a supplier, one with an advance.
PART = ("--communes", "210104", "210708")


@dataclass
class Home:
    """A home, and on PostgreSQL the database that belongs to it."""

    folder: Path
    database: str = field(default_factory=lambda: f"home_{uuid4().hex[:12]}")

    @property
    def environment(self) -> dict[str, str]:
        """What a command needs to work on this home."""
        own = {"LAAR_HOME": str(self.folder), "PYTHONWARNINGS": "ignore"}
        if SERVER:
            own |= {"DATABASE_URL": self.url, "LAAR_POSTGRES_BIN": str(bin_dir())}
        return {**os.environ, **own}

    @property
    def url(self) -> str:
        """The address of its database."""
        return f"{SERVER.rsplit('/', 1)[0]}/{self.database}"

    @property
    def sqlite(self) -> Path:
        """Its database file."""
        return self.folder / "laar.sqlite3"

    def make(self, migrated: str = "") -> Home:
        """Make the empty database that PostgreSQL wants to be there first; or, quickly, one that is migrated already."""
        if SERVER:
            with psycopg.connect(SERVER, autocommit=True) as connection:
                connection.execute(f'CREATE DATABASE "{self.database}" TEMPLATE "{migrated or "template1"}"')
        elif migrated:
            self.folder.mkdir(parents=True, exist_ok=True)
            copied_file(Path(migrated), self.sqlite)
        return self

    def laar(self, *arguments: str, fails: bool = False) -> str:
        """Run a command to its end and return what it printed; it must succeed, or must not.

        In this process, because a new one costs a second: only where something is killed or served is one started.
        """
        printed = StringIO()
        with self._inside(), redirect_stdout(printed), redirect_stderr(printed):
            code = main(arguments)
        assert (code != 0) is fails, printed.getvalue()
        return printed.getvalue()

    def python(self, code: str) -> str:
        """Run some lines in this home, and return what they printed."""
        printed = StringIO()
        with self._inside(), redirect_stdout(printed):
            exec(code, {})
        return printed.getvalue()

    def get(self, path: str, reader: str = READER) -> HttpResponse:
        """Ask for a page as a user; as anybody where the name is empty."""
        with self._inside():
            client = Client()
            if reader:
                client.force_login(User.objects.get(username=reader))
            response = client.get(path)
            if response.streaming:
                response.body = b"".join(response.streaming_content)  # read while the home is open
            return response

    @contextmanager
    def _inside(self) -> Iterator[None]:
        """Work in this home for a while: its folder, its database."""
        names = connections.settings["default"]
        before = {**names}, settings.LAAR_HOME, {**os.environ}
        connection.close()
        settings.LAAR_HOME = self.folder
        os.environ.update(self.environment)
        names["NAME"] = connection.settings_dict["NAME"] = self.database if SERVER else str(self.sqlite)
        try:
            with BLOCKER[0].unblock():
                yield
                connection.close()
        finally:
            names["NAME"] = connection.settings_dict["NAME"] = before[0]["NAME"]
            settings.LAAR_HOME = before[1]
            os.environ.clear()
            os.environ.update(before[2])

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        """Start a command and let it run."""
        return subprocess.Popen(
            self._command(*arguments), env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

    def sheet(self) -> dict[str, Any]:
        """The sheet for machines."""
        loaded: dict[str, Any] = json.loads(self.laar("sheet", "--format", "json"))
        return loaded

    def copy(self, folder: Path) -> Home:
        """The same installation again, to be spoiled."""
        twin = Home(folder)
        shutil.copytree(self.folder, folder)
        if SERVER:
            with psycopg.connect(SERVER, autocommit=True) as connection:
                connection.execute(f'CREATE DATABASE "{twin.database}" TEMPLATE "{self.database}"')
        return twin

    def spoil(self, *statements: str) -> None:
        """Change the database as somebody does who has it in hands: past every rule and trigger."""
        if SERVER:
            with psycopg.connect(self.url, autocommit=True) as connection:
                connection.execute("SET session_replication_role = replica")
                for statement in statements:
                    connection.execute(statement)
            return
        with sqlite3.connect(self.sqlite) as connection:
            triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
            for name, _ in triggers:
                connection.execute(f"DROP TRIGGER {name}")
            for statement in statements:
                connection.execute(statement)
            for _, sql in triggers:
                connection.execute(sql)

    @contextmanager
    def served(self) -> Iterator[str]:
        """The real server on a free port; yields its address."""
        port = _free_port()
        server = self.start("serve", "--port", str(port))
        address = f"http://127.0.0.1:{port}"
        try:
            _wait_for(address, server)
            yield address
        finally:
            server.terminate()
            server.wait(20)

    @contextmanager
    def begun(self) -> Iterator[str]:
        """`laar start` in this home, on a free port; yields the address that the terminal shows."""
        server = subprocess.Popen(
            self._command("start", "--port", str(_free_port())), env=self.environment, stdout=subprocess.PIPE, text=True
        )
        try:
            assert server.stdout
            said = next(line for line in server.stdout if "http://" in line)
            address = next(word for word in said.split() if word.startswith("http://"))
            _wait_for(address, server)
            yield address
        finally:
            server.terminate()
            server.wait(20)
            if server.stdout:
                server.stdout.close()

    def _command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "laar.cli.main", *arguments]


def copied_file(database: Path, copy: Path) -> Path:
    """Copy a database of SQLite with what stands in its write-ahead log."""
    shutil.copy(database, copy)
    log = Path(f"{database}-wal")
    if log.exists():
        shutil.copy(log, f"{copy}-wal")
    return copy


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for(address: str, server: subprocess.Popen[Any]) -> None:
    """The port listens before the worker is loaded: wait for an answer, not for the socket."""
    for _ in range(300):
        assert server.poll() is None, "the server stopped"
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the server did not answer")
