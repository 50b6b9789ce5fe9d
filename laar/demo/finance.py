"""What the Palm Leaf Trust was told about its money: one interim report that was sent, and the last one as a draft.

Its contract is invented, as the Trust is.
"""

from __future__ import annotations

from datetime import date

from laar.demo.cast import Cast
from laar.demo.data import pair, rows
from laar.demo.teller import Strand, Teller
from laar.ledger.actions import agree_fund, set_limit
from laar.ledger.models import Budget
from laar.reports.actions import explain_finance_report, prepare_finance_report, submit_finance_report
from laar.reports.finance.cells import Row as ReportRow
from laar.reports.finance.statement import statement_of
from laar.reports.models import FinanceReport

FUND = "PLT"
SINCE, UNTIL = date(2007, 3, 1), date(2010, 7, 1)
#: The days on which the reports were prepared and sent.
PREPARED, SENT, LAST = date(2009, 2, 3), date(2009, 2, 10), date(2010, 7, 20)


def agree(teller: Teller, cast: Cast) -> None:
    """How the reports of the fund convert, and how far a line may go without a word."""
    fund = cast.funds[FUND]
    teller.tell(
        f"contract {FUND}",
        agree_fund,
        fund,
        currency="EUR",
        rate_policy="period_mean",
        rate_source="demo rates",
        since=SINCE,
        until=UNTIL,
        by=cast.finance,
    )
    teller.tell(
        f"limit variation {FUND}",
        set_limit,
        cast.programme,
        "variation",
        since=SINCE,
        source="Contract of the Palm Leaf Trust, article 9",
        fund=fund,
        percent=300,
        by=cast.manager,
    )


def _budget(cast: Cast) -> Budget:
    return Budget.objects.get(programme=cast.programme, code=FUND)


def reports(teller: Teller, cast: Cast) -> Strand:
    """The report on 2008 is prepared, explained and sent; the last one waits."""
    yield PREPARED
    interim = _prepared(teller, cast, "interim", date(2008, 1, 1), date(2009, 1, 1))
    _explain(teller, cast, interim)
    yield SENT
    teller.tell(f"finance report {FUND} sent", submit_finance_report, interim, by=cast.manager)
    yield LAST
    _prepared(teller, cast, "final", date(2009, 1, 1), UNTIL)


def _prepared(teller: Teller, cast: Cast, kind: str, since: date, until: date) -> FinanceReport:
    return teller.tell(
        f"finance report {FUND} {kind}",
        prepare_finance_report,
        _budget(cast),
        kind=kind,
        since=since,
        until=until,
        by=cast.finance,
    )


def _explain(teller: Teller, cast: Cast, report: FinanceReport) -> None:
    """Words beside every row that needs them, by its main heading and whether more or less was spent."""
    said = {(row["heading"], row["sign"]): pair(row, "text") for row in rows("explained.csv")}
    for row in statement_of(report).rows:
        if row.must_explain and not row.is_explained:
            text = said.get((row.code.split(".")[0], _sign(row)))
            if text is not None:
                teller.tell(
                    f"finance report {FUND} {report.number} {row.key}",
                    explain_finance_report,
                    report,
                    row=row.key,
                    text=text,
                    by=cast.finance,
                )


def _sign(row: ReportRow) -> str:
    return "over" if row.cells["variation"].now.units < 0 else "under"
