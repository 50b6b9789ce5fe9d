from uuid import RFC_4122

from hypothesis import assume, given
from hypothesis import strategies as st

from laar.kit.uids import SPOKEN, spoken, uuid7

INSTANTS = st.integers(0, 2**48 - 1)
CHANCE = st.binary(min_size=10, max_size=10)


@given(INSTANTS, CHANCE)
def test_an_id_says_that_it_is_a_uuid_of_version_7(at, chance):
    uid = uuid7(at, chance)
    assert uid.version == 7
    assert uid.variant == RFC_4122
    assert uid.int >> 80 == at


@given(INSTANTS, INSTANTS, CHANCE, CHANCE)
def test_ids_sort_by_the_instant_in_which_they_were_born(one, other, chance, more):
    assume(one != other)
    earlier, later = uuid7(one, chance), uuid7(other, more)
    assert (earlier < later) == (one < other)
    assert (str(earlier) < str(later)) == (one < other)


@given(INSTANTS, CHANCE)
def test_nothing_but_version_and_variant_is_taken_from_the_randomness(at, chance):
    kept = uuid7(at, chance).int & (2**80 - 1)
    overwritten = 0xF << 76 | 0x3 << 62
    assert kept & ~overwritten == int.from_bytes(chance, "big") & ~overwritten


@given(INSTANTS, CHANCE)
def test_a_spoken_code_has_two_groups_of_three_and_no_letter_that_is_mistaken_for_a_digit(at, chance):
    code = spoken(uuid7(at, chance))
    assert len(code) == 7
    assert code[3] == "-"
    assert set(code.replace("-", "")) <= set(SPOKEN)
    assert not set(code) & set("ILOUilou")


@given(INSTANTS, INSTANTS, CHANCE)
def test_a_spoken_code_comes_from_the_random_end_of_the_id(one, other, chance):
    assert spoken(uuid7(one, chance)) == spoken(uuid7(other, chance))
    flipped = chance[:-1] + bytes([chance[-1] ^ 1])
    assert spoken(uuid7(one, chance)) != spoken(uuid7(one, flipped))
