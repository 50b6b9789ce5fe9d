"""Salaries from a file on the desk: every row is looked at first, then it is prepared; only a finance officer has the page."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from laar.ledger.models import ColumnMapping, Document
from tests.desk.clients import client_of
from tests.ledger.papers import Office
from tests.ledger.test_salaries import here  # noqa: F401 - a fixture, found here by pytest
from tests.shared import shared, shared_world  # noqa: F401 - fixtures, found here by pytest
from tests.world import PNG

PATH = "/books/salaries/"
RIGHT = "person,budget line,amount\nDara,1.1.1,400.00\nDara,1.1.2,200.00\n"


def looked_at(content: bytes, name: str = "march.csv", **more: object) -> str:
    """Send a file, and get the page that says what it would do."""
    finance = client_of("finance")
    answer = finance.post(PATH, {"file": SimpleUploadedFile(name, content), "currency": "EUR", "look": "", **more})
    assert answer.status_code == 302, answer.content.decode()
    return finance.get(answer["Location"].partition("#")[0]).content.decode()


def prepare(here: Office, page: str, **more: object) -> Any:  # noqa: F811
    """Press the button of that page."""
    hidden = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page))
    hidden.pop("csrfmiddlewaretoken", None)
    data = {
        **hidden,
        "on": here.world.day.isoformat(),
        "text-en": "Salaries of March 2008",
        "cost": str(here.accounts["cost"].pk),
        "owed": str(here.accounts["owed"].pk),
        "prepare": "prepare",
        **more,
    }
    return client_of("finance").post(PATH, data)


def signed() -> dict[str, object]:
    """The signed timesheets."""
    return {"timesheets": SimpleUploadedFile("sheets.png", PNG + b"signed"), "timesheets-signed_by": "Dara"}


def test_the_file_is_looked_at_and_nothing_is_written(here: Office) -> None:  # noqa: F811
    page = looked_at(RIGHT.encode())
    assert "400.00" in page
    assert "600.00" in page
    assert not Document.objects.exists()


def test_every_wrong_row_is_named_and_nothing_can_be_prepared(here: Office) -> None:  # noqa: F811
    page = looked_at(f"{RIGHT}Chan,9.9,1.00\nSok,1.1.1,ten\n".encode())
    assert "there is no budget line 9.9" in page
    assert "“ten” can&#x27;t be read as an amount in EUR" in page
    assert 'name="prepare"' not in page


@pytest.mark.parametrize("with_paper", [False, True])
def test_it_is_prepared_with_the_signed_timesheets_only(here: Office, with_paper: bool) -> None:  # noqa: F811
    answer = prepare(here, looked_at(RIGHT.encode()), **(signed() if with_paper else {}))
    if with_paper:
        assert answer.status_code == 302, answer.content.decode()
        assert Document.objects.get().number == "SV-2008-0001"
    else:
        assert "Scan or photo: signed timesheets: This is needed." in answer.content.decode()
        assert not Document.objects.exists()


def test_a_second_press_of_the_button_leads_to_the_same_document(here: Office) -> None:  # noqa: F811
    page = looked_at(RIGHT.encode())
    first = prepare(here, page, **signed())
    assert prepare(here, page, **signed())["Location"] == first["Location"]
    answer = prepare(here, looked_at(RIGHT.encode()), **signed())
    assert "This file became SV-2008-0001 already" in answer.content.decode()
    assert 'name="timesheets-kept"' in answer.content.decode()
    assert Document.objects.count() == 1


def test_columns_called_otherwise_are_said_once(here: Office) -> None:  # noqa: F811
    finance, columns = client_of("finance"), "/books/salaries/columns/"
    nonce = re.search(r'name="nonce" value="([^"]+)"', finance.get(columns).content.decode())
    assert nonce
    said = {"column-person": "Name", "column-line": "Code", "column-gross": "Salary", "column-hours": "Hours"}
    answer = finance.post(columns, {"nonce": nonce[1], "label": "Payroll", "decimal": ",", **said})
    assert answer["Location"].startswith(PATH)
    kept = ColumnMapping.objects.get(label="Payroll")
    content = b"Payroll;March;;\nName;Code;Salary;Hours\nDara;1.1.1;1.000,00;100\nDara;1.1.2;1.000,00;50\n"
    page = looked_at(content, mapping=str(kept.pk))
    assert "666.67" in page
    assert "333.33" in page
