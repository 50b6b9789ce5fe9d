"""`laar audit-pack FILE.zip`: a sample of entries with every paper behind them, and what is missing said by name."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from laar.base.clock import today
from laar.base.queries import programme_of, user_called
from laar.cli.home import need_programme
from laar.kit.names import Name
from laar.ledger.queries import book_called
from laar.ledger.queries.books import account_in, heading_called
from laar.ledger.queries.sample import Wanted
from laar.ledger.rules.sampling import HOW
from laar.reports.actions import issue_audit_pack

NAME = "audit-pack"
HELP = "draw a sample of entries and pack every paper behind them, with what is missing named"

DONE = Name(
    en="{file}: {entries} entries, {missing} things missing, sha256 {digest}. Unpack it and open index.html.",
    km="{file}៖ ការចុះបញ្ជី {entries} ខ្វះ {missing} sha256 {digest}។ សូមពន្លា រួចបើក index.html។",
)


def options(parser: argparse.ArgumentParser) -> None:
    """Which book and days, what of it, how many, how drawn, by whom."""
    parser.add_argument("file", type=Path, metavar="FILE", help="a new file; one that is there is never overwritten")
    parser.add_argument("--book", required=True, metavar="BOOK")
    parser.add_argument("--since", type=date.fromisoformat, metavar="DAY")
    parser.add_argument("--until", type=date.fromisoformat, metavar="DAY", help="the last day")
    parser.add_argument("--account", default="", metavar="CODE")
    parser.add_argument("--heading", default="", metavar="CHART:CODE", help="a budget heading, with those below it")
    parser.add_argument("--size", type=int, default=25, metavar="N")
    parser.add_argument("--how", choices=tuple(HOW), default="largest")
    parser.add_argument(
        "--seed", default="", metavar="TEXT", help="for --how drawn: any word; it is printed in the pack"
    )
    parser.add_argument("--as", dest="by", required=True, metavar="USER", help="who makes it, and reads the papers")
    parser.add_argument("--reason", default="", metavar="TEXT", help="why originals that show persons are in it")
    parser.add_argument("--programme", default="", metavar="CODE")


def run(options: argparse.Namespace) -> int:
    """Make it."""
    need_programme()
    programme, by = programme_of(options.programme), user_called(options.by)
    book = book_called(programme, options.book)
    wanted = Wanted(
        options.size,
        options.how,
        options.seed,
        options.since,
        options.until,
        account_in(book, options.account) if options.account else None,
        heading_called(programme, options.heading) if options.heading else None,
    )
    pack = issue_audit_pack(
        book, wanted=wanted, lang=options.lang, to=options.file, reason=options.reason, by=by, on=today()
    )
    print(
        DONE.format(file=options.file, entries=pack.entries, missing=pack.missing, digest=pack.sha256).say(options.lang)
    )
    return 0
