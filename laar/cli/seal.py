"""`laar seal`: seal what is not sealed yet (PostgreSQL; on SQLite every commit seals itself)."""

from __future__ import annotations

import argparse

from laar.base.trail import seal_trail
from laar.cli.home import need_programme
from laar.kit.names import Name

NAME = "seal"
HELP = "seal every line of the trail that is not sealed yet"

DONE = Name(en="{count} lines sealed.", km="បានបិទត្រា {count} បន្ទាត់។")


def options(parser: argparse.ArgumentParser) -> None:
    """It takes nothing more."""


def run(options: argparse.Namespace) -> int:
    """Seal them."""
    need_programme()
    print(DONE.format(count=seal_trail()).say(options.lang))
    return 0
