"""The reference sheet: computed from records, every number a figure, and it moves when a record does."""

from __future__ import annotations

from datetime import date

import pytest

from laar.events.actions import announce_event, decline_request
from laar.kit.figures import Figure
from laar.kit.money import Money
from laar.kit.names import Name
from laar.reports.actions import write_paragraph
from laar.reports.factsheet import sheet_of
from laar.reports.models import Paragraph
from tests.refused import refused_without_trace
from tests.reports.facts import describe, numbers, sheet
from tests.thread import FIRST, GRANT, Thread, fund_the_bank
from tests.world import World, eur


def test_a_programme_that_nobody_described_has_no_sheet(world: World) -> None:
    assert sheet_of(world.programme) is None


def test_the_head_of_the_sheet_says_who_where_and_when(world: World) -> None:
    describe(world)
    made = sheet(world)
    assert (made.first, made.last) == (date(2007, 3, 1), date(2010, 6, 30))
    assert made.role == Name(
        en="Implementing partner of the lead, Lotus Fund (fictional)",
        km="ដៃគូអនុវត្តរបស់អង្គការដឹកនាំ Lotus Fund (ប្រឌិត)",
    )
    assert [name.en for name in made.provinces] == ["Takeo"]
    assert [(cell.share.sector.code, cell.share.share, cell.today) for cell in made.sectors] == [
        ("151", 6667, None),
        ("16010", 3333, None),
    ]
    assert (made.blank("cost"), made.blank("role")) == (True, False)


def test_a_sheet_of_an_empty_programme_stands_and_claims_nothing(world: World) -> None:
    describe(world)
    shown = numbers(sheet(world))
    assert shown["oa.support"] == "0.00"
    assert shown["oa.effective"] == "0 / 0"
    assert shown["participation.women"] == "–"
    assert (shown["places.communes"], shown["places.districts"]) == ("2", "1")


def test_every_number_on_the_sheet_is_a_figure_that_can_be_opened(world: World) -> None:
    describe(world)
    Thread(world).to("pay_first")
    made = sheet(world)
    shown = [figure for _, figure in made.objective]
    for section in made.sections:
        shown += [figure for _, figure in section.margin]
        for texts in section.texts.values():
            for text in texts:
                shown += [piece for piece in text if isinstance(piece, Figure)]
                assert not any(set(piece) & set("0123456789០១២៣៤៥៦៧៨៩{}") for piece in text if isinstance(piece, str))
    shown += [donor.amount for donor in made.donors]
    assert len(shown) >= 20
    for figure in shown:
        assert made.figures[figure.id] is figure


def test_a_text_says_the_numbers_that_the_records_have(world: World) -> None:
    describe(world)
    Thread(world).to("hold_line")
    (section,) = [section for section in sheet(world).sections if section.code == "outreach"]
    said = {
        lang: ["".join(piece if isinstance(piece, str) else piece.figure for piece in text) for text in texts]
        for lang, texts in section.texts.items()
    }
    assert said == {
        "en": ["The council held 1 forums and carried out 1 plans effectively (1 / 1) with EUR 400.00."],
        "km": ["វេទិកា 1"],
    }


def test_paying_another_tranche_moves_the_support_by_exactly_that_amount(world: World) -> None:
    describe(world)
    thread = Thread(world).to("liquidate_first")
    before = sheet(world)
    assert before.figures["oa.support"].value == FIRST.units
    thread.pay_second()
    after = sheet(world)
    assert after.figures["oa.support"].value - before.figures["oa.support"].value == (GRANT - FIRST).units
    moved = {key for key in numbers(after) if numbers(after)[key] != numbers(before)[key]}
    assert moved == {"oa.support", "action.grants"}


