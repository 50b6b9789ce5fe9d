"""`laar demo`: load the demonstration into an empty home, or go on where a load was interrupted."""

from __future__ import annotations

import argparse
import sys
from datetime import date

from laar.base.models import Programme
from laar.cli.home import home, prepare
from laar.demo.cast import CODE
from laar.demo.story import is_told, tell
from laar.demo.teller import Teller
from laar.kit.names import Name
from laar.kit.refusals import Refusal, refusal

NAME = "demo"
HELP = "load the demonstration programme into an empty home"

refusal(
    "demo.home_not_empty",
    en="{home} holds another programme; the demonstration is only loaded into an empty home. Name one with LAAR_HOME.",
    km="{home} មានកម្មវិធីផ្សេងរួចហើយ; ការបង្ហាញបញ្ចូលបានតែក្នុងថតទទេ។ សូមកំណត់ថតដោយ LAAR_HOME។",
)
LOADING = Name(en="Loading the demonstration", km="កំពុងបញ្ចូលការបង្ហាញ")
LOADED = Name(
    en="The demonstration is loaded: synthetic rows; only the form and the words are those of the published sheet.",
    km="ការបង្ហាញត្រូវបានបញ្ចូល៖ ទិន្នន័យសំយោគ; មានតែទម្រង់ និងពាក្យជារបស់សន្លឹកដែលបានផ្សព្វផ្សាយ។",
)


def options(parser: argparse.ArgumentParser) -> None:
    """It takes nothing more."""


def run(options: argparse.Namespace) -> int:
    """Load it."""
    prepare()
    if Programme.objects.exclude(code=CODE).exists():
        raise Refusal("demo.home_not_empty", home=home())
    if not is_told():
        load(options.lang)
    print(LOADED.say(options.lang))
    return 0


def is_needed() -> bool:
    """Whether the home is empty, or holds a demonstration whose load was interrupted."""
    return not is_told() and not Programme.objects.exclude(code=CODE).exists()


def load(lang: str) -> None:
    """Tell the story, with the day on which it is."""
    show = sys.stderr.isatty()

    def heard(day: date, done: int) -> None:
        if show and done % 5 == 0:
            print(f"\r{LOADING.say(lang)}: {day}, {done} ", end="", file=sys.stderr, flush=True)

    tell(Teller(heard=heard))
    if show:
        print(file=sys.stderr)
