"""`laar trace FIGURE`: open a number down to the files that prove it."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from laar.base.queries import programme_of
from laar.cli.home import need_programme
from laar.kit.figures import Scope, figure_of
from laar.kit.names import Name, name_of
from laar.results.queries import Trace, Traced, trace

NAME = "trace"
HELP = "open a figure: its rule, its records, and the files that prove them"

RECORDS = Name(en="{count} records", km="កំណត់ត្រា {count}")
PERSONAL = Name(en="shows persons", km="បង្ហាញបុគ្គល")
NOTHING = Name(en="no record yet", km="មិនទាន់មានកំណត់ត្រា")


def options(parser: argparse.ArgumentParser) -> None:
    """Which figure, of which programme."""
    parser.add_argument("figure", metavar="FIGURE", help="as the sheet names it: oa.support, 'oa.plans?year=2008'")
    parser.add_argument("--programme", default="", metavar="CODE")


def run(options: argparse.Namespace) -> int:
    """Print the tree."""
    need_programme()
    key, _, query = options.figure.partition("?")
    figure = figure_of(key, Scope.asked(programme_of(options.programme), query))
    for line in _tree(trace(figure), options.lang):
        print(line)
    return 0


def _tree(opened: Trace, lang: str, indent: str = "") -> Iterator[str]:
    figure = opened.figure
    unit = f"{figure.currency} " if figure.currency else ""
    yield f"{indent}{figure.id} = {unit}{figure.figure}  {figure.label.say(lang)}"
    yield f"{indent}  {figure.rule.say(lang)}"
    for part in opened.parts:
        yield from _tree(part, lang, indent + "  ")
    if opened.parts:
        return
    count = len(opened.records)
    yield f"{indent}  {RECORDS.format(count=count).say(lang) if count else NOTHING.say(lang)}"
    for record in opened.records:
        yield from _record(record, lang, indent + "  ")


def _record(traced: Traced, lang: str, indent: str) -> Iterator[str]:
    label = f"{traced.record._meta.label_lower} {traced.record.pk}"
    yield f"{indent}├ {traced.adds:>12}  {traced.name.say(lang)}  [{label}]"
    for stretch in traced.way:
        names = "; ".join(name_of(record).say(lang) for record in stretch.records)
        yield f"{indent}│   {stretch.name.say(lang)}: {names}"
    for role, evidence in traced.evidence:
        mark = f"  ({PERSONAL.say(lang)})" if evidence.is_personal else ""
        yield f"{indent}│   ▣ {role}: {evidence.name.say(lang)}{mark}  sha256:{evidence.sha256[:16]}…"
