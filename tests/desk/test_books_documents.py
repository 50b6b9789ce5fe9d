"""The entry screen of documents, the page of one, and its print: as a finance officer and a manager use them."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from laar.base.actions import grant_role, register_user
from laar.base.guard import open_door
from laar.base.queries import papers_of
from laar.desk.books.documents.kinds import SCREENS
from laar.kit.money import Money
from laar.kit.names import Name
from laar.ledger.actions import open_fund, void_document
from laar.ledger.models import Document
from laar.ledger.queries import balance
from tests.desk.clients import client_of
from tests.ledger.books import rate
from tests.ledger.papers import Office, office
from tests.world import World, eur

PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
def here(world: World) -> Office:
    return office(world)


def typed(here: Office, kind: str = "payment", **more: str) -> dict[str, str]:
    """What stands in the form, as a browser without JavaScript sends it."""
    page = client_of("finance").get(f"/books/new/{kind}/").content.decode()
    nonce = re.search(r'name="nonce" value="([^"]+)"', page)
    assert nonce
    return {
        "nonce": nonce[1],
        "lines": "3",
        "on": here.world.day.isoformat(),
        "text-en": "Chalk",
        "payee_text": "Sok Shop",
        "money": str(here.accounts["bank"].pk),
        "line1-account": str(here.accounts["cost"].pk),
        "line1-fund": str(here.world.fund.pk),
        "line1-amount": "1,270.00",
        **more,
    }


def sent(kind: str, data: dict[str, str], button: str = "prepare"):
    return client_of("finance").post(f"/books/new/{kind}/", {**data, button: ""})


def test_a_payment_is_written_and_prepared(here):
    answer = sent("payment", typed(here))
    document = Document.objects.get()
    assert answer.status_code == 302, answer.content.decode()[:3000]
    assert answer["Location"].startswith(f"/records/document/{document.pk}/")
    assert (document.number, document.payee_text) == ("PV-2008-0001", "Sok Shop")
    page = client_of("finance").get(answer["Location"]).content.decode()
    assert "PV-2008-0001" in page
    assert "1,270.00" in page


def test_sent_twice_it_is_prepared_once(here):
    data = typed(here)
    assert sent("payment", data)["Location"] == sent("payment", data)["Location"]
    assert Document.objects.count() == 1


def test_what_can_be_read_in_two_ways_is_asked(here):
    answer = sent("payment", typed(here, **{"line1-amount": "6.848"}))
    assert answer.status_code == 422
    assert "6,848 or 6.85" in answer.content.decode()
    assert "KHR" not in answer.content.decode().split('class="err"')[1].split("</span>")[0]
    assert not Document.objects.exists()


def test_riel_have_no_cents(here):
    answer = sent("payment", typed(here, **{"line1-amount": "100.50", "money": str(here.accounts["box"].pk)}))
    assert answer.status_code == 422
    assert "not an amount in KHR" in answer.content.decode()


def test_more_lines_come_with_a_button_and_nothing_typed_is_lost(here):
    page = sent("payment", typed(here), "more").content.decode()
    assert 'name="line6-amount"' in page
    assert 'value="1,270.00"' in page
    assert not Document.objects.exists()


def test_before_it_is_prepared_it_says_what_it_will_do(here):
    here.posted(here.payment("100"))
    page = sent("payment", typed(here), "check").content.decode()
    for amount in ("–100.00", "–1,270.00", "–1,370.00"):
        assert amount in page
    assert "more than is there" in page
    assert Document.objects.count() == 1


def test_the_balance_stands_beside_each_account(here):
    here.posted(here.payment("100"))
    assert "EUR –100.00" in client_of("finance").get("/books/new/payment/").content.decode()


def test_riel_are_converted_at_the_rate_of_the_day_which_is_named(here):
    rate(here.world, "KHR", "5400", here.world.day)
    data = typed(here, **{"money": str(here.accounts["box"].pk), "line1-amount": "540,000"})
    page = sent("payment", data, "check").content.decode()
    assert "1 EUR = 5,400 KHR, 2008-03-10, demo rates" in page
    assert "100.00" in page


def test_an_exchange_is_written_with_both_amounts(here):
    rate(here.world, "KHR", "5400", here.world.day)
    data = typed(here, "exchange", into=str(here.accounts["box"].pk), got="6,848,000")
    assert sent("exchange", data).status_code == 302
    assert Document.objects.get().number == "FX-2008-0001"


def test_a_journal_voucher_has_both_sides(here):
    data = typed(here, "journal", **{
        "line2-account": str(here.accounts["owed"].pk), "line2-fund": str(here.world.fund.pk), "line2-credit": "1,270.00",
    })  # fmt: skip
    assert sent("journal", data).status_code == 302


def test_an_unbalanced_journal_is_refused_with_a_sentence(here):
    data = typed(here, "journal", **{
        "line2-account": str(here.accounts["owed"].pk), "line2-fund": str(here.world.fund.pk), "line2-credit": "1,200.00",
    })  # fmt: skip
    answer = sent("journal", data)
    assert answer.status_code == 422
    assert "EUR 70.00 too much on the debit side" in answer.content.decode()
    assert not Document.objects.exists()


@pytest.mark.parametrize("kind", SCREENS)
def test_every_kind_has_its_screen_in_both_languages(here, kind):
    for start in ("", "/km"):
        answer = client_of("finance").get(f"{start}/books/new/{kind}/")
        assert answer.status_code == 200
        assert "style=" not in answer.content.decode()


def test_the_manager_sees_what_is_left_before_she_approves_and_approves(here):
    document = here.payment("635.00")
    page = client_of("manager").get(f"/do/document.approve/document/{document.pk}/").content.decode()
    assert "–635.00" in page
    assert "Afterwards" in page
    assert balance(here.accounts["bank"]) == Money(0, "EUR")


def test_a_document_is_printed_on_one_sheet(here):
    document = here.payment("635.00")
    answer = client_of("manager").get(f"/books/documents/{document.pk}.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.count(b"/Type /Page\n") + answer.content.count(b"/Type/Page/") <= 1
    assert client_of("finance").get(f"/books/entries/{here.posted(document).entry_id}.pdf").status_code == 200
    assert eur("635.00") == balance(here.accounts["cost"])


def test_a_donor_reads_what_was_paid_and_not_to_whom(here):
    document = here.payment("635.00", payee_text="Sok Chan")
    role = {"programme": here.world.programme, "since": here.world.day, "by": None, "on": here.world.day}
    giver = register_user("giver", name=Name(en="Giver"), by=None, on=here.world.day, is_fictional=True)
    grant_role(giver, role="donor", **role)
    page = client_of("giver").get(f"/records/document/{document.pk}/").content.decode()
    assert "635.00" in page
    assert "Sok Chan" not in page
    assert "Sok Chan" not in client_of("giver").get("/lists/documents/").content.decode()
    assert "Sok Chan" in client_of("manager").get(f"/records/document/{document.pk}/").content.decode()


def test_looked_at_first_it_is_judged_by_everything_that_preparing_judges(here):
    advance = here.advance("100.00")
    liquidation = typed(here, "liquidation", settles=str(advance.pk), account=str(here.accounts["adv"].pk))
    for button in ("check", "prepare"):
        assert (
            "with this EUR 1,270.00 would be accounted for" in sent("liquidation", liquidation, button).content.decode()
        )
    with open_door():
        type(here.world.book).objects.filter(pk=here.world.book.pk).update(open_from="2008-04-01")
    for button in ("check", "prepare"):
        assert "books are closed before" in sent("payment", typed(here), button).content.decode()
    assert Document.objects.count() == 1


def test_who_goes_back_and_prepares_again_is_asked_whether_it_is_another_one(here):
    sent("payment", typed(here))
    again = sent("payment", typed(here))  # the browser asked for the form anew: another nonce
    assert (again.status_code, Document.objects.count()) == (409, 1)
    page = again.content.decode()
    assert "PV-2008-0001" in page
    assert 'name="again" value="yes"' in page
    assert sent("payment", typed(here, again="yes")).status_code == 302
    assert sent("payment", typed(here, **{"line1-amount": "1,270.01"})).status_code == 302
    assert Document.objects.count() == 3


def test_a_paper_that_was_not_at_hand_is_added_to_a_prepared_document(here):
    document = here.payment("635.00", papers={})
    page = client_of("finance").get(f"/records/document/{document.pk}/").content.decode()
    assert f'href="/do/document.prove/document/{document.pk}/"' in page
    waits = client_of("manager").get(f"/do/document.approve/document/{document.pk}/").content.decode()
    assert "“Add its paper” brings it" in waits
    form = client_of("finance").get(f"/do/document.prove/document/{document.pk}/").content.decode()
    nonce = re.search(r'name="nonce" value="([^"]+)"', form)
    assert nonce
    scan = SimpleUploadedFile("bill.png", PNG + b"bill", content_type="image/png")
    data = {"nonce": nonce[1], "on": here.world.day.isoformat(), "role": "bill", "paper": scan}
    answer = client_of("finance").post(f"/do/document.prove/document/{document.pk}/", data)
    assert answer["Location"].startswith(f"/records/document/{document.pk}/"), answer.content.decode()[:3000]
    assert here.posted(document).state == "posted"


def test_an_advance_for_which_a_liquidation_waits_says_so_and_leads_there(here):
    advance = here.advance("100.00")
    waiting = here.approved(here.liquidation(advance, "100.00"))
    undo = {**typed(here, "reversal", reverses=str(advance.pk)), "lines": "0"}
    page = sent("reversal", undo).content.decode()
    assert f"{waiting.number}" in page
    assert "Make it void first" in page
    assert f'href="/records/document/{waiting.pk}/"' in page
    void_document(waiting, reason=Name(en="Wrong list"), by=here.world.finance, on=here.world.day)
    assert sent("reversal", undo).status_code == 302


def test_the_communes_own_money_is_not_offered_for_a_document_of_ours(here):
    made = {"name": Name(en="Fund of the commune"), "giver": here.world.donor, "by": here.world.finance}
    open_fund(here.world.programme, "CSF", kind="commune", on=here.world.day, **made)
    page = client_of("finance").get("/books/new/payment/").content.decode()
    assert "Fund of the commune" not in page
    assert here.world.fund.name.en in page


def test_a_chosen_paper_is_kept_when_the_page_is_shown_again(here):
    """A browser does not send it twice: looked at first, or with a line that is wrong, it would be lost."""

    def chosen(**more: str) -> dict[str, object]:
        return {**typed(here, **more), "paper": SimpleUploadedFile("bill.png", PNG + b"bill", content_type="image/png")}

    kept = re.compile(r'name="paper-kept" value="([^"]+)"')
    looked = kept.search(sent("payment", chosen(), "check").content.decode())
    assert looked
    assert sent("payment", typed(here, **{"paper-kept": unescape(looked[1])})).status_code == 302
    assert papers_of(Document.objects.get()) == {"bill"}
    assert kept.search(sent("payment", chosen(**{"line1-amount": "6.848"})).content.decode())
    missing = sent("payment", chosen(**{"text-en": ""})).content.decode()
    assert "Choose the file once more" in missing
