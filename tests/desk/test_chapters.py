"""Every register as a list: who sees which rows, what it costs, how it is narrowed, turned over and taken along."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from datetime import timedelta
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext

from laar.base.access import visible
from laar.base.faults import checks
from laar.base.models import Evidence, User
from laar.base.readers import PUBLIC, eyes_of
from laar.desk.chapters import files, views
from laar.desk.chapters.files import as_csv, as_xlsx
from laar.desk.chapters.table import Heading, table
from laar.events.actions import announce_event, design_course, give_advice, raise_request
from laar.events.models import Event, Request
from laar.kit.figures import Scope, figure_of
from laar.kit.names import Name
from laar.ledger.models import Entry
from laar.plans.models import Plan
from laar.projects.models import Tranche
from laar.registers.actions import register_party, seat_member
from laar.registers.models import Party
from laar.results.actions import write_story
from laar.results.chapters import Chapter, ask, chapters, length_of, totals_of
from laar.results.models import ListCount
from laar.results.queries import words_of
from tests.desk.clients import client_of
from tests.desk.matrix.readers import invite_all
from tests.ledger.papers import office
from tests.refused import refused
from tests.sdp import Sdp
from tests.shared import Shared, shared  # noqa: F401 - a fixture, found here by pytest
from tests.thread import Thread, fund_the_bank
from tests.world import World

HOSTILE = "<script>alert('x')</script>\"&"
FORMULA = '=HYPERLINK("http://x")'


@pytest.fixture(scope="module")
def full(shared: Shared) -> World:  # noqa: F811
    """The small world with three records or more in every register; the tests here only read."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "LAAR_HOME", shared.home)
        world = shared.world
        fund_the_bank(world)
        threads = [Thread(world, number).to("accept_voucher") for number in (1, 2, 3)]
        Sdp(world).to("close")
        by, on = world.manager, world.day
        said = Name(en="Said", km="បាននិយាយ")
        visit = threads[0].event_on(on, "coaching", "Visit")
        for number in (1, 2, 3):
            design_course(world.programme, f"C{number}", title=said, audience=said, objectives=said, by=by, on=on)
            give_advice(visit, text=Name(en=f"Advice {number}", km="ណែនាំ"), due=on, by=by, on=on)
            write_story(
                world.programme, "photo", place=world.ang, title=Name(en=f"Story {number}"), text=said, by=by, on=on
            )
            person = register_party(
                "person",
                name=Name(en=f"Person {number}", km=f"បុ\u200bគ្គល {number}"),
                sex="f",
                place=world.ang,
                by=by,
                on=on,
            )
            seat_member(world.committee, person, role="member", since=on - timedelta(days=number), by=by, on=on)
        there = office(world)
        for number in (1, 2, 3):
            there.payment(f"{number}0")
        raise_request(threads[0].forum, text=Name(en=FORMULA), sex="f", by=by, on=on, is_sensitive=True)
        raise_request(threads[0].forum, text=Name(en=HOSTILE), sex="m", by=by, on=on)
        invite_all(world)
    return world


def get(path: str, who: str = "manager") -> HttpResponse:
    response = client_of(who).get(path)
    if response.streaming:
        response.body = b"".join(response.streaming_content)
    return response


def keys_on(response: HttpResponse) -> list[int]:
    """The records that a page lists, in its order."""
    return [
        int(key) for key in re.findall(r'<th scope="row"[^>]*><a href="/(?:km/)?records/\w+/(\d+)/"', response.text)
    ]


def rows_in(response: HttpResponse) -> list[list[str]]:
    """The lines of a CSV file below its heading."""
    return list(csv.reader(io.StringIO(response.body.decode("utf-8-sig"))))[1:]


def asked(world: World, chapter: Chapter, who: User, **said: str):
    return ask(chapter, world.programme, eyes_of(who), said)


