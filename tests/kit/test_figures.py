from fractions import Fraction

import pytest
from django.db.models import F
from hypothesis import given
from hypothesis import strategies as st

from laar.base.models import Programme, Role, User
from laar.kit.figures import (
    Definition,
    Ratio,
    Records,
    Scope,
    definitions,
    figure,
    figure_of,
    follow,
    hundredths,
)
from laar.kit.names import Name
from laar.kit.refusals import Refusal
from laar.ledger.actions import credit, debit, post_entry
from laar.ledger.models import Posting
from tests.world import eur


def defined(measure, *takes, key="test.figure"):
    return Definition(key, Name("A figure", "តួលេខ"), Name("Its rule.", "វិធាន។"), takes, measure)


def roles(scope):
    records = Role.objects.filter(programme=scope.programme).order_by("id")
    return Records(records.filter(role=scope["role"]) if scope["role"] else records)


def test_records_are_counted(world):
    figure_ = defined(roles).of(Scope(world.programme))
    assert figure_.value == 6
    assert figure_.figure == figure_.plain() == "6"
    assert figure_.unit == ""


def test_a_column_adds_up_and_money_is_printed_with_its_coins(world):
    bank, income, fund = world.accounts["bank"], world.accounts["income"], world.fund
    for amount in ("1000.10", "0.05"):
        legs = [debit(bank, fund, eur(amount)), credit(income, fund, eur(amount))]
        post_entry(world.book, legs, text=Name("Grant"), by=world.finance, on=world.day)

    def measure(scope):
        return Records(Posting.objects.filter(account=bank), column="units", currency="EUR")

    figure_ = defined(measure).of(Scope(world.programme))
    assert figure_.value == 10_001_500
    assert (figure_.figure, figure_.plain(), figure_.unit) == ("1,000.15", "1000.15", "EUR")


def test_what_each_record_contributes_adds_up_to_the_value(world):
    measures = [
        roles(Scope(world.programme)),
        Records(Role.objects.order_by("id"), distinct="role"),
        Records(User.objects.order_by("id"), column="id"),
        Records(Role.objects.order_by("id"), column="programme__id"),
        Records(Role.objects.none(), column="id"),
    ]
    for measure in measures:
        assert sum(part for _, part in measure.contributions()) == measure.value
    assert measures[1].value == 4


def test_a_record_contributes_its_distinct_thing_once(world):
    parts = list(Records(Role.objects.filter(role="manager").order_by("id"), distinct="role").contributions())
    assert [part for _, part in parts] == [1, 0, 0]


@pytest.mark.parametrize(
    ("percent", "printed", "plain", "unit"), [(True, "33.33 %", "33.33", "%"), (False, "2 / 6", "2/6", "of")]
)
def test_a_ratio_cites_two_figures(world, percent, printed, plain, unit):
    definition = defined(roles, "role")
    scope = Scope(world.programme)

    def share(scope):
        whole = definition.of(scope)
        return Ratio(whole.at(role="manager"), whole, percent=percent)

    ratio = defined(share, key="test.share").of(scope)
    assert ratio.value == Fraction(100, 3)
    assert (ratio.figure, ratio.plain(), ratio.unit) == (printed, plain, unit)
    assert ratio.ratio is not None
    assert ratio.ratio.part.id == "test.figure?role=manager"


def test_a_ratio_of_nothing_is_no_number(world):
    nothing = defined(lambda _: Records(Role.objects.none()))

    def share(scope):
        return Ratio(nothing.of(scope), nothing.of(scope), percent=True)

    ratio = defined(share, key="test.share").of(Scope(world.programme))
    assert ratio.value is None
    assert ratio.figure == "–"
    assert ratio.plain() is None


def test_the_scope_is_the_address_of_a_figure(world):
    definition = defined(roles, "role", "year")
    assert definition.of(Scope(world.programme)).id == "test.figure"
    scope = Scope(world.programme, place="2101", more={"year": "2008", "role": "a b&c", "other": ""})
    assert scope.query() == "place=2101&role=a+b%26c&year=2008"
    assert definition.of(Scope(world.programme, more={"role": "manager"})).at(place="21").id == (
        "test.figure?place=21&role=manager"
    )


def test_a_figure_is_measured_once_and_only_when_it_is_looked_at(world):
    measured = []

    def measure(scope):
        measured.append(scope)
        return roles(scope)

    figure_ = defined(measure).of(Scope(world.programme))
    assert measured == []
    assert (figure_.value, figure_.figure, figure_.plain()) == (6, "6", "6")
    assert len(measured) == 1


def test_an_unknown_scope_is_refused_with_what_is_known():
    with pytest.raises(Refusal) as no:
        defined(roles, "role", "year").of(Scope(Programme(), more={"colour": "red"}))
    assert no.value.code == "figure.unknown_scope"
    assert "role, year" in no.value.text.en
    assert "colour=red" in no.value.text.en


def test_an_unknown_figure_is_refused():
    with pytest.raises(Refusal) as no:
        figure_of("no.such", Scope(Programme()))
    assert no.value.code == "figure.unknown"


def test_a_figure_is_declared_once():
    key = definitions()[0].key
    with pytest.raises(ValueError, match="declared twice"):
        figure(key, label=Name("x"), rule=Name("x"))(roles)


def test_every_figure_of_the_house_is_measured_for_an_empty_programme(world):
    for definition in definitions():
        figure_ = definition.of(Scope(world.other))
        assert not figure_.value, definition.key
        assert figure_.figure, definition.key
        for name in (definition.label, definition.rule):
            assert name.en, definition.key
            assert name.km, definition.key
        for parameter, values in definition.only.items():
            assert figure_.at(**{parameter: sorted(values)[-1]}).figure, definition.key
            with pytest.raises(Refusal):
                figure_.at(**{parameter: "no such value"})


def test_a_path_that_breaks_off_leads_to_nothing(world):
    role = Role.objects.filter(programme=world.programme).first()
    assert follow(role, "programme__code") == "TEST"
    assert follow(Role(programme=None), "programme__code") is None


@given(st.fractions(-(10**6), 10**6, max_denominator=10_000))
def test_hundredths_round_half_away_from_zero(value):
    text = hundredths(value)
    printed = Fraction(text.replace("–", "-"))
    assert len(text.split(".")[1]) == 2
    assert abs(printed - value) <= Fraction(1, 200)
    if abs(printed - value) == Fraction(1, 200):
        assert abs(printed) > abs(value)


def test_a_negative_ratio_has_a_minus_sign_that_machines_can_read(world):
    whole = defined(lambda _: Records(User.objects.filter(pk=world.admin.pk), column="id"))
    part = defined(
        lambda _: Records(User.objects.filter(pk=world.admin.pk).annotate(n=F("id") * -1), column="n"), key="test.part"
    )

    def share(scope):
        return Ratio(part.of(scope), whole.of(scope), percent=True)

    ratio = defined(share, key="test.share").of(Scope(world.programme))
    assert (ratio.figure, ratio.plain()) == ("–100.00 %", "-100.00")
