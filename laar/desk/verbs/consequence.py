"""What an action will change, told by the action itself: it is rehearsed and undone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from laar.base.act import actions, rehearse
from laar.base.readers import Eyes
from laar.base.signatures import takes
from laar.desk.verbs.composite import Papers
from laar.desk.verbs.form import DeedForm
from laar.desk.verbs.prefill import as_it_is
from laar.desk.verbs.questions import About
from laar.kit.refusals import Refusal
from laar.results.changes import Told, told

#: What is refused because the papers are not sent yet: the form asks for them.
PAPER_MISSING = frozenset({"event.proof_missing", "project.paper_missing"})


@dataclass(frozen=True, slots=True)
class Consequence:
    """What will change; or why it is not possible now."""

    changes: list[Told]
    refusal: Refusal | None = None


def consequence(about: About, form: DeedForm, eyes: Eyes) -> Consequence | None:
    """Rehearse a verb that asks nothing but the date and its papers; None where more has to be said first."""
    papers = {name for name, question in form.questions.items() if isinstance(question, Papers)}
    if about.record is None or about.record == about.programme or set(form.questions) != {"on"} | papers:
        return None
    more: dict[str, Any] = {"seen": None} if takes(about.verb, "seen") else {}
    more |= {name: {} for name in papers}
    try:
        changes = rehearse(
            lambda: actions()[about.verb](about.record, by=about.user, on=as_it_is(about)["on"], **more),
            lambda lines: told(lines, eyes),
        )
    except Refusal as no:
        return None if papers and no.code in PAPER_MISSING else Consequence([], no)
    return Consequence(changes)
