"""The books on the desk: the hub, a statement and its files, the way down to the paper, the audit pack, other programs."""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from laar.ledger.actions import keep_mapping
from laar.ledger.models import Entry, JournalImport
from laar.reports.models import AuditPack
from tests.desk.clients import client_of
from tests.ledger.books import post
from tests.shared import shared, shared_world  # noqa: F401 - fixtures, found here by pytest
from tests.thread import Thread
from tests.world import World


def test_the_hub_says_that_the_trial_balance_is_zero_and_leads_on(world: World) -> None:
    post(world, "debit bank EUR 100", "credit income EUR 100")
    page = client_of("finance").get("/books/").content.decode()
    assert "is zero" in page
    for way in ("/books/statements/trial-balance/", "/books/audit/", "/books/elsewhere/", "/books/export/MAIN.hledger"):
        assert way in page
    assert "/books/export/" not in client_of("").get("/books/").content.decode()


def test_a_number_leads_down_to_its_entry_and_an_account_to_its_page(world: World) -> None:
    entry = post(world, "debit bank EUR 100", "credit income EUR 100")
    finance = client_of("finance")
    page = finance.get("/books/statements/trial-balance/?day=2008-12-31").content.decode()
    figure = re.search(r'href="([^"]*books\.balance[^"]*account=bank[^"]*)"', page)
    ledger = re.search(r'href="([^"]*/ledger/\?account=MAIN%3Abank[^"]*)"', page)
    assert figure
    assert ledger
    assert "100.00" in finance.get(figure[1].replace("&amp;", "&")).content.decode()
    opened = finance.get(ledger[1].replace("&amp;", "&")).content.decode()
    assert f"/records/entry/{entry.pk}/" in opened


def test_what_the_page_shows_is_in_the_workbook_and_on_paper(world: World) -> None:
    post(world, "debit bank EUR 1234.50", "credit income EUR 1234.50")
    finance = client_of("finance")
    sent = finance.get("/books/statements/trial-balance.xlsx")
    rows = CalamineWorkbook.from_filelike(BytesIO(b"".join(sent.streaming_content))).get_sheet_by_index(0).to_python()
    assert ["bank bank", "Asset", 1234.5, ""] in rows
    assert any("Debits and credits are equal" in str(cell) for row in rows for cell in row)
    for prefix in ("", "/km"):
        assert finance.get(f"{prefix}/books/statements/trial-balance.pdf").content.startswith(b"%PDF")


def test_a_statement_that_cant_be_read_says_why_and_keeps_what_was_typed(world: World) -> None:
    answer = client_of("finance").get("/books/statements/trial-balance/?day=31.3.2008")
    assert answer.status_code == 422
    assert "is no day" in answer.content.decode()
    assert 'value="31.3.2008"' in answer.content.decode()


def test_the_public_is_not_told_what_an_entry_is_about(world: World) -> None:
    post(world, "debit bank EUR 100", "credit income EUR 100", on=world.day)
    path = "/books/statements/journal/?book=MAIN&since="
    assert "Entry of a test" in client_of("finance").get(path).content.decode()
    assert "Entry of a test" not in client_of("").get(path).content.decode()


@pytest.mark.parametrize(
    "path", ["/books/", "/books/statements/journal/?since=", "/books/statements/ledger/?account=MAIN:bank"]
)
def test_pages_of_the_books_cost_the_same_with_one_entry_and_with_ten(world: World, path: str) -> None:
    finance = client_of("finance")

    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert finance.get(path).status_code == 200
        return len(captured)

    post(world, "debit bank EUR 100", "credit income EUR 100")
    cost()
    one = cost()
    for _ in range(9):
        post(world, "debit bank EUR 100", "credit income EUR 100")
    assert cost() == one


def test_an_audit_pack_is_sent_and_recorded(world: World) -> None:
    Thread(world).to("accept_voucher")
    finance = client_of("finance")
    assert "Make the pack" in finance.get("/books/audit/").content.decode()
    sent = finance.post("/books/audit/", {"book": "MAIN", "size": "3", "how": "drawn", "seed": "lotus"})
    assert sent.status_code == 200
    with ZipFile(BytesIO(sent.content)) as archive:
        assert {"index.html", "list.xlsx", "manifest.json"} <= set(archive.namelist())
    assert AuditPack.objects.get().seed == "lotus"
    again = finance.post("/books/audit/", {"book": "MAIN", "size": "3", "how": "drawn", "seed": ""})
    assert again.status_code == 422
    assert "Write a seed" in again.content.decode()


def test_a_journal_is_looked_at_then_brought_in(world: World) -> None:
    columns = {"number": "No", "on": "Day", "account": "Account", "fund": "Fund", "amount": "Amount"}
    mapping = keep_mapping(
        world.programme, "journal", "Theirs", columns=columns, written={"date": "%Y-%m-%d", "decimal": "."},
        by=world.finance, on=world.day,
    )  # fmt: skip
    text = "No,Day,Account,Fund,Amount\n1,2008-03-01,bank,G,100.00\n1,2008-03-01,income,G,-100.00\n"
    finance = client_of("finance")

    def send(content: str) -> str:
        file = SimpleUploadedFile("march.csv", content.encode())
        answer = finance.post("/books/elsewhere/", {"what": "journal", "mapping": mapping.pk, "file": file})
        assert answer.status_code == 302
        return str(answer.headers["Location"])

    wrong = finance.get(send(text.replace("-100.00", "-99.00")).partition("#")[0]).content.decode()
    assert "does not balance" in wrong
    assert 'name="apply"' not in wrong
    page = finance.get(send(text).partition("#")[0]).content.decode()
    assert 'name="apply"' in page
    assert not Entry.objects.exists()
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page))
    done = finance.post("/books/elsewhere/", {**fields, "what": "journal", "mapping": mapping.pk, "apply": "apply"})
    assert done.status_code == 302
    assert JournalImport.objects.get().entries == 1
    assert Entry.objects.get().text_en == "1"
