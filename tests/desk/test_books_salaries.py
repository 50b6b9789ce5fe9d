"""Salaries from a file on the desk: looked at first, then prepared; whoever is no finance officer has no such page."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from laar.ledger.models import Document
from tests.desk.clients import client_of
from tests.ledger.papers import Office
from tests.ledger.test_salaries import here  # noqa: F401 - a fixture, found here by pytest
from tests.shared import shared, world  # noqa: F401 - fixtures, found here by pytest
from tests.world import PNG

RIGHT = "person,budget line,amount\nDara,1.1.1,400.00\nDara,1.1.2,200.00\n"


def sent(here: Office, text: str, button: str, **more: object):  # noqa: F811
    page = client_of("finance").get("/books/salaries/").content.decode()
    nonce = re.search(r'name="nonce" value="([^"]+)"', page)
    assert nonce
    data = {
        "nonce": nonce[1],
        "on": here.world.day.isoformat(),
        "text-en": "Salaries of March 2008",
        "file": SimpleUploadedFile("march.csv", text.encode()),
        "cost": str(here.accounts["cost"].pk),
        "owed": str(here.accounts["owed"].pk),
        button: "",
        **more,
    }
    return client_of("finance").post("/books/salaries/", data)


def test_the_file_is_looked_at_and_nothing_is_written(here: Office) -> None:  # noqa: F811
    page = sent(here, RIGHT, "check").content.decode()
    assert "400.00" in page
    assert "600.00" in page
    assert not Document.objects.exists()


def test_every_wrong_row_is_named_and_nothing_is_prepared(here: Office) -> None:  # noqa: F811
    answer = sent(here, RIGHT + "Chan,9.9,1.00\n", "prepare")
    assert answer.status_code == 422
    assert "Line 4: there is no budget line 9.9" in answer.content.decode()
    assert not Document.objects.exists()


@pytest.mark.parametrize("with_paper", [False, True])
def test_it_is_prepared_with_the_signed_timesheets_only(here: Office, with_paper: bool) -> None:  # noqa: F811
    scan = SimpleUploadedFile("sheets.png", PNG + b"signed")
    paper = {"timesheets": scan, "timesheets-signed_by": "Dara"} if with_paper else {}
    answer = sent(here, RIGHT, "prepare", **paper)
    if with_paper:
        assert answer.status_code == 302, answer.content.decode()
        assert Document.objects.get().number == "SV-2008-0001"
    else:
        assert "signed timesheets are missing" in answer.content.decode()
        assert not Document.objects.exists()