# ── what it costs ───────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("prefix", ["", "/km"])
def test_every_list_costs_the_same_with_one_row_and_with_three(
    full: World, prefix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = client_of("manager")

    def cost(path: str, rows: int) -> int:
        monkeypatch.setattr(views, "ROWS", rows)
        with CaptureQueriesContext(connection) as found:
            response = client.get(path)
        assert response.status_code == 200, path
        assert len(keys_on(response)) == rows, path
        return len(found)

    for slug in chapters():
        # A request that no plan has answered costs less: begin with those that one has.
        path = f"{prefix}/lists/{slug}/{'?sort=event__on' if slug == 'requests' else ''}"
        cost(path, 1)
        assert cost(path, 1) == cost(path, 3), slug


def test_no_list_counts_its_rows_on_the_page(full: World) -> None:
    client = client_of("manager")
    for slug in chapters():
        with CaptureQueriesContext(connection) as found:
            client.get(f"/lists/{slug}/")
        live = [one["sql"] for one in found if re.search(r"COUNT\(|OFFSET", one["sql"])]
        live += [one["sql"] for one in found if "SUM(" in one["sql"] and "results_listcount" not in one["sql"]]
        assert [sql for sql in live if "ledger_posting" not in sql] == [], slug  # what one entry moved is of that entry


# ── who sees what ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_every_reader_sees_in_every_list_the_rows_that_are_open_to_that_reader_and_no_other(full: World) -> None:
    for who in (
        "admin",
        "manager",
        "finance",
        "ang",
        "ba",
        "clerk",
        "donor",
        "auditor",
        "stranger",
        "nobody",
        "expired",
    ):
        client, eyes = client_of(who), eyes_of(full.users[who])
        programme = full.other if who == "stranger" else full.programme
        for slug, chapter in chapters().items():
            response = client.get(f"/lists/{slug}/")
            if not chapter.open_to(eyes):
                assert response.status_code == 404, (who, slug)
                continue
            expected = visible(eyes, chapter.rows(programme)).values_list("pk", flat=True)
            shown = keys_on(response)
            assert sorted(shown) == sorted(expected)[: len(shown)] or set(shown) <= set(expected), (who, slug)
            assert len(shown) == min(50, len(expected)), (who, slug)


def test_a_clerk_sees_only_what_is_of_the_own_commune(full: World) -> None:
    assert keys_on(get("/lists/events/", "ang"))
    assert keys_on(get("/lists/events/", "ba")) == []
    assert keys_on(get("/lists/projects/", "ba")) == []
    assert get("/lists/entries/", "ang").status_code == 404


def test_a_donor_gets_no_list_of_persons_and_no_column_about_them(full: World) -> None:
    for slug in ("people", "memberships", "roles"):
        for address in (f"/lists/{slug}/", f"/lists/{slug}.csv", f"/lists/{slug}.xlsx"):
            assert get(address, "donor").status_code == 404
            assert get(address, "").status_code == 404
    assert "Asked by" in get("/lists/requests/").text
    assert "Asked by" not in get("/lists/requests/", "donor").text
    everything = keys_on(get("/lists/requests/", "donor"))
    assert keys_on(get("/lists/requests/?sex=f", "donor")) == everything


def test_what_was_said_in_confidence_is_found_by_nobody_who_may_not_read_it(full: World) -> None:
    assert len(keys_on(get("/lists/requests/?q=HYPERLINK"))) == 1
    for who in ("donor", "auditor", ""):
        assert keys_on(get("/lists/requests/?q=HYPERLINK", who)) == []
    with refused("figure.unknown_scope"):
        figure_of("list.requests", Scope(full.programme, more={"q": "HYPERLINK"}))
    with refused("figure.unknown_scope"):
        figure_of("list.requests", Scope(full.programme, more={"sex": "f"}))


def test_the_public_is_shown_no_column_that_tells_of_a_person_and_cannot_ask_by_it(full: World) -> None:
    for slug in ("vouchers", "entries"):
        for column in chapters()[slug].columns_for(PUBLIC):
            assert not set(column.paths) & chapters()[slug].model.PERSONAL
    assert "Grant received" in get("/lists/entries/").text
    assert "Grant received" not in get("/lists/entries/", "").text
    assert len(keys_on(get("/lists/entries/?q=Grant+received", ""))) == Entry.objects.count()


def test_a_list_that_there_is_not_and_a_file_that_there_is_not_are_not_found(full: World) -> None:
    assert get("/lists/dragons/").status_code == 404
    assert get("/lists/events.exe").status_code == 404


# ── filters ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_each_filter_narrows_the_list_to_the_rows_for_which_it_holds(full: World) -> None:
    def found(query: str) -> set[int]:
        return set(keys_on(get(f"/lists/{query}")))

    def keys(rows) -> set[int]:
        return set(rows.values_list("pk", flat=True))

    events = Event.objects.filter(programme=full.programme)
    assert found("events/?kind=forum") == keys(events.filter(kind="forum"))
    assert found("events/?state=planned") == keys(events.filter(state="planned"))
    assert found("events/?place=2101") == keys(events)
    assert found("events/?place=210102") == set()
    day = full.day.isoformat()
    assert found(f"events/?from={day}&to={day}") == keys(events.filter(on=full.day))
    assert found("events/?kind=forum&q=forum+2") == keys(events.filter(title_en="Forum 2"))
    assert found("requests/?word=done") == {
        key for key, word in words_of(keys(Request.objects)).items() if word.code == "done"
    }
    assert found("tranches/?state=acknowledged") == keys(Tranche.objects.filter(state="acknowledged"))
    assert found("plans/?year=2009") == keys(Plan.objects.filter(programme=full.programme, year=2009))


def test_a_search_ignores_case_and_what_shows_nothing(full: World) -> None:
    person = Party.objects.get(name_en="Person 1")
    for text in ("PERSON 1", "បុគ្គល 1", "បុ\u200bគ្គល  1"):
        assert keys_on(get(f"/lists/people/?q={text}")) == [person.pk], text


def test_as_of_a_day_shows_who_held_the_office_on_that_day(full: World) -> None:
    third = full.committee.members.get(since=full.day - timedelta(days=3))
    day = (full.day - timedelta(days=3)).isoformat()
    assert keys_on(get(f"/lists/memberships/?on={day}")) == [third.pk]


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("kind=dance", "can’t be chosen|can't be chosen"),
        ("place=Takeo", "is no place of this programme"),
        ("from=10.03.2008", "is not a day"),
        ("from=2008-03-10&to=2008-03-01", "before it begins"),
    ],
)
def test_a_wrong_filter_is_said_at_its_field_and_nothing_typed_is_lost(full: World, query: str, sentence: str) -> None:
    response = get(f"/lists/events/?q=Forum&state=held&{query}")
    assert response.status_code == 422
    text = unescape(response.text)
    assert re.search(sentence, text)
    assert 'value="Forum"' in text
    assert '<option value="held" selected>' in text
    assert all(f'value="{typed}"' in text for _, typed in parse_qsl(query))
    assert keys_on(response) == []
    for ending in ("csv", "xlsx"):
        assert get(f"/lists/events.{ending}?{query}").status_code == 422
    assert get(f"/lists/events/?print=1&{query}").status_code == 422


