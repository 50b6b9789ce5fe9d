"""`laar start`: the first command in a new home. It makes the home, serves it, and says where to begin."""

from __future__ import annotations

import argparse

from laar.base.people.first import is_empty, the_key
from laar.cli import demo
from laar.cli import serve as server
from laar.cli.home import home, prepare
from laar.demo.progress import noted
from laar.kit.names import Name

NAME = "start"
HELP = "begin: make the home if needed, open LAAR in the browser, choose the demonstration or a programme of your own"

EMPTY = Name(
    en="{home} is new. The address below carries a key of one use: whoever opens it becomes the administrator.",
    km="{home} ថ្មី។ អាសយដ្ឋានខាងក្រោមមានកូនសោប្រើម្ដង៖ អ្នកដែលបើកវា ក្លាយជាអ្នកគ្រប់គ្រងប្រព័ន្ធ។",
)


def options(parser: argparse.ArgumentParser) -> None:
    """The same as `laar serve`, but for the demonstration, which is chosen in the browser."""
    server.port_option(parser)


def run(options: argparse.Namespace) -> int:
    """Serve until it is stopped."""
    server.refuse_taken(options.port)
    prepare()
    if is_empty():
        print(EMPTY.format(home=home()).say(options.lang))
    server.serve(options.port, beginning())
    return 0


def beginning() -> str:
    """Where one begins: in a new home with the key, on the way to a demonstration with it, else at the front door."""
    if is_empty():
        return f"start/?key={the_key()}"
    if noted() and demo.is_needed():
        return f"start/demonstration/?key={the_key()}"
    return ""
