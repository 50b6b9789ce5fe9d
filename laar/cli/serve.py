"""`laar serve`: the web server, on this machine only."""

from __future__ import annotations

import argparse
import logging
import os
import socket
import threading

from django.conf import settings
from django.db import DatabaseError, connection
from granian import Granian
from granian.constants import Interfaces

from laar.base.queries import programme_of, user_called
from laar.base.readers import EVERYBODY
from laar.base.trail import seal_trail
from laar.cli import demo
from laar.cli.home import need_programme, prepare
from laar.demo.cast import READER
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


def options(parser: argparse.ArgumentParser) -> None:
    """What it takes."""
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT") or 8000), help="default: PORT, or 8000")
    parser.add_argument("--demo", action="store_true", help="load the demonstration first, where the home is empty")
    parser.add_argument(
        "--as",
        dest="reader",
        default="",
        metavar="USER",
        help="through whose eyes the pages are shown: a user, or public",
    )


def run(options: argparse.Namespace) -> int:
    """Serve until it is stopped."""
    _refuse_taken(options.port)
    prepare()
    if options.demo and demo.is_needed():
        demo.load(options.lang)
    need_programme()
    reader = options.reader or (READER if programme_of().is_demo else "")
    if reader and reader != EVERYBODY:
        user_called(reader)
    os.environ["LAAR_READER"] = settings.LAAR_READER = reader  # a worker is forked or, on some systems, started anew
    if connection.vendor == "postgresql":
        threading.Thread(target=_keep_sealing, daemon=True).start()
    connection.close()
    print(f"LAAR is open at http://127.0.0.1:{options.port}/  (stop it with Ctrl+C)", flush=True)
    Granian(
        "laar.wsgi:application",
        address="127.0.0.1",
        port=options.port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=4,
        websockets=False,
        log_access=False,
        log_level="warning",  # type: ignore[arg-type]  # a word is taken, too
    ).serve()
    return 0


def _keep_sealing() -> None:
    stop = threading.Event()
    while not stop.wait(TICK):
        try:
            seal_trail()
        except DatabaseError:
            logging.getLogger("laar").exception("what was written is not sealed yet; trying again")
        finally:
            connection.close()  # the next tick finds a server that was started again


def _refuse_taken(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise Refusal("serve.port_taken", port=port, other=port + 1) from None
