"""Salaries of a month from a file: shared out by the hours, checked against the gross, one document over all lines."""

from __future__ import annotations

from datetime import date

import pytest

from laar.base.guard import open_door
from laar.base.queries import evidence_of
from laar.kit.names import Name
from laar.ledger.actions import allocate_salary, keep_mapping
from laar.ledger.models import Budget, BudgetLine, ColumnMapping, Document, Heading
from laar.ledger.queries import amount_of, balance, lines_of, salaries_in
from laar.ledger.rules import SALARY_COLUMNS
from tests.ledger.papers import Office, office
from tests.refused import refused, refused_without_trace
from tests.world import World, eur

HEAD = "person,budget line,hours,gross,amount\n"
BY_HOURS = {key: SALARY_COLUMNS[key] for key in ("person", "line", "hours", "gross")}
MARCH = "Dara,1.1.1,,600.00,400.00\nDara,1.1.2,,600.00,200.00\nChan,1.1.1,,,150.00\n"


@pytest.fixture
def here(world: World) -> Office:
    there = office(world)
    with open_door():
        heading = Heading.objects.create(
            programme=world.programme, chart="eu", code="1.1", position=1, name_en="Salaries"
        )
        budget = Budget.objects.create(
            programme=world.programme, fund=world.fund, code="B1", name_en="Budget", chart="eu", currency="EUR",
            since=date(2008, 1, 1), until=date(2009, 1, 1),
        )  # fmt: skip
        for code in ("1.1.1", "1.1.2"):
            BudgetLine.objects.create(
                programme=world.programme, budget=budget, code=code, heading=heading, name_en=f"Staff {code}"
            )
    return there


def read(here: Office, text: str, columns: dict[str, str] | None = None):
    mapping = ColumnMapping(kind="salary", columns=columns, written={"decimal": "."}) if columns else None
    content = (HEAD + text).encode()
    return salaries_in(here.world.programme, content, file="march.csv", mapping=mapping, currency="EUR")


def allocated(here: Office, text: str, on: date | None = None) -> Document:
    world = here.world
    return allocate_salary(
        world.book,
        (HEAD + text).encode(),
        file="march.csv",
        mapping=None,
        currency="EUR",
        cost=here.accounts["cost"],
        owed=here.accounts["owed"],
        text=Name("Salaries of March 2008"),
        timesheets=world.paper(by=world.finance),
        by=world.finance,
        on=on or world.day,
    )


def sentences(found) -> list[str]:
    return [one.no.code for one in found.wrong]


def test_the_gross_salary_is_shared_out_by_the_hours_to_the_cent(here):
    found = read(here, "Dara,1.1.1,100,1000.00,\nDara,1.1.2,50,1000.00,\n", BY_HOURS)
    assert [one.amount for one in found.rows] == [eur("666.67"), eur("333.33")]
    assert (found.total, found.wrong) == (eur("1000"), [])


def test_amounts_that_do_not_come_to_the_gross_are_named(here):
    found = read(here, "Dara,1.1.1,,500.00,300.00\nDara,1.1.2,,500.00,199.99\n")
    assert sentences(found) == ["salary.sum"]
    assert "EUR 499.99" in found.wrong[0].no.text.en


def test_every_row_that_cannot_be_taken_has_its_sentence(here):
    found = read(
        here,
        "Dara,9.9,,,10\nDara,1.1.1,many,,10\nDara,1.1.1,,,ten\nChan,1.1.1,,,6.848\n,1.1.1,,,5\nSok,1.1.1,,,-5\n"
        "Nary,1.1.1,10,,\nMom,1.1.1,1,100,\nMom,1.1.2,1,90,\n",
    )
    assert [(one.row, one.no.code) for one in found.wrong] == [
        (2, "salary.line_unknown"),
        (3, "salary.hours"),
        (4, "file.value"),
        (5, "file.ambiguous"),
        (6, "salary.nobody"),
        (7, "salary.negative"),
        (8, "salary.amount"),
        (10, "salary.gross"),
    ]
    assert "Line 2" in found.wrong[0].no.text.en


def test_a_mapping_without_amounts_or_hours_is_refused(here):
    columns = {"person": "person", "line": "budget line", "gross": "gross"}
    with refused_without_trace("salary.way"):
        keep_mapping(
            here.world.programme, "salary", "Ours", columns=columns, written={"decimal": "."}, by=here.world.finance,
            on=here.world.day,
        )  # fmt: skip


def test_a_file_whose_column_changed_is_refused_by_its_name(here):
    with refused("sheet.columns") as no:
        read(here, "Dara,1.1.1,,,1\n", {**SALARY_COLUMNS, "line": "Code"})
    assert "Code" in no.value.text.en


def test_one_document_stands_over_all_lines_and_what_is_owed(here):
    document = allocated(here, MARCH)
    assert (document.number, amount_of(document)) == ("SV-2008-0001", eur("750"))
    assert [(one.line.code if one.line else "", one.amount) for one in lines_of(document)] == [
        ("1.1.1", eur("550")),
        ("1.1.2", eur("200")),
        ("", -eur("750")),
    ]
    assert document.basis.startswith("march.csv, SHA-256 ")
    papers = {one.role: one.evidence.is_personal for one in evidence_of(document)}
    assert papers["salary_file"]
    assert "timesheet" in papers
    here.posted(document)
    assert balance(here.accounts["owed"]) == -eur("750")


def test_a_file_is_charged_once_in_a_month_and_once_more_in_the_next(here):
    first = allocated(here, MARCH)
    with refused_without_trace("salary.twice") as no:
        allocated(here, MARCH)
    assert no.value.facts["document"] == first.number
    assert allocated(here, MARCH, on=date(2008, 4, 30)).number == "SV-2008-0002"


def test_a_file_with_one_wrong_row_is_not_taken_at_all(here):
    with refused("salary.line_unknown"):
        allocated(here, "Dara,1.1.1,,,10\nDara,7,,,10\n")
    assert not Document.objects.exists()
