"""`laar verify`: is everything as it was recorded?"""

from __future__ import annotations

import argparse

from laar.base.proofs import remember
from laar.base.verify import extent, unwitnessed, verify
from laar.cli.home import need_programme
from laar.kit.names import Name

NAME = "verify"
HELP = "check that every record, seal, entry and file is as it was recorded"

CLEAN = Name(en="Everything is as it was recorded.", km="អ្វីៗទាំងអស់ដូចដែលបានកត់ត្រា។")
FAULTY = Name(
    en="{count} faults found. Keep this house as it is and ask for help.", km="រកឃើញកំហុស {count}។ សូមទុកប្រព័ន្ធដដែល ហើយសុំជំនួយ។"
)
UNWITNESSED = Name(
    en="Look at seal {seal}: it is not in the head file. Either the machine was stopped at that moment, or somebody wrote "
    "it past LAAR.",
    km="សូមពិនិត្យត្រាលេខ {seal}៖ វាមិនមានក្នុងឯកសារត្រាទេ។ ម៉ាស៊ីនអាចត្រូវបានបញ្ឈប់នៅពេលនោះ ឬមានអ្នកសរសេរក្រៅ LAAR។",
)


def options(parser: argparse.ArgumentParser) -> None:
    """It takes nothing more."""


def run(options: argparse.Namespace) -> int:
    """Run every check and name every fault; exit code 1 where there is one."""
    need_programme()
    count = 0
    for verdict in verify():
        print(f"{'✗' if verdict.faults else '✓'} {verdict.check:<30} {verdict.says}")
        for fault in verdict.faults:
            where = f"  [{fault.table} {fault.key}]" if fault.key else ""
            print(f"    {fault.text.say(options.lang)}{where}")
        count += len(verdict.faults)
    if seal := unwitnessed():
        print(UNWITNESSED.format(seal=seal).say(options.lang))
    looked_at = extent()
    remember("verify", is_good=not count, faults=count, **looked_at)
    print(", ".join(f"{number:,} {what}" for what, number in looked_at.items()))
    print(FAULTY.format(count=count).say(options.lang) if count else CLEAN.say(options.lang))
    return 1 if count else 0
