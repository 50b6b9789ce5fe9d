import ast
import pkgutil
import re
from importlib import import_module
from pathlib import Path
from string import Formatter

import pytest
from django.apps import apps
from django.db import DatabaseError

import laar
from laar.base.complaints import refusal_for
from laar.base.trail_triggers import TRIGGERS as TRAIL
from laar.base.triggers import Trigger
from laar.kit.names import Name
from laar.kit.refusals import Refusal, catalogue, refusal
from laar.ledger.triggers import TRIGGERS as BOOKS
from laar.reports.triggers import TRIGGERS as REPORTS

LAAR = Path(laar.__file__).parent
for found in pkgutil.walk_packages(laar.__path__, "laar."):
    if "migrations" not in found.name and found.name not in ("laar.urls", "laar.wsgi"):
        import_module(found.name)  # a door declares refusals, too, and Django does not load it
BY_CODE = {reason.code: reason for reason in catalogue()}
#: Words that tell the reader to do something; a sentence of the catalogue has one of them.
IMPERATIVES = re.compile(
    r"\b(add|ask|attach|bring|cancel|change|check|choose|compare|convert|correct|do|end|enter|fill|free|give|keep|leave|"
    r"load|look|make|mark|name|open|put|record|refuse|save|say|scan|send|settle|sign|take|try|use|write)\b",
    re.IGNORECASE,
)
SECOND_CLAUSE = re.compile(r"[.;:] +\S")


def facts_of(sentence):
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def says_what_to_do(sentence):
    """It tells what to do, or adds in a second clause when it may be done: what is wrong is not enough."""
    return bool(SECOND_CLAUSE.search(sentence) or IMPERATIVES.match(sentence))


#: What raises a refusal, or makes a guard that does.
RAISING = ("Refusal", "with_a_reason")


def raised(root):
    """Every `Refusal("code", fact=…)` and `with_a_reason("code")` of a tree: file, line, code, facts."""
    for file in sorted(root.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in RAISING:
                code = node.args[0]
                if isinstance(code, ast.Constant):
                    # A guard that asks for a reason names the record by itself.
                    brought = {"record"} if node.func.id == "with_a_reason" else set()
                    yield f"{file.name}:{node.lineno}", code.value, brought | {word.arg for word in node.keywords}


def wrong_raises(root):
    for where, code, facts in raised(root):
        if code not in BY_CODE:
            yield f"{where}: {code} is not in the catalogue"
        elif None not in facts and facts_of(BY_CODE[code].text.en) - facts:
            yield f"{where}: {code} is raised without {facts_of(BY_CODE[code].text.en) - facts}"


def test_every_refusal_is_said_in_both_languages_with_the_same_facts():
    for reason in catalogue():
        assert reason.text.en, reason.code
        assert re.search(r"[\u1780-\u17ff]", reason.text.km), reason.code
        assert facts_of(reason.text.en) == facts_of(reason.text.km), reason.code


def test_every_refusal_says_what_to_do():
    assert [reason.code for reason in catalogue() if not says_what_to_do(reason.text.en)] == []


def test_a_sentence_that_only_says_no_is_found():
    assert not says_what_to_do("This person is on the list already.")
    assert not says_what_to_do("{plan} can't be closed while {project} is not settled.")
    assert says_what_to_do("It is closed. Open it again.")
    assert says_what_to_do("Say why the voucher is refused.")


def test_every_refusal_has_a_status_and_an_exit_code_that_mean_no():
    for reason in catalogue():
        assert 400 <= reason.status < 600, reason.code
        assert reason.exit > 0, reason.code


def test_every_refusal_is_raised_with_the_facts_that_its_sentence_names():
    assert list(wrong_raises(LAAR)) == []


def test_a_refusal_raised_without_a_fact_is_found(tmp_path):
    (tmp_path / "planted.py").write_text(
        'raise Refusal("day.not_yet", on=1)\nraise Refusal("no.such")\nraise Refusal("day.not_yet", on=1, today=2)\n'
    )
    found = list(wrong_raises(tmp_path))
    assert len(found) == 2
    assert "without {'today'}" in found[0]
    assert "no.such is not in the catalogue" in found[1]


def test_every_refusal_is_raised_somewhere():
    by_name = {code for _, code, _ in raised(LAAR)} | {trigger.refusal for trigger in [*TRAIL, *BOOKS, *REPORTS]}
    by_constraint = {rule.violation_error_code for model in apps.get_models() for rule in model._meta.constraints}
    by_the_database = {"record.already_there", "record.invalid"}
    assert set(BY_CODE) - by_name - by_constraint - by_the_database == set()


def test_what_a_trigger_refuses_needs_no_facts():
    for trigger in [*TRAIL, *BOOKS, *REPORTS]:
        assert isinstance(trigger, Trigger)
        assert facts_of(BY_CODE[trigger.refusal].text.en) == set(), trigger.name


def test_what_a_constraint_refuses_can_be_said():
    for model in apps.get_models():
        for rule in model._meta.constraints:
            if rule.violation_error_code:
                no = refusal_for(DatabaseComplaint(rule.name), model(pk=1))
                assert no is not None
                assert no.code == rule.violation_error_code
                assert no.text.en, rule.name


class DatabaseComplaint(DatabaseError):
    """What a driver says, with the name of a constraint in it."""

    def __init__(self, rule):
        super().__init__(f'violates constraint "{rule}"')


def test_a_refusal_shows_its_facts_in_each_language():
    no = Refusal(
        "state.no_such_step", record=Name("Plan", "ផែនការ"), state=Name("Draft", "ព្រាង"), verb="x", possible="y"
    )
    assert "Plan is Draft" in no.text.en
    assert "ផែនការ" in no.text.km
    assert str(no).endswith("[state.no_such_step]")
    assert no.status == 409


def test_a_code_is_declared_once():
    with pytest.raises(ValueError, match="declared twice"):
        refusal("day.not_yet", en="x", km="x")


def test_a_code_that_is_not_in_the_catalogue_is_a_mistake_of_the_programme():
    with pytest.raises(KeyError):
        Refusal("no.such")
