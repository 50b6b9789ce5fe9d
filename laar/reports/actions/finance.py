"""Preparing a financial report, explaining it, sending it with its numbers kept, and what the donor says to it."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from laar.base.act import act, action
from laar.base.models import User
from laar.kit.names import Name, clean
from laar.kit.refusals import Refusal
from laar.ledger.models import Budget
from laar.reports.finance.cells import LOOSE
from laar.reports.finance.frozen import digest_of
from laar.reports.finance.funding import funding_of
from laar.reports.finance.statement import statement_of
from laar.reports.models import FinanceExplanation, FinanceFigure, FinanceReport
from laar.reports.rules import FINANCE_REPORT, fits_the_budget, is_open_for_words


@action("finance_report.prepare")
def prepare_finance_report(
    budget: Budget, *, kind: str, since: date, until: date, by: User, on: date, command: UUID | None = None
) -> FinanceReport:
    """Begin a report on some days of a budget; `until` is the first day that it does not cover.

    Raises Refusal `finance.period`, `finance.overlaps`.
    """
    with act(by, "finance_report.prepare", budget, on=on, command=command) as step:
        budget = step.subject
        fits_the_budget(kind, since, until, budget.since, budget.until)
        others = FinanceReport.objects.filter(budget=budget)
        clash = others.filter(since__lt=until, until__gt=since).order_by("-until").first()
        if clash is not None:
            raise Refusal("finance.overlaps", other=clash.name, free=clash.until, see=clash)
        last = others.order_by("-number").values_list("number", flat=True).first()
        return step.create(
            FinanceReport(
                programme_id=budget.programme_id,
                budget=budget,
                number=(last or 0) + 1,
                kind=kind,
                since=since,
                until=until,
                prepared_by=by,
            )
        )


@action("finance_report.explain")
def explain_finance_report(
    report: FinanceReport, *, row: str, text: Name, by: User, on: date, command: UUID | None = None
) -> FinanceExplanation:
    """Say why a line (`line:1.1.1`) or a heading (`heading:1`) differs from its budget, or say it anew.

    `none` is the row of costs that stand on no budget line. Raises Refusal `finance.sent`, `finance.row`.
    """
    with act(by, "finance_report.explain", report, on=on, command=command) as step:
        report = step.subject
        is_open_for_words(report)
        found = statement_of(report).row(row)
        if found is None or (found.kind == "sum" and row != LOOSE):
            raise Refusal("finance.row", row=row, report=report.name)
        words = FinanceExplanation.objects.filter(report=report, line=found.line, heading=found.heading).first()
        if words is None:
            return step.create(
                FinanceExplanation(
                    programme_id=report.programme_id,
                    report=report,
                    line=found.line,
                    heading=found.heading,
                    text_en=clean(text.en),
                    text_km=clean(text.km),
                )
            )
        words = step.lock(words)
        words.text_en, words.text_km = clean(text.en), clean(text.km)
        step.save(words)
        return step.result(words)


@action("finance_report.submit")
def submit_finance_report(
    report: FinanceReport, *, by: User, on: date, command: UUID | None = None, seen: int | None = None
) -> FinanceReport:
    """Send a report to the donor: its numbers are kept as they are now, and its state of explanation is judged.

    Raises Refusal `access.same_person`, `finance.blocked`, `finance.earlier_waits`, `finance.not_over`.
    """
    with act(by, "finance_report.submit", report, on=on, command=command, seen=seen) as step:
        report = step.subject
        waiting = FinanceReport.objects.filter(budget=report.budget_id, since__lt=report.since)
        earlier = waiting.exclude(state__in=("submitted", "accepted")).order_by("since").first()
        if earlier is not None:
            raise Refusal("finance.earlier_waits", other=earlier.name, see=earlier)
        if on < report.until:
            raise Refusal("finance.not_over", on=on, last=report.until - timedelta(days=1))
        statement = statement_of(report)
        FINANCE_REPORT.move(report, "submit", by=by, blocks=statement.blocks)
        report.turn += 1
        report.submitted_by, report.submitted_on = by, on
        kept = [*statement.values(), *funding_of(statement).values()]
        report.sha256 = digest_of((row, column, amount.currency, amount.units) for row, column, amount in kept)
        step.save(report)
        step.create_many(
            [
                FinanceFigure(
                    programme_id=report.programme_id,
                    report=report,
                    turn=report.turn,
                    row=row,
                    column=column,
                    currency=amount.currency,
                    units=amount.units,
                )
                for row, column, amount in kept
            ]
        )
        return step.result(report)


@action("finance_report.return")
def return_finance_report(
    report: FinanceReport, *, reason: Name, by: User, on: date, command: UUID | None = None, seen: int | None = None
) -> FinanceReport:
    """The donor sent it back: it can be explained anew and be submitted again. Raises Refusal `finance.reason_missing`."""
    with act(by, "finance_report.return", report, on=on, command=command, seen=seen) as step:
        report = step.subject
        FINANCE_REPORT.move(report, "return", reason=reason)
        report.reason_en, report.reason_km = clean(reason.en), clean(reason.km)
        step.save(report)
        return report


@action("finance_report.accept")
def accept_finance_report(
    report: FinanceReport, *, by: User, on: date, command: UUID | None = None, seen: int | None = None
) -> FinanceReport:
    """The donor accepted it."""
    with act(by, "finance_report.accept", report, on=on, command=command, seen=seen) as step:
        report = step.subject
        FINANCE_REPORT.move(report, "accept")
        step.save(report)
        return report