def test_a_filter_that_is_set_can_be_taken_off_by_itself(full: World) -> None:
    response = get("/lists/events/?kind=forum&state=held&q=Forum")
    chips = [unescape(one) for one in re.findall(r'class="chip" href="([^"]+)"', response.text)]
    assert [dict(parse_qsl(urlsplit(one).query)) for one in chips] == [
        {"kind": "forum", "state": "held"},
        {"state": "held", "q": "Forum"},
        {"kind": "forum", "q": "Forum"},
    ]


# ── order and pages ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_turning_the_pages_of_every_list_in_every_order_shows_every_row_once_and_back_again(
    full: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    for slug, chapter in chapters().items():
        for order in ("", *(sign + column.name for column in chapter.columns if column.sort for sign in ("", "-"))):
            whole = asked(full, chapter, full.manager, sort=order)
            everything = [row.key for row in whole.every_row(1000)]
            page, there = whole.page(size=3), []
            while True:
                there.append([row.key for row in page.rows])
                if not page.after:
                    break
                page = whole.page(after=page.after, size=3)
            assert [key for keys in there for key in keys] == everything, (slug, order)
            assert len(set(everything)) == len(everything) == whole.rows.count()
            back = [there[-1]]
            while page.before:
                page = whole.page(before=page.before, size=3)
                back.append([row.key for row in page.rows])
            assert back[::-1] == there, (slug, order)


def test_a_list_is_put_in_order_only_by_what_is_never_empty(full: World) -> None:
    for slug, chapter in chapters().items():
        for path in (chapter.order.removeprefix("-"), *(column.sort for column in chapter.columns if column.sort)):
            table_, *steps = chapter.model, *path.split("__")
            for step in steps:
                field = table_._meta.get_field(step)
                assert not field.null, (slug, path)
                table_ = field.related_model


def test_a_page_stays_where_it_is_while_others_write(world: World) -> None:
    def announce(number: int) -> None:
        day = world.day - timedelta(days=number)
        announce_event(
            world.programme, "forum", place=world.ang, host=world.council, day=day,
            title=Name(en=f"F{number}"), by=world.manager, on=world.day,
        )  # fmt: skip

    for number in (2, 4, 6):
        announce(number)
    events = asked(world, chapters()["events"], world.manager)
    first = events.page(size=2)
    announce(1)
    announce(3)
    second = events.page(after=first.after, size=2)
    titles = [row.cells[0].en for row in (*first.rows, *second.rows)]
    assert titles == ["F2", "F4", "F6"]


@pytest.mark.parametrize("sign", ["x", "W10", "WzEsMl0", "WyIyMDA4LTAzLTEwIiwieCJd", "8J-Yig"])
def test_a_damaged_sign_of_a_page_is_refused(full: World, sign: str) -> None:
    assert get(f"/lists/events/?after={sign}").status_code == 404


