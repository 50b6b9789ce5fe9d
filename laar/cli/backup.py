"""`laar backup FILE`: everything in one file that checks itself."""

from __future__ import annotations

import argparse
from pathlib import Path

from laar.base.archive import back_up
from laar.base.proofs import remember
from laar.cli.home import need_programme
from laar.kit.names import Name

NAME = "backup"
HELP = "write everything into one file that checks itself"

DONE = Name(
    en="{file}: {size:,.1f} MB, {count} files, read back and found whole. Put it where the machine is not.",
    km="{file}៖ {size:,.1f} MB, {count} ឯកសារ បានពិនិត្យឡើងវិញ។ សូមទុកវានៅកន្លែងផ្សេងពីម៉ាស៊ីន។",
)


def options(parser: argparse.ArgumentParser) -> None:
    """Where to."""
    parser.add_argument("file", type=Path, metavar="FILE")


def run(options: argparse.Namespace) -> int:
    """Write it."""
    need_programme()
    archive = back_up(options.file)
    remember("backup", is_good=True, files=len(archive.members))
    size = options.file.stat().st_size / 2**20
    print(DONE.format(file=options.file, size=size, count=len(archive.members)).say(options.lang))
    return 0
