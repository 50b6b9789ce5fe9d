"""The financial reports on the desk: what keeps one back is a list of work, words are kept in place, numbers open."""

from __future__ import annotations

import re
from datetime import date

import pytest

from laar.reports.actions import submit_finance_report
from laar.reports.models import FinanceExplanation, FinanceReport
from tests.desk.clients import client_of
from tests.reports.budgets import budgeted, explain_all, prepared, spend
from tests.shared import shared, shared_world  # noqa: F401 - fixtures, found here by pytest
from tests.world import World


@pytest.fixture
def report(world: World) -> FinanceReport:
    budget = budgeted(world)
    spend(world, budget, "2.1", "EUR 12.34", date(2007, 4, 1))
    return prepared(world, budget)


def page(username: str, report: FinanceReport, prefix: str = "") -> str:
    return client_of(username).get(f"{prefix}/reports/finance/{report.pk}/").content.decode()


def test_what_keeps_a_report_back_is_a_list_that_leads_to_the_rows(report: FinanceReport) -> None:
    text = page("finance", report)
    assert 'href="#line:2.1"' in text
    assert 'id="line:2.1"' in text
    assert "differs from its budget" in text


#: Each number counts the whole report anew: in the short run every seventh is opened, in the long one all of them.
HOW_MANY = [
    pytest.param("", 7, id="some"),
    pytest.param("", 1, id="all", marks=pytest.mark.long),
    pytest.param("/km", 1, id="all in Khmer", marks=pytest.mark.long),
]


@pytest.mark.parametrize(("prefix", "every"), HOW_MANY)
def test_every_number_of_the_form_is_a_link_that_opens(
    world: World, report: FinanceReport, prefix: str, every: int
) -> None:
    text = page("finance", report, prefix)
    links = re.findall(r'class="f[^"]*" href="([^"]+)" data-figure', text)
    assert len(links) > 40
    client = client_of("finance")
    for link in list(dict.fromkeys(links))[::every]:
        assert client.get(link.replace("&amp;", "&")).status_code == 200, link


def test_words_are_kept_in_place_and_a_form_sent_twice_is_kept_once(world: World, report: FinanceReport) -> None:
    client, text = client_of("finance"), page("finance", report)
    command = re.search(r'name="command" value="([^"]+)"', text)
    assert command
    sent = {"row": "line:2.1", "text_en": "Cheaper.", "text_km": "ថោកជាង។", "command": command[1]}
    for _ in range(2):
        answer = client.post(f"/reports/finance/{report.pk}/explain/", sent)
        assert (answer.status_code, answer["Location"].endswith("#line:2.1")) == (302, True)
    assert FinanceExplanation.objects.filter(report=report).count() == 1
    assert "Cheaper." in page("finance", report)


def test_who_may_not_explain_sees_no_form(world: World, report: FinanceReport) -> None:
    assert "<textarea" in page("finance", report)
    assert "<textarea" not in page("admin", report)
    sent = {"row": "line:2.1", "text_en": "x", "command": "0c5e5b5e-6d0f-4a8e-9a52-1d6a1aa2d3e0"}
    assert client_of("ba").post(f"/reports/finance/{report.pk}/explain/", sent).status_code == 404


def test_what_was_sent_is_shown_as_sent_and_a_later_correction_beside_it(world: World, report: FinanceReport) -> None:
    explain_all(world, report)
    submit_finance_report(report, by=world.manager, on=world.day)
    assert "f sealed" in page("finance", report)
    assert 'class="since"' not in page("finance", report)
    spend(world, report.budget, "2.1", "EUR 5", date(2007, 4, 20))
    text = page("finance", report)
    assert 'class="since"' in text
    assert "now 17.34" in text


def test_a_report_asks_the_database_no_more_for_more_costs(
    world: World, report: FinanceReport, django_assert_max_num_queries: object
) -> None:
    client = client_of("finance")
    with django_assert_max_num_queries(60):  # type: ignore[operator]  # a fixture of pytest-django
        client.get(f"/reports/finance/{report.pk}/")
    for day in range(1, 21):
        spend(world, report.budget, "1.1.1", "EUR 3.21", date(2007, 5, day))
    with django_assert_max_num_queries(60):  # type: ignore[operator]  # a fixture of pytest-django
        client.get(f"/reports/finance/{report.pk}/")
