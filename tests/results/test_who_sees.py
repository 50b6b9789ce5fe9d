"""Who sees what: every reader × everything that tells of a person, as one table."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db.models import Model

from laar.base.access import can_open, visible
from laar.base.act import act
from laar.base.actions import grant_role, keep_evidence, open_evidence, redact_evidence, register_user
from laar.base.models import Evidence, Opening
from laar.base.papers import papers_shown
from laar.base.queries import evidence_of
from laar.base.readers import NOBODY, PUBLIC, Reader, reader_as
from laar.events.actions import raise_request, record_attendance
from laar.events.models import Attendance
from laar.kit.figures import Records, Scope, definitions
from laar.kit.names import Name
from laar.registers.actions import register_party
from laar.results.cards import card_of, record_called
from tests.refused import refused
from tests.thread import Thread
from tests.world import PNG, World

THINGS = (
    "original",  # a signed attendance sheet with thumbprints and telephones
    "copy",  # its redacted copy
    "receipt",  # a paper that shows nobody
    "voucher",
    "request",
    "in_confidence",  # a request that is sensitive
    "named",  # an attendance with a name
    "counted",  # an attendance that is a count
    "person",
    "council",
)
#: ● sees it · not. In the order of THINGS; everything happened in Angkor Borei.
TABLE = {
    "manager": "● ● ● ● ● ● ● ● ● ●",
    "monitoring": "● ● ● ● ● ● ● ● ● ●",
    "clerk": "● ● ● ● ● ● ● ● ● ●",  # of Angkor Borei
    "ang": "● ● ● ● ● ● ● ● ● ●",  # the facilitator there
    "ba": "· · · · · · · · · ·",  # the facilitator of the other commune
    "finance": "· ● ● ● ● · ● ● ● ●",
    "auditor": "· ● ● ● ● · ● ● ● ●",
    "admin": "· ● ● ● ● · ● ● ● ●",
    "donor": "· ● ● ● ● · · ● · ●",
    "a donor": "· ● ● ● ● · · ● · ●",  # without an account: for whom a trace pack is made
    "the office": "● ● ● ● ● ● ● ● ● ●",  # likewise
    "stranger": "· · · · · · · · ● ●",  # works with people in another programme; parties belong to all of them
    "nobody": "· · · · · · · · · ·",
    "PUBLIC": "· · · ● ● · · · · ●",
}


@pytest.fixture
def things(world: World) -> dict[str, Model]:
    """One of each, in Angkor Borei."""
    facts = {"by": world.manager, "on": world.day}
    thread = Thread(world).before("hold_forum")
    person = register_party("person", name=Name(en="Sok Chan", km="សុខ ចាន់"), place=world.ang, sex="f", **facts)
    named = record_attendance(thread.forum, person=person, capacity="citizen", **facts)
    thread.to("accept_voucher")
    original = keep_evidence(
        world.programme, PNG + b"thumbs", caption=Name(en="Sheet"), dated=world.day, is_personal=True, **facts
    )
    with act(world.manager, "event.hold", thread.forum, on=world.day) as step:
        step.attach(step.subject, original, "signed_sheet")
    in_confidence = raise_request(thread.forum, text=Name(en="In confidence"), is_sensitive=True, **facts)
    return {
        "original": original,
        "copy": redact_evidence(original, PNG + b"bars", **facts),
        "receipt": evidence_of(thread.voucher).get().evidence,
        "voucher": thread.voucher,
        "request": thread.request,
        "in_confidence": in_confidence,
        "named": named,
        "counted": Attendance.objects.filter(event=thread.forum, person=None).first(),
        "person": person,
        "council": world.council,
    }


def readers(world: World) -> dict[str, Reader]:
    """Every reader of the table."""
    for name, place in {"monitoring": "", "clerk": "210101", "auditor": "", "donor": ""}.items():
        user = register_user(name, name=Name(en=name), by=None, on=world.day)
        grant_role(user, role=name, programme=world.programme, place=place, since=world.day, by=None, on=world.day)
        world.users[name] = user
    without_account: dict[str, Reader] = {
        "a donor": reader_as("donor", world.programme),
        "the office": reader_as("manager", world.programme),
        "PUBLIC": PUBLIC,
    }
    return {name: without_account.get(name, world.users.get(name)) for name in TABLE}


def sees(reader: Reader, thing: Model) -> bool:
    if isinstance(thing, Evidence):
        return can_open(reader, thing)
    return visible(reader, type(thing)._default_manager.filter(pk=thing.pk)).exists()


def test_every_reader_sees_what_the_table_says(world: World, things: dict[str, Model]) -> None:
    found = {
        name: " ".join("●" if sees(reader, things[thing]) else "·" for thing in THINGS)
        for name, reader in readers(world).items()
    }
    assert found == TABLE


def test_a_card_is_there_for_whom_the_table_says(world: World, things: dict[str, Model]) -> None:
    for name, reader in readers(world).items():
        for thing, mark in zip(THINGS, TABLE[name].split(), strict=True):
            record = things[thing]
            if mark == "●":
                assert card_of(record_called(str(record._meta.model_name), record.pk, reader), reader).record == record
            else:
                with refused("record.not_found"):
                    record_called(str(record._meta.model_name), record.pk, reader)


def test_nobody_sees_nothing(world: World, things: dict[str, Model]) -> None:
    for thing in things.values():
        assert not sees(None, thing)
        assert not sees(NOBODY, thing)


def test_a_paper_is_shown_as_original_as_copy_or_as_closed(world: World, things: dict[str, Model]) -> None:
    event = things["named"].event  # type: ignore[attr-defined]
    attached = list(evidence_of(event))
    shown = {
        name: {paper.role: paper for paper in papers_shown(reader, attached)}["signed_sheet"]
        for name, reader in readers(world).items()
    }
    for name in ("manager", "ang", "clerk", "the office"):
        assert (shown[name].needs_reason, shown[name].shown) == (True, things["copy"])
    for name in ("donor", "a donor", "finance", "auditor"):
        assert (shown[name].needs_reason, shown[name].page) == (False, things["copy"])
    for name in ("ba", "stranger", "nobody", "PUBLIC"):
        assert shown[name].is_closed


def test_papers_cost_the_same_for_one_and_for_many(
    world: World, things: dict[str, Model], django_assert_max_num_queries: object
) -> None:
    attached = [one for thing in things.values() for one in evidence_of(thing)]
    event = things["named"].event  # type: ignore[attr-defined]
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        papers_shown(world.users["ang"], [*evidence_of(event), *attached])


def test_a_public_card_leaves_out_what_tells_of_a_person(world: World, things: dict[str, Model]) -> None:
    voucher = things["voucher"]
    full, public = card_of(voucher, world.manager), card_of(voucher, PUBLIC)
    payee = voucher.payee  # type: ignore[attr-defined]
    assert payee in [said.text for said in full.said]
    assert payee not in [said.text for said in public.said]
    assert public.name == Name(en=f"Voucher {voucher.number}", km=f"ប័ណ្ណចំណាយ {voucher.number}")  # type: ignore[attr-defined]
    assert full.history
    assert public.history == []
    assert not [said for said in public.said if said.label == "brought in by"]


def test_who_opened_an_original_is_seen_by_the_house_and_not_by_donor_or_public(
    world: World, things: dict[str, Model]
) -> None:
    opening = open_evidence(
        things["original"],  # type: ignore[arg-type]
        reason="A name is disputed",
        by=world.manager,
        on=world.day,
    )
    who = {name for name, reader in readers(world).items() if sees(reader, opening)}
    assert who == {"manager", "monitoring", "auditor", "finance", "admin", "the office"}
    assert isinstance(opening, Opening)


# ── what a table says about itself ──────────────────────────────────────────────────────────────────────────────────


def test_no_table_of_persons_is_public() -> None:
    closed = ("base.user", "base.role", "base.evidence", "base.attachment", "base.opening", "base.trailline")
    closed += ("base.trailrow", "registers.membership", "events.attendance", "reports.pack")
    for label in closed:
        assert getattr(apps.get_model(label), "IS_PUBLIC", False) is False, label


def test_what_a_table_says_about_itself_names_its_own_columns() -> None:
    for model in apps.get_models():
        columns = {column.name for column in model._meta.concrete_fields}
        assert set(getattr(model, "PERSONAL", ())) <= columns, model
        assert set(getattr(model, "COUNTS_PEOPLE", ())) <= columns, model
        if {"text_en", "text_km"} & set(getattr(model, "PERSONAL", ())) and "number" in columns:
            assert hasattr(model, "public_name"), f"{model}: its name says what its public card leaves out"


def test_a_public_table_cites_no_person_without_saying_so(world: World) -> None:
    for model in apps.get_models():
        if getattr(model, "IS_PUBLIC", False) is False:
            continue
        own = {field.related_model for field in model._meta.concrete_fields if field.is_relation}
        assert not {one for one in own if one._meta.label == "events.Attendance"}, model


def test_every_figure_that_counts_persons_says_so(world: World) -> None:
    """People present, people reached; that bodies were present, and how many work here, tells of nobody."""
    said = {definition.key for definition in definitions() if definition.of_people}
    people = {"events.present", "oa.people_reached", "sdp.people_reached", "sdp.women_reached"}
    assert said == people | {"bodies.members"}
    for definition in definitions():
        measured = definition.of(Scope(world.programme)).measured
        if isinstance(measured, Records) and measured.column in {"count", "people", "women"}:
            assert definition.key in said or definition.key.endswith("expected"), definition.key
