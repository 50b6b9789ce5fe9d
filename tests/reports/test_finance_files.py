"""The financial report as a spreadsheet and on paper: the same numbers, sums that a spreadsheet can reckon again."""

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook

from laar.base.readers import eyes_of
from laar.kit.money import SCALE
from laar.reports.finance.annex import annex_of
from laar.reports.finance.cells import Statement
from laar.reports.finance.grid import Form
from laar.reports.finance.pdf import as_pdf
from laar.reports.finance.statement import statement_of
from laar.reports.finance.xlsx import as_xlsx
from tests.reports.budgets import budgeted, costs, explain_all, prepared, spend
from tests.world import World


@pytest.fixture
def statement(world: World) -> Statement:
    for month in range(3, 9):
        costs(world, "KHR", "5437.125", date(2007, month, 1))
    budget = budgeted(world, "period_mean")
    for month in range(3, 9):
        spend(world, budget, "1.1.1", "KHR 310007", date(2007, month, 9))
        spend(world, budget, "2.1", "EUR 12.34", date(2007, month, 9))
    report = prepared(world, budget)
    explain_all(world, report)
    return statement_of(report)


def form(world: World, statement: Statement, lang: str = "en") -> Form:
    return annex_of(statement, lang, eyes=eyes_of(world.finance), on=world.day)


def test_the_spreadsheet_has_the_sheets_of_the_form_in_both_languages(world: World, statement: Statement) -> None:
    english = CalamineWorkbook.from_filelike(BytesIO(as_xlsx(form(world, statement)))).sheet_names
    khmer = CalamineWorkbook.from_filelike(BytesIO(as_xlsx(form(world, statement, "km")))).sheet_names
    assert english == ["Cover", "Budget and report", "By currency", "Sources of funding", "Expenditure", "Forecast"]
    assert len(khmer) == 6
    assert not set(khmer) & set(english)


def test_the_total_of_the_sheet_is_that_of_the_statement(world: World, statement: Statement) -> None:
    book = CalamineWorkbook.from_filelike(BytesIO(as_xlsx(form(world, statement))))
    rows = book.get_sheet_by_name("Budget and report").to_python()
    head = next(row for row in rows if "This period" in row)
    total = next(row for row in rows if row[0] == "11")
    spent = total[head.index("This period")]
    assert round(float(spent) * SCALE) == statement.total.cells["period"].now.units
    listed = book.get_sheet_by_name("Expenditure").to_python()
    amounts = [row[8] for row in listed[4:-1]]
    assert round(sum(float(one) for one in amounts) * SCALE) == statement.total.cells["period"].now.units


def test_an_auditor_expects_sums_and_finds_formulas(world: World, statement: Statement) -> None:
    with ZipFile(BytesIO(as_xlsx(form(world, statement)))) as parts:
        sheet = parts.read("xl/worksheets/sheet2.xml").decode()
    assert "<f>SUM(F" in sheet
    assert re.search(r'paperSize="9"[^>]*orientation="landscape"', sheet)
    assert 'state="frozen"' in sheet


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not on this machine")
def test_another_program_reckons_the_same_sums(world: World, statement: Statement, tmp_path: Path) -> None:
    """The values kept beside the formulas are taken out, so that LibreOffice has to reckon every one of them."""
    whole, made = tmp_path / "whole.xlsx", tmp_path / "report.xlsx"
    whole.write_bytes(as_xlsx(form(world, statement)))
    with ZipFile(whole) as parts, ZipFile(made, "w") as bare:
        for name in parts.namelist():
            part = parts.read(name)
            bare.writestr(name, re.sub(rb"</f><v>[^<]*</v>", b"</f>", part) if "worksheets/" in name else part)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "ods", "--outdir", str(tmp_path), str(made)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    if not (tmp_path / "report.ods").exists():
        pytest.skip("this LibreOffice has no spreadsheet program")
    ours, theirs = CalamineWorkbook.from_path(whole), CalamineWorkbook.from_path(tmp_path / "report.ods")
    for name in ours.sheet_names:
        pairs = zip(_numbers(ours, name), _numbers(theirs, name), strict=True)
        assert all(abs(one - other) < 0.00005 for one, other in pairs), name


def _numbers(book: CalamineWorkbook, name: str) -> list[float]:
    return [cell for row in book.get_sheet_by_name(name).to_python() for cell in row if isinstance(cell, float)]


@pytest.mark.parametrize("lang", ["en", "km"])
def test_the_paper_is_set_and_the_same_twice(world: World, statement: Statement, lang: str) -> None:
    made = form(world, statement, lang)
    pdf = as_pdf(made)
    assert pdf.startswith(b"%PDF")
    assert pdf == as_pdf(made)
