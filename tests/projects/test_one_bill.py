"""One bill is paid once: by a commune out of its advance, or by us, and not by both."""

from __future__ import annotations

import pytest

from laar.base.readers import eyes_of
from laar.kit.names import Name
from laar.ledger.actions import approve_document, void_document
from laar.projects.actions import refuse_voucher
from laar.projects.queries.twins import twin_anywhere
from laar.reports.auditpack.behind import behind
from tests.desk.clients import client_of
from tests.ledger.papers import Office, office
from tests.refused import refused
from tests.thread import FIRST, Thread
from tests.world import World

WHY = Name(en="Half of it each", km="ម្នាក់ពាក់កណ្តាល")


@pytest.fixture
def here(world: World) -> Office:
    return office(world)


def test_a_bill_that_a_commune_accounted_for_is_not_paid_by_us_unless_it_is_said_why(here: Office) -> None:
    world, bill = here.world, here.world.paper(by=here.world.finance)
    thread = Thread(world).to("acknowledge_first")
    voucher = thread.voucher = thread.voucher_of(thread.first, "17/08", FIRST, paper=bill)
    document = here.payment("12", papers={"bill": bill})
    assert twin_anywhere(document) == voucher
    page = client_of("manager").get(f"/records/document/{document.pk}/", follow=True).content.decode()
    assert f'href="/records/voucher/{voucher.pk}/"' in page
    with refused("document.paper_twice"):
        approve_document(document, by=world.manager, on=world.day)
    posted = here.cashier_posts(approve_document(document, why=WHY, by=world.manager, on=world.day))
    assert posted.entry
    assert [one.en for one in behind(posted.entry, eyes_of(world.finance)).missing if "same bill" in one.en] == [
        f"{posted.name.en}: the same bill or list stands beside {voucher.public_name.en}, too: “Half of it each”."
    ]
    assert thread.accept_voucher().state == "accepted"  # it was said why


def test_a_bill_that_we_pay_is_no_voucher_of_a_commune(here: Office) -> None:
    world, bill = here.world, here.world.paper(by=here.world.finance)
    thread = Thread(world).to("acknowledge_first")
    document = here.payment("12", papers={"bill": bill})
    with refused("voucher.paid_by_us"):
        thread.voucher_of(thread.first, "17/08", FIRST, paper=bill)
    void_document(document, reason=WHY, by=world.finance, on=world.day)
    assert thread.voucher_of(thread.first, "17/08", FIRST, paper=bill).state == "received"


def test_another_copy_of_a_bill_is_known_by_its_payee_number_and_amount(here: Office) -> None:
    world, thread = here.world, Thread(here.world).to("bring_voucher")
    voucher = thread.voucher
    text = Name(en=f"Filters, bill {voucher.number.lower()}")
    document = here.payment(FIRST.figure, text=text, payee_text=voucher.payee.upper())
    assert twin_anywhere(document) == voucher
    with refused("voucher.paid_by_us"):
        thread.accept_voucher()
    assert twin_anywhere(here.payment("1", text=text, payee_text=voucher.payee)) is None
    assert twin_anywhere(here.payment(FIRST.figure, text=text)) is None
    refuse_voucher(voucher, reason=WHY, by=world.finance, on=world.day)
    assert approve_document(document, by=world.manager, on=world.day).state == "approved"
