"""`laar export hledger|beancount --book BOOK`: a complete book for other programs to recompute."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from django.conf import settings

from laar.base.queries import programme_of
from laar.cli.home import need_programme
from laar.kit.names import Name
from laar.kit.refusals import Refusal
from laar.ledger.queries import book_called
from laar.ledger.queries.exports import EXPORTS

NAME = "export"
HELP = "write a complete book as a file that hledger or Beancount reads and recomputes"

DONE = Name(en="Written: {file}", km="បានសរសេរ៖ {file}")


def options(parser: argparse.ArgumentParser) -> None:
    """In which format, which book, up to which day, where to."""
    parser.add_argument("format", choices=tuple(EXPORTS))
    parser.add_argument("--book", required=True, metavar="BOOK", help="the code of the book, as `/books/` shows it")
    parser.add_argument("--to", type=date.fromisoformat, metavar="DAY", help="up to the end of this day; default: all")
    parser.add_argument("--out", type=Path, metavar="FILE", help="default: it is printed")
    parser.add_argument("--programme", default="", metavar="CODE")


def run(options: argparse.Namespace) -> int:
    """Write it."""
    need_programme()
    book = book_called(programme_of(options.programme), options.book)
    make, _ending = EXPORTS[options.format]
    lines = make(book, options.to, f"{settings.LAAR_PUBLIC_URL}/records/entry/")
    if options.out is None:
        sys.stdout.writelines(_ended(lines))
        return 0
    try:
        with options.out.open("w", encoding="utf-8") as file:
            file.writelines(_ended(lines))
    except OSError as error:
        raise Refusal("sheet.not_written", file=options.out, why=error.strerror) from error
    print(DONE.format(file=options.out).say(options.lang))
    return 0


def _ended(lines: Iterator[str]) -> Iterator[str]:
    return (f"{line}\n" for line in lines)
