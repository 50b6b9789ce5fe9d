"""`laar serve`: the web server, on this machine only."""

from __future__ import annotations

import argparse
import logging
import os
import socket
import threading

from django.core.management import call_command
from django.db import DatabaseError, connection
from granian import Granian
from granian.constants import Interfaces

from laar.base.people.first import is_empty
from laar.base.trail import seal_trail
from laar.cli import demo
from laar.cli.home import home, prepare
from laar.kit.refusals import Refusal, refusal

NAME = "serve"
HELP = "open LAAR in the browser: serve its pages on this machine"

#: How often what is not sealed yet is sealed, in seconds (PostgreSQL; SQLite seals each commit).
TICK = 10

refusal(
    "serve.port_taken",
    en="Port {port} is in use. Stop what uses it, or choose another one: PORT={other} make run.",
    km="ច្រក {port} កំពុងប្រើ។ សូមបញ្ឈប់កម្មវិធីនោះ ឬជ្រើសរើសច្រកផ្សេង៖ PORT={other} make run។",
)
refusal(
    "serve.nothing_there",
    en="{home} is empty. Begin with `laar start`, which asks in the browser; or name another folder with LAAR_HOME.",
    km="{home} ទទេ។ សូមចាប់ផ្ដើមដោយ `laar start` ដែលសួរក្នុងកម្មវិធីរុករក; ឬកំណត់ថតផ្សេងដោយ LAAR_HOME។",
    status=404,
)


def options(parser: argparse.ArgumentParser) -> None:
    """What it takes."""
    port_option(parser)
    parser.add_argument("--demo", action="store_true", help="load the demonstration first, where the home is empty")


def port_option(parser: argparse.ArgumentParser) -> None:
    """On which port of this machine."""
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT") or 8000), help="default: PORT, or 8000")


def run(options: argparse.Namespace) -> int:
    """Serve until it is stopped."""
    refuse_taken(options.port)
    prepare()
    if options.demo and demo.is_needed():
        demo.load(options.lang)
    if is_empty():
        raise Refusal("serve.nothing_there", home=home())
    serve(options.port)
    return 0


def serve(port: int, path: str = "") -> None:
    """Serve on a port of this machine until it is stopped; `path` is where one begins."""
    call_command("clearsessions")  # those that have ended: who was signed in is no record
    if connection.vendor == "postgresql":
        threading.Thread(target=_keep_sealing, daemon=True).start()
    connection.close()
    print(f"LAAR is open at http://127.0.0.1:{port}/{path}  (stop it with Ctrl+C)", flush=True)
    Granian(
        "laar.wsgi:application",
        address="127.0.0.1",
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=4,
        websockets=False,
        log_access=False,
        log_level="warning",  # type: ignore[arg-type]  # a word is taken, too
    ).serve()


def _keep_sealing() -> None:
    stop = threading.Event()
    while not stop.wait(TICK):
        try:
            seal_trail()
        except DatabaseError:
            logging.getLogger("laar").exception("what was written is not sealed yet; trying again")
        finally:
            connection.close()  # the next tick finds a server that was started again


def refuse_taken(port: int) -> None:
    """Refuse a port that is in use. Raises Refusal `serve.port_taken`."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise Refusal("serve.port_taken", port=port, other=port + 1) from None
