"""A record's page: a project tells its money and its days, a step says what it takes, a paper comes before its digest."""

from __future__ import annotations

import re
from typing import Any

import pytest
import typst
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from laar.base.actions import keep_evidence
from laar.base.first_page import pages_of
from laar.base.models import Evidence
from laar.desk import assets
from laar.kit.names import Name
from laar.kit.states import said_by
from laar.reports import said
from laar.results.queries.conditions import FACTS, ahead_of
from laar.results.queries.steps import MACHINES, TABLES
from tests.desk.clients import client_of
from tests.desk.test_screens import get, text_of
from tests.sdp import Sdp
from tests.shared import shared, shared_world  # noqa: F401 - fixtures, found here by pytest
from tests.thread import Thread, fresh
from tests.world import World

#: What guards ask for that is said on the form of the step.
ON_FORMS = {"by", "reason", "decision", "event", "second", "scope", "why"}


def page_of(record: Any, who: str = "manager") -> str:
    """The page of a record."""
    content: str = get(who, f"/records/{record._meta.model_name}/{record.pk}/").content.decode()
    return content


def cost_of(record: Any) -> int:
    client = client_of("manager")
    client.get("/lists/")  # what only the first page after signing in costs
    with CaptureQueriesContext(connection) as captured:
        assert client.get(f"/records/{record._meta.model_name}/{record.pk}/").status_code == 200
    return len(captured)


# ── a project ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_outreach_grant_says_what_was_agreed_paid_and_accounted_for(world: World) -> None:
    thread = Thread(world).to("accept_voucher")
    page = get("manager", f"/records/project/{thread.project.pk}/")
    text, content = text_of(page), page.content.decode()
    assert "EUR 635.00 agreed on 10 March 2008" in text
    assert re.search(r"EUR 400\.00 are paid, EUR [\d.]+ of it are accounted for\.", text)
    code = thread.project.code
    for key in ("grants.agreed", "oa.paid", "grants.spent", "grants.out"):
        assert f'data-figure="{key}?project={code}"' in content, key
    assert "Tranche 2 Scheduled" in text
    assert "Commune/sangkat fund" not in text


def test_a_project_of_two_sources_shows_both_and_their_tables(world: World) -> None:
    story = Sdp(world).to("close")
    text = text_of(get("manager", f"/records/project/{story.project.pk}/"))
    assert "EUR 6,800.00 agreed on" in text
    assert "EUR 149.50 came back." in text
    assert "From the commune came EUR" in text
    assert "Agreed KHR 12,000,000" in text  # the share's own field
    assert text.count("KHR 7,500,000") == 1
    assert "The work ended on" in text


def test_before_it_is_agreed_a_project_has_no_money_to_show(world: World) -> None:
    content = page_of(Thread(world).to("check").project)
    assert "nothing is agreed yet." in content
    assert 'id="cost"' not in content


def test_the_figures_of_one_project_leave_the_other_out(world: World) -> None:
    first = Thread(world).to("pay_first")
    Thread(world, number=2).to("pay_first")
    for key, amount in {"oa.paid": "400.00", "grants.agreed": "635.00", "oa.support": "400.00"}.items():
        assert amount in text_of(get("manager", f"/figures/TEST/{key}/?project={first.project.code}")), key
        assert client_of("manager").get(f"/figures/TEST/{key}/?project=NOPE").status_code == 404


def test_the_page_of_a_project_costs_the_same_with_one_payment_and_with_two(world: World) -> None:
    story = Sdp(world).to("settle")
    story.treasury_pays()
    one = cost_of(story.project)
    assert cost_of(story.project) == one
    assert one <= 30


def test_what_goes_without_saying_is_not_said(world: World) -> None:
    thread = Thread(world).to("propose")
    for record, what in ((thread.project, "Proposed for the time"), (thread.request, "Never public")):
        content = page_of(record)
        assert what not in content[: content.index('id="trail"')]


# ── what a step takes ───────────────────────────────────────────────────────────────────────────────────────────────


def test_what_is_missing_is_said_before_the_step_is_tried_and_who_brings_it(world: World) -> None:
    story = Sdp(world).to("complete")
    for address in (f"/records/project/{story.project.pk}/", f"/do/project.verify/project/{story.project.pk}/"):
        text = text_of(get("manager", address))
        assert "missing: The monitoring committee has looked, or was asked and said nothing" in text
        assert "“Record what the committee saw” brings it: Programme manager, Facilitator" in text
        assert "Next comes “Settle our part”: Finance officer." in text
    story.visit()
    ahead = ahead_of(fresh(story.project), "project.verify", world.manager)
    assert ahead
    assert ahead.is_ready


def test_four_eyes_are_a_condition_for_whoever_did_the_step_before(world: World) -> None:
    thread = Thread(world).to("request_first")
    requested_by = fresh(thread.first).requested_by
    for user, ready in ((requested_by, False), (world.second, True)):
        ahead = ahead_of(fresh(thread.first), "tranche.approve", user)
        assert ahead
        assert ahead.is_ready is ready


