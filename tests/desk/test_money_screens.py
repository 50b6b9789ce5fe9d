"""Rates, cash, bank and months in the browser's forms: a file is looked at before anything is written, then done once."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from laar.ledger.actions import keep_mapping
from laar.ledger.models import BankStatement, Book, CashCount, Closing, ColumnMapping, Difference, Match, Rate
from laar.ledger.queries import stand_of
from tests.desk.clients import client_of
from tests.ledger.desk_of_money import COLUMNS, HEAD, Money2007, made
from tests.ledger.test_rate_files import monthly
from tests.world import World

FILE = f"{HEAD}\n03/12/2007,Donor,,,1000.00\n11/12/2007,PV-2007-0001,,635.00,\n31/12/2007,Fee,,12.50,\n".encode()


@pytest.fixture
def money(world: World) -> Money2007:
    one = made(world)
    one.post(one.bank, one.income, "EUR 1000", date(2007, 12, 3), "receipt")
    one.post(one.charges, one.bank, "EUR 635", date(2007, 12, 10))
    one.post(one.riel, one.income, "KHR 120000", date(2007, 12, 10))
    return one


def page(client: Client, path: str) -> str:
    answer = client.get(path, follow=True)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def nonce(text: str) -> str:
    found = re.search(r'name="nonce" value="([^"]+)"', text)
    assert found
    return found[1]


def send_file(client: Client, path: str, content: bytes, name: str, **more: str) -> HttpResponse:
    answer: Any = client.post(path, {"file": SimpleUploadedFile(name, content), **more})
    return answer


def apply(client: Client, where: str) -> Any:
    """Press the button of the preview: send its hidden fields."""
    text = page(client, where)
    form = text[text.index('id="preview"') :]
    hidden = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form[: form.index("</form>")]))
    hidden.pop("csrfmiddlewaretoken", None)
    path = where.partition("?")[0]
    data = {**hidden, "apply": "apply"}
    return client.post(path, data), lambda: client.post(path, data)


def test_a_file_of_rates_is_shown_before_it_is_loaded_and_loaded_once(world: World) -> None:
    client, before = client_of("finance"), Rate.objects.count()
    answer = send_file(client, "/books/rates/", monthly(), "rates.json", of="2008-03-15")
    assert answer.status_code == 302
    assert "new: 2" in page(client, answer["Location"])
    assert Rate.objects.count() == before
    done, again = apply(client, answer["Location"].partition("#")[0])
    assert done.status_code == 302
    assert Rate.objects.count() == before + 2
    again()
    assert Rate.objects.count() == before + 2
    assert "Recorded." in page(client, done["Location"])


def test_a_file_that_is_no_list_of_rates_is_refused_on_the_page(world: World) -> None:
    client = client_of("finance")
    answer = send_file(client, "/books/rates/", b"[1]", "rates.json")
    answer = client.get(answer["Location"].partition("#")[0])
    assert answer.status_code == 422
    assert "is not a list of rates as InforEuro publishes it" in answer.content.decode()


def test_a_bank_file_becomes_a_statement_is_matched_booked_and_signed_off(money: Money2007) -> None:
    world, client = money.world, client_of("finance")
    answer = send_file(
        client,
        "/books/bank/1001/",
        FILE,
        "december.csv",
        mapping=str(money.mapping.pk),
        opening="0",
        closing="352.50",
        until="2007-12-31",
    )
    assert answer.status_code == 302
    where = answer["Location"].partition("#")[0]
    assert "come to the closing balance" in page(client, where)
    assert not BankStatement.objects.exists()
    done, _again = apply(client, where)
    statement = BankStatement.objects.get()
    path = f"/books/bank/statement/{statement.pk}/"
    assert done["Location"].startswith(path)
    text = page(client, path)
    assert "Match what is clear (2)" in text
    client.post(path, {"nonce": nonce(text), "all": "all"})
    assert Match.objects.count() == 2
    line = statement.lines.get(text="Fee")
    form = f"/do/charge.book/statementline/{line.pk}/"
    answer = client.post(
        form,
        {
            "nonce": nonce(page(client, form)),
            "account": money.charges.pk,
            "fund": world.fund.pk,
            "text-en": "Fee of the bank",
            "on": "2007-12-31",
        },
    )
    assert answer.status_code == 302, answer.content.decode()
    assert Difference.objects.get().entry.document == "PV-2007-0003"
    assert stand_of(statement).is_even
    text = page(client, path)
    assert "Another person signs it off." in text
    manager = client_of("manager")
    assert "Sign the statement off" in page(manager, path)
    form = f"/do/statement.reconcile/bankstatement/{statement.pk}/"
    text = page(manager, form)
    seen = re.search(r'name="seen" value="(\d+)"', text)
    assert seen
    answer = manager.post(form, {"nonce": nonce(text), "seen": seen[1], "on": "2007-12-31"})
    assert answer.status_code == 302, answer.content.decode()
    statement.refresh_from_db()
    assert (statement.state, statement.signed_by) == ("reconciled", world.manager)


def test_a_bank_file_whose_column_changed_is_refused_naming_the_column(money: Money2007) -> None:
    client = client_of("finance")
    answer = send_file(
        client,
        "/books/bank/1001/",
        FILE.replace(b"Debit", b"Withdrawals"),
        "december.csv",
        mapping=str(money.mapping.pk),
        opening="0",
        closing="352.50",
    )
    answer = client.get(answer["Location"].partition("#")[0])
    assert answer.status_code == 422
    assert "has no column Debit" in answer.content.decode()
    assert not BankStatement.objects.exists()


def test_a_match_is_taken_back_and_made_by_hand(money: Money2007) -> None:
    client = client_of("finance")
    statement = money.load("03/12/2007,Donor,,,1000.00", opening="0", closing="1000")
    path = f"/books/bank/statement/{statement.pk}/"
    text, line = page(client, path), statement.lines.get()
    posting = money.bank.postings.get(units=1000_0000)
    client.post(path, {"nonce": nonce(text), "line": line.pk, "posting": posting.pk})
    match = Match.objects.get(is_undone=False)
    client.post(path, {"nonce": nonce(page(client, path)), "undo": match.pk})
    assert not Match.objects.filter(is_undone=False).exists()
    wrong = money.bank.postings.get(units=-635_0000)
    answer = client.post(path, {"nonce": nonce(page(client, path)), "line": line.pk, "posting": wrong.pk})
    assert answer.status_code == 422
    assert "Match what is the same money" in answer.content.decode()


def test_the_columns_of_a_bank_are_said_once_and_corrected(money: Money2007) -> None:
    client, path = client_of("finance"), "/books/bank/1001/columns/"
    fields = {f"column-{key}": heading for key, heading in COLUMNS.items()}
    more = {"label": "River Bank", "date": "%d/%m/%Y", "decimal": ","}
    answer = client.post(path, {"nonce": nonce(page(client, path)), **fields, **more, "column-on": ""})
    assert answer.status_code == 422
    assert "Say which column is the day." in answer.content.decode()
    for column in ("Date", "Value date"):
        answer = client.post(path, {"nonce": nonce(page(client, path)), **fields, **more, "column-on": column})
        assert answer.status_code == 302
    kept = ColumnMapping.objects.get(label="River Bank")
    assert (kept.columns["on"], kept.written["decimal"]) == ("Value date", ",")


def test_columns_are_offered_from_one_of_the_files_and_what_is_doubtful_is_asked(money: Money2007) -> None:
    client, path = client_of("finance"), "/books/bank/1001/columns/"
    content = "River Bank;;\n;;\nTag;Zweck;Betrag\n03/04/2008;Gebühr;-1.270,50\n04/05/2008;Zins;5,00\n".encode("cp1252")
    answer = send_file(client, path, content, "april.csv", look="look")
    assert answer.status_code == 302
    text = page(client, answer["Location"].partition("#")[0])
    assert '<option value="Zweck">' in text
    assert "“03/04/2008” can be read in several ways" in text
    assert re.search(r'<option value="cp1252" selected>', text)
    sheet = re.search(r'name="sheet" value="([^"]+)"', text)
    assert sheet
    said = {"label": "River Bank", "decimal": ",", "encoding": "cp1252", "sheet": sheet[1], "column-on": "Tag"}
    more = {"column-text": "Zweck", "column-amount": "Betrag"}
    answer = client.post(path, {"nonce": nonce(text), **said, **more})
    assert "it is not guessed" in answer.content.decode()
    answer = client.post(path, {"nonce": nonce(text), **said, **more, "date": "%d/%m/%Y", "column-text": "Text"})
    assert "has no column Text" in answer.content.decode()
    assert not ColumnMapping.objects.filter(label="River Bank").exists()
    answer = client.post(path, {"nonce": nonce(text), **said, **more, "date": "%d/%m/%Y"})
    assert answer.status_code == 302, answer.content.decode()
    assert ColumnMapping.objects.get(label="River Bank").written["encoding"] == "cp1252"


def test_a_rate_that_was_misread_a_thousand_times_is_refused_and_none_of_its_file_is_loaded(money: Money2007) -> None:
    mapping = keep_mapping(
        money.world.programme,
        "rates",
        "National Bank",
        columns={"currency": "Symbol", "rate": "Average"},
        written={"decimal": ",", "quoted_in": "KHR"},
        by=money.world.finance,
        on=money.world.day,
    )
    client, content = client_of("finance"), b"Symbol,Average\nUSD/KHR,4000\nEUR/KHR,4.950.000\n"
    there, more = Rate.objects.count(), {"list": str(mapping.pk), "of": "2008-03-05"}
    answer = client.get(send_file(client, "/books/rates/", content, "nbc.csv", **more)["Location"].partition("#")[0])
    assert answer.status_code == 422
    assert "1 EUR = 4,950,000" in answer.content.decode()
    where = send_file(client, "/books/rates/", content.replace(b".000\n", b"\n"), "nbc.csv", **more)["Location"]
    press, _again = apply(client, where.partition("#")[0])
    assert press.status_code == 302
    assert Rate.objects.count() == there + 2


def test_cash_is_counted_note_by_note_and_a_difference_asks_for_its_reason(money: Money2007) -> None:
    client = client_of("finance")
    assert "120,000" in page(client, "/books/cash/1003/?month=2007-12")
    path = f"/do/cash.count/account/{money.riel.pk}/"
    data = {"pieces-50000": "2", "pieces-5000": "3", "witness": "Ms Chan", "on": "2007-12-31"}
    answer = client.post(path, {"nonce": nonce(page(client, path)), **data})
    assert answer.status_code == 422
    assert "Counted KHR 115,000, in the books KHR 120,000" in answer.content.decode()
    answer = client.post(path, {"nonce": nonce(page(client, path)), **data, "reason-en": "One note is missing"})
    assert answer.status_code == 302, answer.content.decode()
    assert CashCount.objects.get().difference.figure == "–5,000"
    assert "differs" in page(client, "/books/cash/1003/?month=2007-12")


def test_a_month_is_closed_on_the_page_and_opened_again_by_the_manager(money: Money2007) -> None:
    client, path = client_of("finance"), "/books/months/"
    text = page(client, path)
    assert "December 2007" in text
    answer = client.post(path, {"nonce": nonce(text), "since": "2007-12-01"})
    assert answer.status_code == 422
    assert "Not met and not explained: Bank reconciled" in answer.content.decode()
    why = {"why-bank": "On paper", "why-cash": "On paper"}
    answer = client.post(path, {"nonce": nonce(text), "since": "2007-12-01", **why})
    assert answer.status_code == 302
    closing = Closing.objects.get()
    assert "Closed before 1 January 2008" in page(client, path)
    assert "Open it again" not in page(client, path)
    manager = client_of("manager")
    assert "Open it again" in page(manager, path)
    form = f"/do/closing.reopen/closing/{closing.pk}/"
    text = page(manager, form)
    seen = re.search(r'name="seen" value="(\d+)"', text)
    assert seen
    answer = manager.post(
        form, {"nonce": nonce(text), "seen": seen[1], "reason-en": "An invoice was lost", "on": "2008-03-10"}
    )
    assert answer.status_code == 302, answer.content.decode()
    assert Book.objects.get(pk=money.world.book.pk).open_from is None


def test_who_does_not_handle_money_sees_no_button(money: Money2007) -> None:
    invited = client_of("admin")
    for path in ("/books/cash/1003/?month=2007-12", "/books/bank/1001/", "/books/months/"):
        text = page(invited, path)
        assert "<button" not in text.partition("<main")[2], path


@pytest.mark.parametrize(
    "path", ["/books/cash/1003/?month=2007-12", "/books/cash/1003/?month=x", "/km/books/bank/1001/"]
)
def test_the_pages_of_an_account_belong_to_who_sees_the_whole(money: Money2007, path: str) -> None:
    for name, status in (("manager", 200), ("finance", 200), ("ang", 404), ("stranger", 404), ("nobody", 404)):
        assert client_of(name).get(path).status_code == status, name
