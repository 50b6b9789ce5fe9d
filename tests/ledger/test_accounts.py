"""An account that was opened before anybody asked what it is for is described, and then documents can be written."""

from __future__ import annotations

import pytest

from laar.kit.names import Name
from laar.ledger.actions import describe_account
from laar.ledger.models import Account
from tests.desk.clients import client_of
from tests.ledger.books import post, rate
from tests.ledger.papers import Office, office
from tests.refused import refused_without_trace
from tests.world import World

BANK = Name(en="Bank, euro", km="ធនាគារ អឺរ៉ូ")


@pytest.fixture
def here(world: World) -> Office:
    return office(world)


def described(here: Office, account: Account, use: str, currency: str = "") -> Account:
    return describe_account(account, name=BANK, use=use, currency=currency, by=here.world.finance, on=here.world.day)


def test_an_old_home_says_which_account_is_its_bank_and_pays_from_it(here):
    old = here.world.accounts["bank"]
    here.accounts["bank"] = old
    with refused_without_trace("document.no_money"):
        here.payment("10", papers={})
    here.accounts["bank"] = found = described(here, old, "bank", "EUR")
    assert (found.name, found.use, found.currency) == (BANK, "bank", "EUR")
    assert here.posted(here.payment("10")).state == "posted"


def test_what_documents_were_judged_by_stays(here):
    here.payment("10")
    with refused_without_trace("account.use_stays"):
        described(here, here.accounts["bank"], "cash", "EUR")
    assert described(here, here.accounts["bank"], "bank", "EUR").name == BANK


def test_an_account_with_riel_on_it_is_not_kept_in_euro_only(here):
    world = here.world
    rate(world, "KHR", "5400", world.day)
    post(world, "debit bank KHR 5400", "credit income KHR 5400")
    with refused_without_trace("account.other_currency"):
        described(here, world.accounts["bank"], "bank", "EUR")
    assert described(here, world.accounts["bank"], "bank", "KHR").currency == "KHR"


def test_a_facilitator_does_not_say_what_an_account_is_for(here):
    with refused_without_trace("access.no_role"):
        describe_account(
            here.world.accounts["bank"], name=BANK, use="bank", by=here.world.users["ang"], on=here.world.day
        )


def test_the_form_shows_what_the_account_says_now(here):
    account = here.accounts["usd"]
    page = client_of("finance").get(f"/do/account.describe/account/{account.pk}/").content.decode()
    assert '<option value="bank" selected>' in page
    assert '<option value="USD" selected>' in page
