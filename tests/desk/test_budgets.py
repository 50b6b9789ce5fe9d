"""The screens of budgets: entered from a file after a look at it, changed on one page, read as figures that open."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from laar.base.actions import grant_role, register_user
from laar.kit.names import Name
from laar.ledger.actions import amend_budget, given_out, set_limit
from laar.ledger.models import Budget
from laar.ledger.queries import budget_table, last_euro, planned_by_line, shifts_of
from laar.projects.queries import advance_of, advances_out, aged, recipients_of
from laar.reports.letters import letter_words, overdue_letter
from tests.desk.clients import client_of
from tests.desk.test_screens import get, text_of
from tests.ledger.budgets import WHY, a_budget, ceiling, line, planned
from tests.ledger.papers import office
from tests.projects.test_commitments import budgeted
from tests.thread import Thread
from tests.world import World, eur

FILE = b'code,heading,name_en,name_km,amount\na,1.1.1,Staff,\xe1\x9e\x80,"1,000.00"\nb,2.2,Fuel,,500\n'


def sent(content: bytes) -> BytesIO:
    """A file as a browser sends it."""
    file = BytesIO(content)
    file.name = "budget.csv"
    return file


def test_a_budget_is_entered_from_a_file_after_a_look_at_it(world: World) -> None:
    budget = a_budget(world)
    client = client_of("finance")
    looked = client.post("/books/budgets/B/lines/", {"file": sent(FILE)}, follow=True)
    assert "EUR 1,500.00" in re.sub(r"EUR\s*", "EUR ", text_of(looked))
    assert not planned_by_line(budget)
    token = looked.context["sheet"]
    for _ in range(2):  # sent twice, done once
        done = client.post("/books/budgets/B/lines/", {"sheet": token, "apply": "apply"})
        assert done.status_code == 302
    assert sum(planned_by_line(budget).values()) == eur(1500).units


def test_a_small_budget_is_typed_and_looked_at_before_it_is_entered(world: World) -> None:
    budget = a_budget(world)
    client = client_of("finance")
    rows = {"0-code": "a", "0-heading": "1.1.1", "0-name_en": "Staff", "0-amount": "1,000.00"}
    rows |= {"1-code": "b", "1-heading": "2.2", "1-name_en": "Fuel, oil", "1-amount": "6.848"}
    asked = client.post("/books/budgets/B/lines/type/", rows)
    assert asked.status_code == 422
    assert 'value="Fuel, oil"' in asked.content.decode()  # nothing that was typed is lost
    looked = client.post("/books/budgets/B/lines/type/", {**rows, "1-amount": "500"}, follow=True)
    assert "EUR 1,500.00" in re.sub(r"EUR\s*", "EUR ", text_of(looked))
    assert not planned_by_line(budget)
    client.post("/books/budgets/B/lines/", {"sheet": looked.context["sheet"], "apply": "apply"})
    assert sum(planned_by_line(budget).values()) == eur(1500).units


def test_a_file_with_a_wrong_row_says_which_and_enters_nothing(world: World) -> None:
    budget = a_budget(world)
    wrong = FILE + b"c,1.1.9,Nothing,,6.848\n"
    looked = client_of("finance").post("/books/budgets/B/lines/", {"file": sent(wrong)}, follow=True)
    assert "There is no heading 1.1.9" in text_of(looked)
    assert "apply" not in looked.content.decode()
    assert not planned_by_line(budget)


def change(world: World, budget: Budget, **typed: Any) -> Any:
    """Send the form of a change."""
    client = client_of("finance")
    page = client.get("/books/budgets/B/change/")
    data = {"nonce": str(page.context["nonce"]), "seen": page.context["seen"], "kind": "reallocated", **typed}
    return client.post("/books/budgets/B/change/", data)


def test_a_shift_above_the_ceiling_is_refused_with_everything_that_was_typed(world: World) -> None:
    budget = a_budget(world, "1.1.1 10000", "2.2 10000")
    ceiling(world, 15)
    gives, gets = (f"line-{line(budget, code).pk}" for code in ("1.1.1", "2.2"))
    refused = change(world, budget, **{gives: "-1600", gets: "1,600", "reason-en": "Fuel"})
    assert refused.status_code == 409
    assert "16.00 %" in text_of(refused)
    assert 'value="-1600"' in refused.content.decode()
    assert change(world, budget, **{gives: "-1500", gets: "1500", "reason-en": "Fuel"}).status_code == 302
    assert shifts_of(budget).shifted["2"] == eur(1500).units


def test_each_number_of_a_budget_opens_to_what_it_is_made_of(world: World) -> None:
    thread = budgeted(world, "acknowledge_first")
    page = get("finance", "/books/budgets/B/")
    for key, value in {"planned": "1,000.00", "committed": "235.00", "advanced": "400.00", "left": "365.00"}.items():
        figure = re.search(
            rf'href="(/figures/TEST/budget\.{key}/\?[^"]*line=6\.1[^"]*)"[^>]*>([^<]*)<', page.content.decode()
        )
        assert figure, key
        assert figure[2] == value
        opened = get("finance", figure[1].replace("&amp;", "&"))
        assert value in text_of(opened), key
    assert thread


def test_what_the_table_says_is_what_each_figure_counts(world: World) -> None:
    budgeted(world, "accept_voucher")
    budget = Budget.objects.get()
    for row in budget_table(budget):
        for name, figure in row.figures.items():
            again = type(figure)(figure.definition, type(figure.scope)(figure.scope.programme, more=figure.scope.more))
            assert again.value == figure.value, (row, name)
    (left,) = last_euro(budget, world.day)
    assert (left.left, left.a_month) == (eur(365), eur("13.04"))


def test_a_budget_costs_the_same_number_of_queries_with_one_line_or_many(world: World) -> None:
    budget = a_budget(world, "1.1.1 10")

    def cost() -> int:
        client = client_of("finance")
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/books/budgets/B/").status_code == 200
        return len(captured)

    one = cost()
    more = [planned(world, f"{code} 10") for code in ("1.2", "2.2", "3.3", "4.2", "5.4", "6.1", "6.2")]
    amend_budget(budget, [], addendum="A1", lines=more, reason=WHY, by=world.finance, on=world.day)
    assert cost() <= one + 2  # the moves of the change and their lines


def test_an_advance_stands_in_its_column_until_it_is_accounted_for(world: World) -> None:
    set_limit(world.programme, "advance", days=60, since=world.day, source="Manual", by=world.manager, on=world.day)
    thread = Thread(world).to("pay_first")
    later = world.day.replace(month=5, day=20)
    (out,) = advances_out(world.programme, later)
    assert (out.open, out.days, out.bucket, out.overdue) == (eur(400), 71, 2, 11)
    assert aged([out]) == [0, 0, eur(400).units, 0]
    thread.to("accept_voucher")
    assert advances_out(world.programme, later) == []


@pytest.mark.parametrize("lang", ["km", "en"])
def test_the_letter_names_council_tranche_amount_and_day(world: World, lang: str) -> None:
    set_limit(world.programme, "advance", days=60, since=world.day, source="Manual", by=world.manager, on=world.day)
    thread = Thread(world).to("pay_first")
    (out,) = advances_out(world.programme, world.day.replace(month=5, day=20))
    said = " ".join(str(word) for word in letter_words(out, lang).values())
    assert world.council.name.say(lang) in said
    assert thread.first.name.say(lang) in said
    assert {"en": "9 May 2008", "km": "៩ ឧសភា ២០០៨"}[lang] in said
    assert overdue_letter(out, lang).startswith(b"%PDF")


@pytest.mark.parametrize("lang", ["km", "en"])
def test_who_has_an_advance_by_a_document_gets_a_letter_too_and_only_who_knows_persons_opens_it(
    world: World, lang: str
) -> None:
    here = office(world)
    line = here.item(eur("300"))
    lines = given_out(here.accounts["bank"], here.accounts["adv"], line)
    advance = here.posted(here.prepared("advance", lines, due_on=world.day, payee_text="Sok Dara (fictional)"))
    out = advance_of(advance, world.day + timedelta(days=11))
    assert out
    said = " ".join(str(word) for word in letter_words(out, lang).values())
    for word in ("Sok Dara (fictional)", advance.number, {"en": "300.00", "km": "៣០០,០០"}[lang]):
        assert word in said
    assert "{" not in said
    address = f"/books/advances/paid/{advance.pk}/letter-{lang}.pdf"
    assert client_of("finance").get(address).content.startswith(b"%PDF")
    giver = register_user("giver", name=Name(en="Giver"), by=None, on=world.day, is_fictional=True)
    grant_role(giver, role="donor", programme=world.programme, since=world.day, by=world.users["admin"], on=world.day)
    assert client_of("giver").get("/books/advances/").status_code == 200
    assert client_of("giver").get(address).status_code == 404


def test_third_parties_are_listed_with_their_sum_and_cap(world: World) -> None:
    set_limit(
        world.programme, "recipient", amount=eur(900), since=world.day, source="Annex", by=world.manager, on=world.day
    )
    Thread(world).to("pay_first")
    ((fund, together, (row,)),) = recipients_of(world.programme, world.day)
    assert (fund, together) == (world.fund, None)
    assert (row.granted, row.paid, row.most) == (eur(635), eur(400), eur(900))
    assert "Council of Angkor Borei" in text_of(get("finance", "/books/recipients/"))


def test_a_form_is_loaded_with_one_button_and_twice_changes_nothing(world: World) -> None:
    client = client_of("finance")
    nonce = str(client.get("/books/budgets/forms/").context["nonce"])
    for _ in range(2):
        assert client.post("/books/budgets/forms/", {"nonce": nonce, "chart": "eu"}).status_code == 302
    assert "Everything in our file is here" in text_of(client.get("/books/budgets/forms/"))


def test_the_manager_enters_a_limit_and_sees_who_says_so(world: World) -> None:
    client = client_of("manager")
    page = client.get("/do/limit.set/")
    data = {
        "nonce": page.context["nonce"],
        "kind": "recipient",
        "amount": "10,000.00",
        "amount-currency": "EUR",
        "since": "2008-03-01",
        "source": "Annex I",
        "on": "2008-03-10",
    }
    done = client.post("/do/limit.set/", data)
    assert done.status_code == 302, text_of(done)
    assert "Annex I" in text_of(get("manager", "/books/limits/"))
