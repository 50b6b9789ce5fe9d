import unicodedata
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from laar.kit.names import INVISIBLE, Name, clean, fold, gives_reason, name_of

#: Khmer, Latin with marks that compose, digits, white space, and what shows nothing.
TEXT = st.text(
    st.sampled_from("កខគឃងចឆាិីុូួើៀេែៃោៅំះ្៉៊០១២aAeEoÉéöñ\u0301\u0308\u0323 \t\u00a0")
    | st.sampled_from([*map(chr, INVISIBLE)]),
    max_size=20,
)


@given(TEXT)
def test_what_is_stored_is_nfc_and_has_no_space_at_its_ends(text):
    stored = clean(text)
    assert unicodedata.is_normalized("NFC", stored)
    assert stored == stored.strip()
    assert clean(stored) == stored


def test_a_zero_width_space_is_kept_in_storage_and_ignored_in_comparison():
    assert clean("ភូមិ\u200bមួយ") == "ភូមិ\u200bមួយ"
    assert fold("ភូមិ\u200bមួយ") == fold("ភូមិមួយ")


@given(TEXT)
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


@given(TEXT, st.data())
def test_invisible_characters_never_make_two_texts_differ(text, data):
    plain = text.translate(INVISIBLE)
    place = data.draw(st.integers(0, len(plain)))
    invisible = chr(data.draw(st.sampled_from(sorted(INVISIBLE))))
    assert fold(plain[:place] + invisible + plain[place:]) == fold(plain)


def test_case_and_runs_of_white_space_are_ignored_in_comparison():
    assert fold("  Angkor \t BOREI ") == fold("angkor borei")
    assert fold("Ba Srae") != fold("Basrae")


@given(TEXT)
def test_the_two_spellings_of_an_accent_are_one_text(text):
    assert clean(unicodedata.normalize("NFD", text)) == clean(text)
    assert fold(unicodedata.normalize("NFD", text)) == fold(text)


def test_a_name_speaks_the_other_language_where_it_has_none():
    assert Name("Takeo").say("km") == "Takeo"
    assert Name("", "តាកែវ").say("en") == "តាកែវ"
    assert Name("Takeo", "តាកែវ").say("km") == "តាកែវ"
    assert str(Name("", "តាកែវ")) == "តាកែវ"


def test_a_fact_that_is_a_name_speaks_each_language():
    said = Name("{who} in {place}", "{who} នៅ {place}").format(who=Name("A council", "ក្រុមប្រឹក្សា"), place=2101)
    assert said == Name("A council in 2101", "ក្រុមប្រឹក្សា នៅ 2101")


def test_braces_in_a_fact_are_text_and_no_template():
    assert Name("{who}").format(who="{whom} {0}").en == "{whom} {0}"


def test_anything_has_a_name():
    @dataclass
    class Named:
        name: Name

    assert name_of(Named(Name("x", "y"))) == Name("x", "y")
    assert name_of(7) == Name("7", "7")


def test_a_reason_has_at_least_a_word():
    assert [gives_reason(Name(*one)) for one in (("Lost",), ("", "បាត់"), (".", "ខុស"))] == [True] * 3
    assert not any(gives_reason(one) for one in (Name("."), Name("–", "។"), Name("12", ""), " ", "x"))
