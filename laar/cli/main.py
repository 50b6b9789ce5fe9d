"""The entry point: gets Django ready, finds the command, prints a Refusal as its sentence."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "laar.settings")
django.setup()

# Django has to be ready before the floors are loaded, hence the imports below.
from laar.cli import (  # noqa: E402
    audit,
    backup,
    demo,
    docs,
    export,
    gazetteer,
    invite,
    pack,
    restore,
    seal,
    serve,
    sheet,
    start,
    trace,
    user,
    verify,
)
from laar.kit.refusals import Refusal  # noqa: E402

#: Each module has `NAME`, `HELP`, `options(parser)` and `run(options)`.
COMMANDS = (
    start,
    serve,
    demo,
    sheet,
    trace,
    pack,
    export,
    verify,
    audit,
    backup,
    restore,
    gazetteer,
    user,
    invite,
    seal,
    docs,
)


def parser() -> argparse.ArgumentParser:
    """All commands and their options."""
    whole = argparse.ArgumentParser(
        prog="laar", description="Local-governance support programmes, from a villager's request to the donor's report."
    )
    commands = whole.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for command in COMMANDS:
        own = commands.add_parser(command.NAME, help=command.HELP, description=command.HELP)
        own.add_argument("--lang", choices=("en", "km"), default="en", help="language of what is printed")
        command.options(own)
        own.set_defaults(run=command.run)
    return whole


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    options = parser().parse_args(arguments)
    try:
        code: int = options.run(options)
    except Refusal as no:
        print(no.text.say(options.lang), file=sys.stderr)
        return no.reason.exit
    except BrokenPipeError:  # `laar sheet | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return code


if __name__ == "__main__":
    sys.exit(main())
