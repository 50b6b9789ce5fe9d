"""What keeps a financial report from being sent, and what is good to know before it is."""

from __future__ import annotations

from fractions import Fraction

from laar.kit.money import Money
from laar.kit.names import Name
from laar.ledger.models import Book, Limit
from laar.ledger.queries import rate_on
from laar.ledger.queries.budgets import Shifts
from laar.ledger.rules import converted, is_shifted_too_far, shift_of
from laar.reports.finance.cells import CORRECTIONS, LOOSE, SPENT, TOTAL, Row, Statement
from laar.reports.finance.charges import Charge
from laar.reports.rules import Blocked

UNEXPLAINED = Name(
    en="{code} {name} differs from its budget by {amount}, and nobody says why",
    km="{code} {name} ខុសពីថវិកាចំនួន {amount} ហើយគ្មានអ្នកពន្យល់",
)
ON_NO_LINE = Name(
    en="costs of {amount} stand on no budget line, or outside the days of the budget: charge them, or say why they are not "
    "claimed",
    km="ចំណាយ {amount} មិននៅក្នុងបន្ទាត់ថវិកា ឬនៅក្រៅរយៈពេលថវិកា៖ សូមកត់ក្នុងបន្ទាត់ ឬប្រាប់មូលហេតុដែលមិនទាមទារ",
)
SHIFTED = Name(
    en="{code} {name} is shifted by {shift} % of its contract, above the ceiling of {ceiling} %: it needs an addendum",
    km="{code} {name} ត្រូវបានផ្លាស់ {shift} % នៃកិច្ចសន្យា លើសពិដាន {ceiling} %៖ ត្រូវការសេចក្ដីបន្ថែម",
)
ABOVE = Name(
    en="{code} {name} is {share} % of the direct cost, above its ceiling of {ceiling} %",
    km="{code} {name} ស្មើ {share} % នៃចំណាយផ្ទាល់ លើសពិដាន {ceiling} %",
)
OVERSPENT = Name(
    en="more is spent ({amount}) than the whole budget",
    km="បានចំណាយ ({amount}) លើសថវិកាទាំងមូល",
)
LATE = Name(
    en="{count} costs ({amount}) are dated in the days of {report}, which was sent without them: this report claims them as "
    "corrections",
    km="ចំណាយ {count} ({amount}) មានកាលបរិច្ឆេទក្នុងរយៈពេល {report} ដែលបានផ្ញើដោយគ្មានវា៖ របាយការណ៍នេះទាមទារវាជាការកែតម្រូវ",
)
STILL_OPEN = Name(
    en="the months of this report are not closed in the book {book} (open from {since}): close them first, or what is posted "
    "later is a correction in the next report",
    km="ខែនៃរបាយការណ៍នេះមិនទាន់បិទក្នុងបញ្ជី {book} (បើកពី {since})៖ សូមបិទជាមុន បើមិនដូច្នេះ អ្វីដែលចុះក្រោយជាការកែតម្រូវក្នុងរបាយការណ៍បន្ទាប់",
)
AFTER_THE_END = Name(
    en="{amount} was undone or came back after the last day of the budget: this report takes it off its lines",
    km="{amount} ត្រូវបានលុបចោល ឬបានត្រឡប់មកវិញក្រោយថ្ងៃចុងក្រោយនៃថវិកា៖ របាយការណ៍នេះដកវាចេញពីបន្ទាត់របស់វា",
)


def judge(statement: Statement, shifts: Shifts) -> None:
    """Which rows need words, which shifts are above the ceiling, and what else keeps the report from being sent."""
    most = _in_its_currency(statement)
    for row in statement.rows:
        if row.kind == "line" and _is_far(row, statement.threshold, most):
            row.must_explain = True
            if not row.is_explained:
                said = UNEXPLAINED.format(code=row.code, name=row.name, amount=row.cells["variation"].now)
                statement.blocks.append(Blocked(said, row.key))
        if row.kind == "heading" and row.depth == 0:
            _judge_shift(statement, shifts, row)
    _judge_shares(statement)
    loose = next(row for row in statement.rows if row.key == LOOSE)
    if any(loose.cells[column].now for column in (*SPENT,)):
        loose.must_explain = True
        if not loose.is_explained:
            statement.blocks.append(Blocked(ON_NO_LINE.format(amount=loose.cells["to_date"].now), LOOSE))
    _judge_days(statement)
    over = statement.total
    if over.cells["to_date"].now > over.cells["now"].now:
        statement.warnings.append(Blocked(OVERSPENT.format(amount=over.cells["to_date"].now), TOTAL))