def test_what_the_form_brings_is_not_called_missing(world: World) -> None:
    ahead = ahead_of(fresh(Thread(world).to("propose").project), "project.check", world.manager)
    assert ahead
    assert [one.stands for one in ahead.conditions] == ["todo", "todo"]


@pytest.mark.parametrize("model", MACHINES, ids=lambda model: model.__name__)
def test_every_guard_has_its_sentence_and_asks_for_nothing_unknown(model: Any) -> None:
    for table in TABLES.get(model) or (MACHINES[model](None),):
        for guard in (guard for row in table.steps for guard in row.guards):
            says = said_by(guard)
            assert says.en
            assert says.km, says.en
            call = guard if hasattr(guard, "__code__") else type(guard).__call__
            code = call.__code__
            asked = code.co_varnames[code.co_argcount : code.co_argcount + code.co_kwonlyargcount]
            assert set(asked) <= set(FACTS.get(model, {})) | ON_FORMS, says.en


# ── papers ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def paper(world: World) -> Evidence:
    """A paper of two pages."""
    made = typst.compile(b"One #pagebreak() Two", format="pdf")
    assert isinstance(made, bytes)
    name = Name(en="Minutes of two pages", km="កំណត់ហេតុ")
    return keep_evidence(world.programme, made, caption=name, dated=world.day, by=world.manager, on=world.day)


def test_a_paper_is_shown_before_its_digest_which_is_folded(world: World, paper: Evidence) -> None:
    content = page_of(paper)
    assert "PDF" in content
    assert "2 pages" in content
    assert content.index("first-page") < content.index("<details") < content.index(paper.sha256)


def test_the_first_page_of_a_pdf_is_a_picture_for_who_may_open_the_file(world: World, paper: Evidence) -> None:
    address = f"/evidence/{paper.uid}/first-page/"
    answer = client_of("manager").get(address)
    assert answer.content.startswith(b"\x89PNG")
    assert answer["Cache-Control"] == "private, no-cache"
    assert client_of("manager").get(address, headers={"If-None-Match": answer["ETag"]}).status_code == 304
    assert client_of("stranger").get(address).status_code == 404
    assert Client().get(address).status_code == 404


def test_a_pdf_that_is_none_harms_nobody(world: World) -> None:
    name = Name(en="Rubbish", km="សំរាម")
    broken = keep_evidence(
        world.programme, b"%PDF-1.7 rubbish", caption=name, dated=world.day, by=world.manager, on=world.day
    )
    assert client_of("manager").get(f"/evidence/{broken.uid}/first-page/").status_code == 404
    assert "Open the file" in page_of(broken)
    assert pages_of(b"%PDF-1.7 rubbish") is None


# ── where it belongs, how it is called ──────────────────────────────────────────────────────────────────────────────


def test_a_record_leads_back_to_its_list_and_to_what_it_is_a_part_of(world: World) -> None:
    thread = Thread(world).to("bring_voucher")
    voucher, request = page_of(thread.voucher), page_of(thread.request)
    for there in ("/lists/vouchers/", f"/records/project/{thread.project.pk}/", f"/records/tranche/{thread.first.pk}/"):
        assert f'href="{there}"' in voucher[: voucher.index("<h1")]
    assert f'href="/records/event/{thread.forum.pk}/"' in request[: request.index("<h1")]
    assert 'href="/places/210101/"' in request[: request.index("<h1")]
    assert 'href="/lists/projects/"' in page_of(thread.agreement)  # it has no list of its own


def test_nobody_is_led_to_what_is_closed(world: World) -> None:
    thread = Thread(world).to("bring_voucher")
    content = Client().get(f"/records/voucher/{thread.voucher.pk}/").content.decode()
    for there in re.findall(r'href="([^"]+)"', content[content.index("<main") : content.index("<h1")]):
        assert Client().get(there).status_code == 200, there


def test_numbers_in_khmer_names_are_khmer_and_codes_are_codes() -> None:
    name = Name(en="Forum 2008", km="វេទិកា 2008 នៃ SDP-210104, 01/08, 2009–2011")
    with translation.override("km"):
        assert said.name(name) == "វេទិកា ២០០៨ នៃ SDP-210104, 01/08, ២០០៩–២០១១"
        with said.digits(arabic=True):
            assert said.name(Name(en="", km="ដំណាក់កាលទី១")) == "ដំណាក់កាលទី1"


def test_the_style_and_the_font_are_kept_for_good_under_an_address_of_their_own(world: World) -> None:
    assert f"{assets.LETTERS.name}{assets.version_of(assets.LETTERS)}" in assets.STYLE.read_text()
    page = Client().get("/km/account/login/").content.decode()
    for made in (assets.STYLE, assets.LETTERS):
        address = re.search(rf'href="([^"]*{made.name}\?v=[0-9a-f]+)"', page)
        assert address, made
        assert re.search(settings.WHITENOISE_IMMUTABLE_FILE_TEST, address[1])
    assert "preload" not in Client().get("/account/login/").content.decode()