def test_the_head_of_a_column_says_and_turns_the_order(full: World) -> None:
    text = get("/lists/events/?sort=kind").text
    assert re.search(r'<th scope="col" aria-sort="ascending"><a href="/lists/events/\?sort=-kind">Kind</a>', text)
    assert re.search(r'aria-sort="descending"', get("/lists/events/").text)
    assert keys_on(get("/lists/events/?sort=dragons")) == keys_on(get("/lists/events/"))


# ── totals ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_length_of_a_list_is_kept_by_a_roll_up_and_is_its_figure(full: World) -> None:
    for chapter in chapters().values():
        whole = asked(full, chapter, full.manager)
        length = length_of(whole)
        assert (length is not None) == chapter.is_counted, chapter.slug
        if length is not None:
            assert length.value == whole.rows.count() > 0
            assert figure_of(length.key, Scope(full.programme)).value == length.value
    narrowed = length_of(asked(full, chapters()["events"], full.manager, kind="forum", state="held"))
    assert narrowed is not None
    assert narrowed.value == Event.objects.filter(programme=full.programme, kind="forum", state="held").count()
    assert ListCount.objects.filter(programme_id=full.programme.pk).count() > 10
    assert list(checks()["rollups.recount"]()) == []


def test_a_reader_of_one_commune_is_told_no_length_that_is_not_of_the_rows_shown(full: World) -> None:
    assert length_of(asked(full, chapters()["events"], full.users["ang"])) is None
    assert length_of(asked(full, chapters()["requests"], full.users["donor"])) is None  # some are said in confidence


def test_adding_up_gives_figures_that_open_where_the_whole_list_is_open(full: World) -> None:
    whole = asked(full, chapters()["tranches"], full.finance, state="acknowledged")
    totals = totals_of(whole)
    assert totals.count.figure is not None
    assert totals.count.value == whole.rows.count() > 0
    (amount,) = totals.amounts
    assert amount.figure is not None
    assert amount.figure.id == "list.tranches.amount?currency=EUR&state=acknowledged"
    assert amount.value.units == sum(tranche.units for tranche in whole.rows)  # type: ignore[union-attr]
    assert get("/figures/TEST/list.tranches.amount/?currency=EUR&state=acknowledged").status_code == 200
    assert 'data-figure="list.tranches?state=acknowledged"' in get("/lists/tranches/?state=acknowledged&totals=1").text


def test_adding_up_what_is_partly_closed_says_so_and_counts_only_the_rows_shown(full: World) -> None:
    response = get("/lists/projects/?totals=1", "ang")
    assert "What is closed to you is not in it." in response.text
    totals = totals_of(asked(full, chapters()["projects"], full.users["ang"]))
    assert totals.count.figure is None
    assert totals.count.value == len(keys_on(response))


def test_a_code_that_no_book_has_prints_no_false_zero(full: World) -> None:
    with refused("figure.unknown_scope"):
        assert figure_of("list.entries", Scope(full.programme, more={"book": "NOPE"})).value
    assert get("/lists/entries/?book=NOPE").status_code == 422


# ── files and paper ─────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("prefix", ["", "/km"])
def test_the_csv_of_every_list_has_every_row_of_it_in_its_order(full: World, prefix: str) -> None:
    for slug, chapter in chapters().items():
        response = get(f"{prefix}/lists/{slug}.csv")
        assert response.body.startswith(b"\xef\xbb\xbf")
        whole = asked(full, chapter, full.manager)
        lines = rows_in(response)
        assert len(lines) == whole.rows.count(), slug
        money = sum(column.kind == "money" for column in chapter.columns)
        assert {len(line) for line in lines} == {len(chapter.columns) + money}, slug


def test_a_file_holds_what_the_page_shows_by_the_same_filters(full: World) -> None:
    shown = keys_on(get("/lists/events/?kind=forum"))
    titles = [line[0] for line in rows_in(get("/lists/events.csv?kind=forum"))]
    assert titles == [Event.objects.get(pk=key).title_en for key in shown]
    sheet = cells_of(get("/lists/events.xlsx?kind=forum"))
    assert [title for title in sheet if title in titles] == titles


