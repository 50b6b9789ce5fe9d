"""What may be printed in a text of the sheet."""

from __future__ import annotations

import pytest

from laar.reports.rules import Asked, Words, pieces, section_is_known, text_may_be_printed
from tests.refused import refused


def test_words_and_figures_may_be_printed() -> None:
    text_may_be_printed("")
    text_may_be_printed("The councils held {events.forums} forums; {oa.plans?year=2008&funding=grant} plans were made.")
    text_may_be_printed("ក្រុមប្រឹក្សាបានរៀបចំវេទិកាចំនួន {events.forums} ។")


@pytest.mark.parametrize("number", ["22", "២២", "២\u200b២", "２２", "٢٢", "12,345", "1st", "16010"])
def test_a_typed_number_is_refused_in_whatever_digits(number: str) -> None:
    with refused("sheet.typed_number"):
        text_may_be_printed(f"They worked in {number} communes, {{places.communes}}.")


def test_the_number_that_is_wrong_is_shown() -> None:
    with refused("sheet.typed_number") as no:
        text_may_be_printed("There are {places.communes} communes in ៣ districts.")
    assert "៣" in no.value.text.en
    assert "{places.communes}" in no.value.text.en


def test_an_unknown_figure_is_refused() -> None:
    with refused("figure.unknown") as no:
        text_may_be_printed("All {places.villages} villages.")
    assert no.value.facts == {"key": "places.villages"}


@pytest.mark.parametrize("asked", ["year=2008", "place=21", "2008", "year"])
def test_a_figure_is_not_asked_for_by_what_it_does_not_take(asked: str) -> None:
    with refused("figure.unknown_scope"):
        text_may_be_printed(f"All {{places.communes?{asked}}} communes.")


@pytest.mark.parametrize(
    "braces", ["{communes}", "{Places.Communes}", "{places.communes", "}", "{}", "{{places.communes}"]
)
def test_a_brace_that_holds_no_figure_is_refused(braces: str) -> None:
    with refused("sheet.no_figure"):
        text_may_be_printed(f"All {braces} communes.")


PRAISES = ["effectively", "Effectively", "successfully", "ប្រកបដោយប្រសិទ្ធភាព", "ដោយជោគជ័យ", "ប្រកប\u200bដោយ\u200bប្រសិទ្ធភាព"]


@pytest.mark.parametrize("praise", PRAISES)
def test_praise_without_its_figure_is_refused(praise: str) -> None:
    for text in (
        f"The plans were carried out {praise}.",
        f"The plans were carried out {praise}",
        f"{{oa.effective}} were carried out {praise}.",
        f"Carried out {praise}. There were {{oa.plans}} plans.",
        f"Carried out {praise} {'and so on ' * 8}({{oa.effective}}).",
    ):
        with refused("sheet.bare_praise"):
            text_may_be_printed(text)


@pytest.mark.parametrize("praise", PRAISES)
def test_praise_before_its_figure_may_be_printed(praise: str) -> None:
    text_may_be_printed(f"The plans were carried out {praise} ({{oa.effective?funding=grant}}).")


def test_each_praise_needs_a_figure_of_its_own() -> None:
    with refused("sheet.bare_praise"):
        text_may_be_printed("Effectively ({oa.effective}) and successfully.")
    with refused("sheet.bare_praise"):
        text_may_be_printed("Successfully; effectively ({oa.effective}).")


def test_a_text_falls_into_words_and_figures_and_nothing_is_lost() -> None:
    text = "Of {oa.lines_planned} lines {oa.lines_held?year=2008&funding=own} were held."
    assert list(pieces(text)) == [
        Words("Of "),
        Asked("oa.lines_planned", {}),
        Words(" lines "),
        Asked("oa.lines_held", {"year": "2008", "funding": "own"}),
        Words(" were held."),
    ]
    assert list(pieces("")) == []
    assert list(pieces("{oa.plans}{oa.plans}")) == [Asked("oa.plans", {})] * 2


def test_a_section_is_one_of_the_sheets() -> None:
    section_is_known("outreach")
    with refused("sheet.section"):
        section_is_known("praise")
