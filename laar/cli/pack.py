"""`laar pack FILE.zip`: a trace pack, the sheet with everything behind it, for one reader, to be opened without LAAR."""

from __future__ import annotations

import argparse
from pathlib import Path

from laar.base.clock import today
from laar.base.models import Programme
from laar.base.queries import programme_of, user_called
from laar.base.trail import seal_trail
from laar.cli.home import need_programme
from laar.kit.names import Name
from laar.reports.actions import issue_pack
from laar.reports.documents import documents_of
from laar.reports.factsheet import sheet_of
from laar.reports.rules import LEVELS
from laar.reports.tracepack.pack import eyes_for

NAME = "pack"
HELP = "make a trace pack: every number down to its papers, in a file that opens without LAAR"

DONE = Name(
    en="{file}: {size:,.1f} MB, sha256 {digest}. Unpack it and open index.html.",
    km="{file}៖ {size:,.1f} MB, sha256 {digest}។ សូមពន្លា រួចបើក index.html។",
)


def options(parser: argparse.ArgumentParser) -> None:
    """For whom, by whom, why, where to; `--lang` is also the language of the pack."""
    parser.add_argument("file", type=Path, metavar="FILE", help="a new file; one that is there is never overwritten")
    parser.add_argument("--for", dest="level", choices=tuple(LEVELS), required=True, help="who reads it")
    parser.add_argument("--as", dest="by", required=True, metavar="USER", help="who makes it")
    parser.add_argument(
        "--reason", default="", metavar="TEXT", help="why; needed where originals show persons (office)"
    )
    parser.add_argument("--programme", default="", metavar="CODE")


def run(options: argparse.Namespace) -> int:
    """Make it."""
    need_programme()
    programme, by = programme_of(options.programme), user_called(options.by)
    seal_trail()  # the pack names the last seal: on PostgreSQL what was just written may wait for its own
    pack = issue_pack(
        programme,
        level=options.level,
        lang=options.lang,
        reason=options.reason,
        to=options.file,
        documents=_documents(programme, options.level, options.lang),
        by=by,
        on=today(),
    )
    done = DONE.format(file=options.file, size=pack.size / 2**20, digest=pack.sha256)
    print(done.say(options.lang))
    return 0


def _documents(programme: Programme, level: str, lang: str) -> dict[str, bytes]:
    """The sheet as PDF and Word, as the reader of the pack may see it."""
    sheet = sheet_of(programme)
    return documents_of(sheet, lang, eyes_for(level, programme), today()) if sheet else {}
