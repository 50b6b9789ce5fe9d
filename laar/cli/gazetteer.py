"""`laar gazetteer FILE …`: load official place codes, in CSV or in the YAML layout of pumi."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from laar.base.access import the_installation
from laar.base.clock import today
from laar.cli.home import prepare
from laar.kit.names import Name
from laar.kit.refusals import Refusal, refusal
from laar.registers.actions import load_gazetteer
from laar.registers.gazetteer import read
from laar.registers.models import Place

NAME = "gazetteer"
HELP = "load places with their official codes: CSV (code, name_km, name_en) or YAML"

refusal(
    "file.not_there",
    en="{file} can't be read ({why}). Check its name and folder.",
    km="មិនអាចអាន {file} ({why})។ សូមពិនិត្យឈ្មោះ និងថត។",
    status=404,
)
DONE = Name(en="{count} places in the register.", km="មាន {count} ទីកន្លែងក្នុងបញ្ជី។")


def options(parser: argparse.ArgumentParser) -> None:
    """Which files, since when, by whom they were made."""
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="several files count as one")
    parser.add_argument("--source", default="", help="who made it; default: the names of the files")
    parser.add_argument("--since", type=date.fromisoformat, default=None, help="from which day its changes hold")


def run(options: argparse.Namespace) -> int:
    """Load all of the files, or none of them."""
    prepare()
    named = []
    for file in options.files:
        try:
            named += read(file.read_bytes(), file.name)
        except OSError as error:
            raise Refusal("file.not_there", file=file, why=error.strerror) from None
    source = options.source or ", ".join(file.name for file in options.files)
    with the_installation():
        load_gazetteer(named, source=source, since=options.since, by=None, on=today())
    print(DONE.format(count=Place.objects.filter(until=None).count()).say(options.lang))
    return 0