def cells_of(response: HttpResponse) -> list[str]:
    """The texts of an XLSX file, in their order."""
    with zipfile.ZipFile(io.BytesIO(response.body)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    return [unescape(text) for text in re.findall(r"<t[^>]*>([^<]*)</t>", sheet)]


def test_a_file_has_numbers_as_numbers_days_as_days_and_the_currency_beside(full: World) -> None:
    lines = rows_in(get("/lists/tranches.csv?state=acknowledged&sort=-units"))
    tranche = Tranche.objects.filter(state="acknowledged").order_by("-units")[0]
    assert lines[0][3:6] == [tranche.amount.plain(), "EUR", tranche.paid_on.isoformat()]
    response = get("/lists/tranches.xlsx?state=acknowledged")
    with zipfile.ZipFile(io.BytesIO(response.body)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert f"<v>{tranche.units // 10_000}</v>" in sheet
    assert 'state="frozen"' in sheet


def test_a_file_says_of_which_programme_it_is_by_what_narrowed_when_and_for_whom(full: World) -> None:
    cells = cells_of(get("/lists/events.xlsx?kind=forum&place=210101"))
    for text in ("Programme", "Test", "List", "Events", "Kind", "Public forum", "Place", "Angkor Borei", "As of",
                 "May be read by", "Those who work in the programme.", "Demonstration"):  # fmt: skip
        assert text in cells, text
    people = get("/lists/people.xlsx")
    assert "-persons-" in people["Content-Disposition"]
    assert any("persons" in text for text in cells_of(people))


def test_no_text_in_a_file_is_a_formula(full: World) -> None:
    texts = [line[0] for line in rows_in(get("/lists/requests.csv"))]
    assert f"'{FORMULA}" in texts
    assert FORMULA not in texts
    assert FORMULA in cells_of(get("/lists/requests.xlsx"))  # a text there, and no formula: cells_of looks for one
    for text, written in (
        ("-5.20", "-5.20"),
        ("+1", "+1"),
        ("-x", "'-x"),
        ("@a", "'@a"),
        ("\tx", "'\tx"),
        ("a=b", "a=b"),
    ):
        assert files._no_formula(text) == written


def test_a_list_that_is_too_long_for_a_file_asks_to_be_narrowed(full: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MOST", 2)
    whole = asked(full, chapters()["events"], full.manager)
    for make in (as_csv, as_xlsx):
        with refused("list.too_many"):
            make(whole)
    assert get("/lists/events.csv").status_code == 422


def test_a_printed_list_has_all_its_rows_what_narrowed_it_and_a_line_to_sign(
    full: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "ROWS", 1)
    response = get("/lists/events/?print=1&kind=forum")
    assert len(keys_on(response)) == len(keys_on(get("/lists/events/?kind=forum&print=1"))) > 1
    assert "Public forum" in response.text
    assert 'class="sign"' in response.text
    monkeypatch.setattr(views, "PRINTED", 1)
    assert "The list goes on" in get("/lists/events/?print=1&kind=forum").text


# ── the page ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_what_somebody_typed_is_shown_and_never_obeyed(full: World) -> None:
    for path in ("/lists/requests/", "/lists/requests/?q=<script>", "/lists/requests/?print=1&q=script"):
        text = get(path).text
        assert "<script" not in text, path
    assert "&lt;script&gt;alert(" in get("/lists/requests/").text


def test_a_table_escapes_its_caption_its_headings_and_its_addresses() -> None:
    made = table(HOSTILE, [Heading(HOSTILE, href=f"/?{HOSTILE}"), Heading(HOSTILE)], [(f"/{HOSTILE}", ["a", "b"])])
    assert "<script" not in made
    assert made.count("&lt;script&gt;") == 7


def test_an_empty_list_says_what_to_do_next(world: World) -> None:
    for chapter in chapters().values():
        if not chapter.rows(world.programme).exists():
            assert chapter.empty.en in unescape(get(f"/lists/{chapter.slug}/").text), chapter.slug
            assert chapter.empty.km in get(f"/km/lists/{chapter.slug}/").text, chapter.slug
    assert "Nothing is found by these filters" in get("/lists/bodies/?q=dragons").text


def test_the_index_names_every_list_that_a_reader_may_have(full: World) -> None:
    for who in ("manager", "ang", "donor"):
        text = get("/lists/", who).text
        for slug, chapter in chapters().items():
            assert (f'"/lists/{slug}/"' in text) is chapter.open_to(eyes_of(full.users[who])), (who, slug)


def test_every_list_is_said_in_both_languages() -> None:
    for chapter in chapters().values():
        for name in (chapter.title, chapter.empty):
            assert name.en
            assert re.search("[\u1780-\u17ff]", name.km), chapter.slug


def test_evidence_that_shows_persons_is_listed_only_for_the_office(full: World) -> None:
    personal = Evidence.objects.filter(programme=full.programme, is_personal=True)
    assert not set(keys_on(get("/lists/evidence/", "donor"))) & set(personal.values_list("pk", flat=True))