def _judge_days(statement: Statement) -> None:
    """What came late, which months are still open, and what lies after the last day: good to know before it is sent."""
    report = statement.report
    late: dict[int, list[Charge]] = {}
    for charge in statement.corrections:
        assert charge.corrects is not None
        late.setdefault(charge.corrects.pk, []).append(charge)
    for charges in late.values():
        assert charges[0].corrects is not None
        amount = Money(sum(charge.value for charge in charges), statement.currency)
        said = LATE.format(count=len(charges), amount=amount, report=charges[0].corrects.name)
        statement.warnings.append(Blocked(said, CORRECTIONS))
    for book in Book.objects.filter(programme=report.programme_id, is_memorandum=False).order_by("code"):
        if book.open_from is None or book.open_from < report.until:
            since = book.open_from or report.budget.since
            statement.warnings.append(Blocked(STILL_OPEN.format(book=book.name, since=f"{since:%d/%m/%Y}")))
    if after := [charge.value for charge in statement.charges if charge.on >= report.until]:
        amount = Money(-sum(after), statement.currency)
        statement.warnings.append(Blocked(AFTER_THE_END.format(amount=amount), TOTAL))


def _is_far(row: Row, threshold: Limit | None, most: int) -> bool:
    """Whether a line is further from its budget than may stand without a word. Without a limit every difference is.

    `most` is the limit where it is an amount, in the currency of the report.
    """
    variation = row.cells["variation"].now
    if not variation:
        return False
    if threshold is None:
        return True
    if threshold.amount is not None:
        return abs(variation.units) > most
    due = row.cells["due"].now.units
    return abs(variation.units) * 10_000 > (threshold.percent or 0) * due


def _in_its_currency(statement: Statement) -> int:
    """The threshold in the currency of the report, at the rate of the report's last day where that is another one."""
    most, report = statement.threshold.amount if statement.threshold else None, statement.report
    if most is None:
        return 0
    if most.currency == statement.currency:
        return most.units
    rate = rate_on(statement.currency, most.currency, report.last, report.budget.fund.rate_source)
    return converted(most, rate.per_unit_of(most.currency), statement.currency).units


def _judge_shift(statement: Statement, shifts: Shifts, row: Row) -> None:
    """A heading may move by a part of what its contract says: by a reallocation, or by what was spent on it."""
    limit = statement.ceiling
    if limit is None or not row.lines:
        return
    agreed = shifts.base.get(row.code, 0)
    moved = abs(shifts.shifted.get(row.code, 0))
    beyond = row.cells["to_date"].now.units - agreed
    if is_shifted_too_far(max(moved, beyond), agreed, limit):
        row.shift = shift_of(max(moved, beyond), agreed) / 100
        said = SHIFTED.format(
            code=row.code, name=row.name, shift=_percent(row.shift), ceiling=_percent(Fraction(limit.percent or 0, 100))
        )
        statement.blocks.append(Blocked(said, row.key))


def _judge_shares(statement: Statement) -> None:
    """Indirect cost and reserve are at most a part of the direct cost, as the form says."""
    direct = next((row for row in statement.rows if row.role == "direct"), None)
    if direct is None:
        return
    for row in statement.rows:
        if row.role not in ("indirect", "reserve") or row.heading is None or row.heading.most is None:
            continue
        for column, blocks in (("to_date", statement.blocks), ("now", statement.warnings)):
            base, mine = direct.cells[column].now.units, row.cells[column].now.units
            if mine * 10_000 > row.heading.most * base:
                share = Fraction(mine * 100, base) if base else Fraction(100)
                said = ABOVE.format(
                    code=row.code,
                    name=row.name,
                    share=_percent(share),
                    ceiling=_percent(Fraction(row.heading.most, 100)),
                )
                blocks.append(Blocked(said, row.key))


def _percent(value: Fraction) -> str:
    return f"{float(round(value, 2)):g}"