def test_the_sheet_follows_each_stage_of_a_request(world: World) -> None:
    describe(world)
    fund_the_bank(world)
    thread, last = Thread(world), numbers(sheet(world))
    assert last["donor.amount?fund=G"] == "10,000.00"
    moves = {}
    for stage in (
        "hold_forum", "raise_request", "accept_request", "submit_plan", "approve_plan", "approve", "sign",
        "pay_first", "hold_event", "hold_line", "accept_voucher", "liquidate_second", "complete", "settle",
    ):  # fmt: skip
        thread.to(stage)
        now = numbers(sheet(world))
        moves[stage] = {key for key in now if now[key] != last.get(key)}
        last = now
    assert moves["hold_forum"] == {"events.forums", "participation.women"}
    assert moves["raise_request"] == {"accountability.answered"}
    assert moves["accept_request"] == {"accountability.answered", "integration.answered"}
    assert moves["submit_plan"] == moves["approve"] == moves["complete"] == set()
    assert {"oa.plans?year=2008", "integration.answered"} < moves["approve_plan"]
    assert moves["sign"] == {"oa.settled", "transparency.decided"}
    assert moves["pay_first"] == {"oa.support", "action.grants"}
    assert moves["hold_event"] == {"participation.women"}
    assert moves["hold_line"] <= {"oa.effective", "oa.effective?funding=grant", "oa.served?funding=grant"}
    assert moves["hold_line"]
    assert moves["accept_voucher"] == {"action.cost"}
    assert moves["liquidate_second"] == {"action.cost", "oa.support", "action.grants"}
    assert moves["settle"] == {"oa.settled"}
    assert Money(sheet(world).figures["action.cost"].value, "EUR") == GRANT


def test_a_declined_request_is_answered_too(world: World) -> None:
    describe(world)
    thread = Thread(world).to("raise_request")
    decline_request(thread.request, reason=Name(en="A road"), by=world.users["ang"], on=world.day)
    assert numbers(sheet(world))["accountability.answered"] == "1 / 1"


def test_what_is_only_planned_moves_nothing(world: World) -> None:
    describe(world)
    before = numbers(sheet(world))
    announce_event(
        world.programme, "forum", place=world.ang, host=world.council, day=world.day, title=Name(en="Next"),
        by=world.users["ang"], on=world.day,
    )  # fmt: skip
    assert numbers(sheet(world)) == before


def test_a_paragraph_is_written_anew_in_its_place(world: World) -> None:
    describe(world)
    paragraph = Paragraph.objects.get()
    text = Name(en="Now {oa.plans} plans.", km="")
    again = write_paragraph(world.programme, "outreach", 1, text=text, by=world.manager, on=world.day)
    assert again.pk == paragraph.pk
    assert Paragraph.objects.get().text_en == "Now {oa.plans} plans."


@pytest.mark.parametrize(
    ("section", "text", "code"),
    [
        ("outreach", Name(en="There were 22 plans."), "sheet.typed_number"),
        ("outreach", Name(en="There were {oa.plans}.", km="មាន ២២"), "sheet.typed_number"),
        ("outreach", Name(en="Carried out effectively."), "sheet.bare_praise"),
        ("outreach", Name(en="", km="អនុវត្តប្រកបដោយប្រសិទ្ធភាព។"), "sheet.bare_praise"),
        ("outreach", Name(en="{oa.nothing}"), "figure.unknown"),
        ("nowhere", Name(en="Words"), "sheet.section"),
    ],
)
def test_a_text_that_may_not_be_printed_is_not_kept(world: World, section: str, text: Name, code: str) -> None:
    with refused_without_trace(code):
        write_paragraph(world.programme, section, 1, text=text, by=world.manager, on=world.day)
    assert not Paragraph.objects.exists()


@pytest.mark.parametrize("name", ["ang", "finance", "stranger", "nobody"])
def test_the_sheet_is_written_by_the_office_of_the_programme(world: World, name: str) -> None:
    with refused_without_trace("access.no_role"):
        write_paragraph(world.programme, "sdp", 1, text=Name(en="Words"), by=world.users[name], on=world.day)


def test_another_programme_has_a_sheet_of_its_own(world: World) -> None:
    describe(world)
    Thread(world).to("pay_first")
    assert sheet_of(world.other) is None
    assert sheet(world).figures["oa.support"].value == eur(400).units
