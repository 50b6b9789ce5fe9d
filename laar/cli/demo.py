"""`laar demo`: load the demonstration into an empty home, or go on where a load was interrupted."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from datetime import date

from laar.base.models import Programme
from laar.cli.home import home, prepare
from laar.demo.cast import CODE
from laar.demo.progress import Progress, note
from laar.demo.story import communes, is_told, tell, told_communes
from laar.demo.teller import Teller
from laar.kit.names import Name
from laar.kit.refusals import Refusal, refusal

NAME = "demo"
HELP = "load the demonstration programme into an empty home"

refusal(
    "demo.other_part",
    en="{home} holds the demonstration of {count} communes already; a story is not told twice in one home. Take an empty one.",
    km="{home} មានការបង្ហាញនៃឃុំ {count} រួចហើយ; រឿងមួយមិនប្រាប់ពីរដងក្នុងផ្ទះតែមួយទេ។ សូមប្រើផ្ទះទទេ។",
)
refusal(
    "demo.home_not_empty",
    en="{home} holds another programme; the demonstration is only loaded into an empty home. Name one with LAAR_HOME.",
    km="{home} មានកម្មវិធីផ្សេងរួចហើយ; ការបង្ហាញបញ្ចូលបានតែក្នុងថតទទេ។ សូមកំណត់ថតដោយ LAAR_HOME។",
)
refusal(
    "demo.stops",
    en="The demonstration in {home} stops on {day}, to practise on. Take another home for the whole story.",
    km="ការបង្ហាញក្នុង {home} ឈប់នៅ {day} សម្រាប់ហាត់។ សូមប្រើផ្ទះផ្សេងសម្រាប់រឿងទាំងមូល។",
)
#: Where it is kept that a story stops before its end.
STOPS = "demonstration.until"
LOADING = Name(en="Loading the demonstration", km="កំពុងបញ្ចូលការបង្ហាញ")
LOADED = Name(
    en="The demonstration is loaded: synthetic rows; only the totals are those of the published sheet.",
    km="ការបង្ហាញត្រូវបានបញ្ចូល៖ ទិន្នន័យសំយោគ; មានតែចំនួនសរុបជារបស់សន្លឹកដែលបានផ្សព្វផ្សាយ។",
)


def options(parser: argparse.ArgumentParser) -> None:
    """What it takes."""
    parser.add_argument(
        "--communes",
        nargs="+",
        default=[],
        choices=communes(),
        metavar="CODE",
        help="only what happens in these communes: a part of the story, for a trial",
    )
    parser.add_argument(
        "--until",
        type=date.fromisoformat,
        default=date.max,
        metavar="DAY",
        help="only what happened until a day (2009-03-10): a programme in the middle of its work, to practise on",
    )


def run(options: argparse.Namespace) -> int:
    """Load it."""
    prepare()
    if Programme.objects.exclude(code=CODE).exists():
        raise Refusal("demo.home_not_empty", home=home())
    there = told_communes()
    if is_told() and there != set(options.communes or communes()):
        raise Refusal("demo.other_part", home=home(), count=len(there))
    if not is_told():
        if _stops() and options.until == date.max:
            raise Refusal("demo.stops", home=home(), day=_stops())
        load(options.lang, options.communes, options.until)
    print(LOADED.say(options.lang))
    return 0


def is_needed() -> bool:
    """Whether the home is empty, or holds a demonstration whose load was interrupted."""
    return not is_told() and not _stops() and not Programme.objects.exclude(code=CODE).exists()


def _stops() -> str:
    """The day at which the story in this home was told to stop, once it is told so far; empty where there is none."""
    file = home() / STOPS
    return file.read_text(encoding="utf-8") if file.exists() else ""


def load(lang: str, only: Sequence[str] = (), until: date = date.max) -> None:
    """Tell the story, with a line, and a file for the pages, that say how much of it is told."""
    shown = -1

    def heard(day: date, percent: int) -> None:
        nonlocal shown
        if percent == shown:
            return
        shown = percent
        note(Progress(os.getpid(), percent, day.isoformat()))
        if not sys.stderr.isatty():
            return
        bar = "█" * (percent // 5) + "░" * (20 - percent // 5)
        print(f"\r{LOADING.say(lang)}: {bar} {percent:3} % ({day:%m/%Y}) ", end="", file=sys.stderr, flush=True)

    tell(Teller(heard=heard, until=until), only)
    if until != date.max:
        (home() / STOPS).write_text(until.isoformat(), encoding="utf-8")
    if sys.stderr.isatty():
        print(file=sys.stderr)
