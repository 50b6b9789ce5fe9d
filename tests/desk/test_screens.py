"""The screens: each says first what a colleague would say, shows nothing that is not the reader's, costs the same."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from laar.base.clock import today
from laar.base.models import TrailLine
from laar.base.proofs import remember
from laar.desk.templatetags import screens
from laar.events.actions import announce_event, raise_request
from laar.kit.names import Name
from tests.desk.clients import SIDE_DOOR, client_of
from tests.homes import Home
from tests.thread import Thread
from tests.world import World

#: What may stand in Latin letters on a Khmer page: currencies, commands, codes, names of forms.
LATIN = re.compile(r"LAAR(-DEMO)?|EUR|PDF|English|CDP|CIP|OA|SDP|DFT|PFT|DAC|laar (verify|backup FILE)|[A-Z0-9]{4,}")


def text_of(page: Any) -> str:
    """What somebody reads on a page: its main part, without tags."""
    content = page.content.decode()
    main = content[content.index("<main") : content.index("</main>")]
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", main)))


def get(who: str, address: str) -> Any:
    page = client_of(who).get(address)
    assert page.status_code == 200, (who, address)
    return page


def cost(who: str, address: str) -> int:
    client = client_of(who)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def forum(world: World, days: int, **given: Any) -> None:
    """A forum that is announced, so many days from today."""
    facts = {"place": world.ang, "host": world.council, "by": world.users["ang"], "on": world.day, **given}
    title = Name(en=f"Forum in {days} days", km=f"វេទិកា {days}")
    announce_event(world.programme, "forum", day=today() + timedelta(days=days), title=title, **facts)


# ── today ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_day_of_who_has_nothing_to_do_says_so(world: World) -> None:
    text = text_of(get("manager", "/today/"))
    assert "Nothing is planned this week." in text
    assert "Nothing waits for you." in text
    assert "Waiting for you" not in text


def test_what_waits_is_said_in_words_named_and_linked(world: World) -> None:
    thread = Thread(world).to("request_first")
    page = get("manager", "/today/")
    text = text_of(page)
    assert "Two things wait for you." in text
    assert "Approve the tranche, or withhold it" in text
    assert "Tranche 1, Outreach grant 1" in text
    assert "Angkor Borei · since" in text
    assert "late," in text  # of 2008
    assert f'href="/do/tranche.approve/tranche/{thread.first.pk}/"' in page.content.decode()


def test_four_roles_have_four_days(world: World) -> None:
    Thread(world).to("bring_voucher")
    Thread(world, number=2).to("request_first")
    days = {who: text_of(get(who, "/today/")) for who in ("manager", "finance", "ang", "ba")}
    assert "Approve the tranche" in days["manager"]
    assert "Accept the voucher" in days["finance"]
    assert "Bring in the vouchers" in days["ang"]
    assert "Approve the tranche" not in days["ang"] + days["finance"]
    assert "Nothing waits for you." in days["ba"]


def test_more_than_twenty_are_counted_and_one_touch_away(world: World) -> None:
    thread = Thread(world).to("hold_forum")
    for number in range(22):
        raise_request(thread.forum, text=Name(en=f"Road {number}"), by=world.users["ang"], on=world.day)
    page = get("ang", "/today/")
    assert page.content.decode().count('class="task"') == 20
    assert "and 2 more" in text_of(page)
    assert "22 things wait for you." in text_of(page)
    assert get("ang", "/today/?all").content.decode().count('class="task"') == 22


def test_a_task_leads_to_its_form_as_soon_as_there_is_one(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    thread = Thread(world).to("request_first")
    monkeypatch.setattr(screens, "reverse", lambda name, args: "/".join(["", name, *map(str, args), ""]))
    content = get("manager", "/today/").content.decode()
    assert f'href="/do/tranche.approve/tranche/{thread.first.pk}/"' in content


def test_events_of_this_and_of_the_next_week_are_shown_to_whom_they_concern(world: World) -> None:
    sunday = 6 - today().weekday()
    forum(world, sunday)
    forum(world, sunday + 1)
    forum(world, sunday + 8)
    mine, other = text_of(get("ang", "/today/")), text_of(get("ba", "/today/"))
    assert "One event this week." in mine
    assert f"Forum in {sunday} days" in mine
    assert f"Forum in {sunday + 1} days" in mine
    assert f"Forum in {sunday + 8} days" not in mine
    assert "Nothing is planned this week." in other
    assert "Forum in" not in other


def test_who_looks_after_the_house_is_told_how_it_stands(world: World) -> None:
    Thread(world).to("pay_first")
    text = text_of(get("manager", "/today/"))
    assert "Books balanced To the last entry of 10 March 2008." in text
    assert "never Tell an administrator." in text
    assert "laar " not in text  # a command says nothing to who has no terminal
    text = text_of(get("admin", "/today/"))
    assert "never Run: laar verify" in text
    assert "never Run: laar backup FILE" in text
    remember("verify", is_good=True, faults=0)
    remember("backup", is_good=True, files=3)
    text = text_of(get("manager", "/today/"))
    assert "in order" in text
    assert "laar verify" not in text
    remember("verify", is_good=False, faults=2)
    assert "faults found" in text_of(get("manager", "/today/"))
    assert "laar verify" not in text_of(get("ang", "/today/"))


def test_records_without_their_papers_are_counted(world: World) -> None:
    Thread(world).to("accept_voucher")
    page = get("manager", "/today/")
    shown = re.search(r'data-figure="evidence.complete">([^<]*)<', page.content.decode())
    assert shown
    part, whole = shown[1].split(" of ")
    assert part == whole != "0"


def test_who_has_no_role_is_told_whom_to_ask(world: World) -> None:
    assert "You have no role yet." in text_of(get("nobody", "/today/"))


# ── programme and places ────────────────────────────────────────────────────────────────────────────────────────────


def test_the_programme_says_first_how_far_it_is(world: World) -> None:
    Thread(world).to("report_back")
    text = text_of(get("manager", "/programme/"))
    assert "2 communes in 1 districts" in text
    assert "1 requests raised, 1 answered." in text
    assert "Pay the tranche" in text  # what changed this week
    assert "Pay the tranche" not in text_of(client_of("").get("/programme/"))


def test_every_number_of_the_programme_and_of_a_place_is_a_figure(world: World) -> None:
    Thread(world).to("report_back")
    for address in ("/programme/", "/places/?show=money", "/places/?show=requests"):
        content = client_of("").get(address).content.decode()
        main = content[content.index('<p class="lede">') if "lede" in content else content.index("<table") :]
        bare = re.sub(r'<a class="f".*?</a>|<section class="lr" id="(changed|dates)".*', "", main, flags=re.DOTALL)
        bare = re.sub(r"<nav.*?</nav>|<ol>.*?</ol>|<svg.*?</svg>", "", bare, flags=re.DOTALL)
        assert not re.search(r"\d", re.sub(r"<[^>]*>", "", bare)), address


@pytest.mark.parametrize("show", ["projects", "requests", "forums", "money"])
def test_what_the_tiles_show_stands_in_the_table_below(world: World, show: str) -> None:
    Thread(world).to("report_back")
    content = get("manager", f"/places/?show={show}").content.decode()
    for place in ("Angkor Borei", "Ba Srae"):
        assert content.count(f'aria-label="{place} – ') == 1
    assert content.count("<tr>") == 4  # the heads, two communes, the whole programme
    assert 'aria-current="true"' in content


def test_a_place_shows_its_bodies_and_few_people_are_not_counted_in_public(world: World) -> None:
    Thread(world).to("report_back")
    inside, public = text_of(get("manager", "/places/210101/")), text_of(client_of("").get("/places/210101/"))
    for text in (inside, public):
        assert "1 things were asked here. 1 have an answer, 1 are in a plan, 1 are done." in text
        assert "Council of Angkor Borei" in text
        assert "Outreach plan 2008" in text
    assert "mandate since 1 March 2007, 5 seats" in inside


def test_nobody_is_named_on_the_public_page_of_a_place(demo: Home) -> None:
    office, public = (text_of(demo.get("/places/210708/", reader=who)) for who in ("sokha", ""))
    clerk = re.search(r"Clerk (\S+ \S+) \(fictional\)", office)
    assert clerk
    assert clerk[1] not in public
    assert "(fictional)" not in public
    assert "<5" in public  # two women on the council


def test_an_address_of_a_place_that_is_none_is_not_found(world: World) -> None:
    for address in ("/places/0/", "/places/abc/", "/places/99/", "/places/210101%27/"):
        assert client_of("manager").get(address).status_code == 404, address


# ── find, trail ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_find_shows_links_and_says_when_there_is_nothing(world: World) -> None:
    thread = Thread(world).to("raise_request")
    page = get("manager", f"/find/?q={thread.request.code}")
    assert f'href="/records/request/{thread.request.pk}/"' in page.content.decode()
    assert 'href="/places/210101/"' in get("manager", "/find/?q=angkor").content.decode()
    assert "Nothing that you may see is called “zzz”." in text_of(get("manager", "/find/?q=zzz"))
    assert "Type two letters at least." in text_of(get("manager", "/find/?q=z"))
    assert "<b>x</b>" not in get("manager", "/find/?q=<b>x</b>").content.decode()


def test_the_trail_keeps_its_filter_on_the_next_page(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    Thread(world).to("report_back")
    monkeypatch.setattr("laar.results.trail.PAGE", 3)
    content = get("manager", "/trail/?by=ang").content.decode()
    older = re.search(r'rel="next" href="\?([^"]*)"', content)
    assert older
    assert html.unescape(older[1]).startswith("by=ang&before=")
    assert get("manager", f"/trail/?{html.unescape(older[1])}")
    for odd in ("?day=yesterday", "?key=one", "?before=-1", "?verb=nothing", "?key=99999999999999999999", "?kind=x"):
        assert get("manager", f"/trail/{odd}")


def test_the_trail_and_its_lines_lead_to_the_records(world: World) -> None:
    thread = Thread(world).to("approve_first")
    line = TrailLine.objects.get(verb="tranche.approve")
    content = get("manager", "/trail/").content.decode()
    assert f'href="/trail/{line.pk}/"' in content
    assert f'href="/records/tranche/{thread.first.pk}/"' in content
    text = text_of(get("manager", f"/trail/{line.pk}/"))
    assert "State Requested Approved" in text
    assert line.digest in text
    assert "Sealed with seal" in text_of(get("manager", "/trail/")) or "Not sealed" in text_of(
        get("manager", "/trail/")
    )


# ── all of them ─────────────────────────────────────────────────────────────────────────────────────────────────────

SCREENS = ("/today/", "/programme/", "/places/", "/places/?show=money", "/places/210101/", "/find/?q=road", "/trail/")


@pytest.mark.parametrize("address", SCREENS)
def test_a_screen_costs_the_same_with_one_record_and_with_three(world: World, address: str) -> None:
    thread = Thread(world).to("raise_request")
    raise_request(thread.forum, text=Name(en="Road 0"), by=world.users["ang"], on=world.day)
    forum(world, 0)
    cost("manager", address)
    one = cost("manager", address)
    for number in (1, 2):
        raise_request(thread.forum, text=Name(en=f"Road {number}"), by=world.users["ang"], on=world.day)
        forum(world, number)
    assert cost("manager", address) == one


@pytest.mark.parametrize(
    "address",
    ["/today/", "/programme/", "/places/", "/places/?show=forums", "/places/210708/", "/places/2107/", "/find/?q=x"],
)
def test_a_khmer_screen_has_no_english_sentence(demo: Home, address: str) -> None:
    text = re.sub(LATIN, "", text_of(demo.get(f"/km{address}")))
    assert re.findall(r"[A-Za-z]{3,} [A-Za-z]{2,}", text) == [], address


def test_a_khmer_day_with_work_on_it_has_no_english_sentence(world: World) -> None:
    Thread(world).to("bring_voucher")
    forum(world, 0)
    page = Client()
    page.force_login(world.users["ang"], backend=SIDE_DOOR)
    text = text_of(page.get("/km/today/"))
    assert "មានការងារបីរង់ចាំអ្នក។" in text
    # The small world has Latin names only: persons, a voucher's text, a place.
    assert re.findall(r"[a-z]{2,} [a-z]{2,} [a-z]{2,}|\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b", text) == []


@pytest.mark.parametrize("lang", ["", "/km"])
def test_the_screens_are_light(demo: Home, lang: str) -> None:
    """Bytes as they are sent, before compression."""
    for address in ("/today/", "/programme/", "/places/", "/places/210708/", "/trail/"):
        assert len(demo.get(lang + address).content) < 60_000, address
