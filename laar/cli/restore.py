"""`laar restore FILE`: make a house from a backup, in an empty home."""

from __future__ import annotations

import argparse
from pathlib import Path

from laar.base.archive import restore
from laar.base.proofs import remember
from laar.cli import verify
from laar.cli.home import home
from laar.kit.names import Name

NAME = "restore"
HELP = "make a house from a backup, in an empty home (LAAR_HOME), and verify it"

DONE = Name(
    en="Restored from the backup of {made_at} into {home}.",
    km="បានស្ដារពីការបម្រុងទុកថ្ងៃ {made_at} ទៅ {home}។",
)


def options(parser: argparse.ArgumentParser) -> None:
    """Where from."""
    parser.add_argument("file", type=Path, metavar="FILE")


def run(options: argparse.Namespace) -> int:
    """Restore it and verify what came out; exit code 1 where a fault is found."""
    archive = restore(options.file)
    print(DONE.format(made_at=archive.made_at, home=home()).say(options.lang))
    faults = verify.run(options)
    remember("restore", is_good=not faults, files=len(archive.members))
    return faults
