"""Bank statements beside the books: which lines and postings are one, what is outstanding, whether it all agrees."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Sum

from laar.base.models import Attachment
from laar.kit.money import Money
from laar.kit.names import fold
from laar.ledger.files import ReadLine
from laar.ledger.models import Account, BankStatement, Match, Posting, StatementLine
from laar.ledger.queries.cash import held, kept_in

#: How many days a bank may take over what the books wrote, before and after.
NEAR = timedelta(days=10)


@dataclass(frozen=True, slots=True)
class Proposal:
    """That a line and a posting look like the same money."""

    line: StatementLine
    posting: Posting
    #: The number of its document stands in the bank's text.
    is_named: bool
    #: Nothing else fits this line, and this posting fits no other line.
    is_clear: bool


@dataclass(frozen=True, slots=True)
class Stand:
    """How a statement stands beside the books at its last day."""

    statement: BankStatement
    lines: list[StatementLine]
    #: What the books have and no statement up to this one has: cheques under way, deposits not yet credited.
    outstanding: list[Posting]
    #: What neither the books nor a reason stands for.
    open_lines: list[StatementLine]
    booked: Money
    under_way: Money
    explained: Money
    closing: Money

    @property
    def books(self) -> Money:
        """What the bank should say: the books, less what is outstanding, with what was explained."""
        return self.booked - self.under_way + self.explained

    @property
    def off(self) -> Money:
        """What nobody can say the reason of."""
        return self.books - self.closing

    @property
    def is_even(self) -> bool:
        """Whether it can be signed off."""
        return not self.open_lines and not self.off


def statements_of(account: Account) -> QuerySet[BankStatement]:
    """The statements of a bank account, the newest first."""
    return account.statements.select_related("account__book", "imported_by", "signed_by").order_by("-since")


def statement_before(account: Account, since: date) -> BankStatement | None:
    """The statement that ends before a day."""
    return account.statements.filter(until__lt=since).order_by("-until").first()


def overlapping(account: Account, since: date, until: date) -> BankStatement | None:
    """A statement that covers one of these days."""
    return account.statements.filter(since__lte=until, until__gte=since).select_related("account").first()


def statement_of_file(account: Account, sha256: str) -> BankStatement | None:
    """The statement of this account that was loaded from this very file."""
    keys = Attachment.objects.filter(
        table="ledger.bankstatement", evidence__sha256=sha256, programme_id=account.programme_id
    ).values("key")
    return account.statements.filter(pk__in=keys).select_related("account").first()


def lines_of(statement: BankStatement) -> list[StatementLine]:
    """The lines of a statement with what they are matched with."""
    matches = Match.objects.filter(is_undone=False).select_related("posting__entry", "posting__account")
    return list(
        statement.lines.select_related("statement__account__book")
        .prefetch_related(Prefetch("matches", matches, to_attr="holds"))
        .order_by("position")
    )


def is_matched(line: StatementLine) -> bool:
    """Whether a line, as `lines_of` gives it, is matched."""
    return bool(line.holds)  # type: ignore[attr-defined]  # put there by `lines_of`


def is_explained(line: StatementLine) -> bool:
    """Whether nothing in the books stands for it, for a reason."""
    return not is_matched(line) and bool(line.reason_en or line.reason_km)


def is_settled(line: StatementLine) -> bool:
    """Whether a line is matched or explained."""
    return is_matched(line) or is_explained(line)


def unmatched(account: Account, until: date, since: date | None = None) -> QuerySet[Posting]:
    """The postings of a bank account up to a day that no statement has."""
    postings = Posting.objects.filter(account=account, currency=kept_in(account), on__lte=until).exclude(units=0)
    if since:
        postings = postings.filter(on__gte=since)
    matched = Exists(Match.objects.filter(posting=OuterRef("pk"), is_undone=False))
    return postings.filter(~matched).select_related("entry", "account").order_by("on", "entry_id", "position")


def free_for(statement: BankStatement) -> QuerySet[Posting]:
    """What of the books may still be matched with a statement: not what lies long before the first that was loaded."""
    first = statement.account.statements.order_by("since").values_list("since", flat=True).first() or statement.since
    return unmatched(statement.account, statement.until, first - 3 * NEAR)


def outstanding(statement: BankStatement) -> list[Posting]:
    """What the books have up to the last day of a statement, and the bank does not: cheques, deposits under way.

    What lies before the first statement that was loaded is in its opening balance. A match of a later statement counts
    for that one: on the last day of this one the money was still under way.
    """
    account = statement.account
    first = account.statements.order_by("since").first() or statement
    later = Exists(
        Match.objects.filter(posting=OuterRef("pk"), is_undone=False, line__statement__since__gt=statement.since)
    )
    here = Exists(Match.objects.filter(posting=OuterRef("pk"), is_undone=False))
    found = Posting.objects.filter(
        Q(later) | ~Q(here),
        account=account,
        currency=statement.currency,
        on__gte=first.since,
        on__lte=statement.until,
    ).exclude(units=0)
    return list(found.select_related("entry", "account").order_by("on", "entry_id", "position"))


def ahead(statement: BankStatement) -> list[Posting]:
    """What the bank has and the books date after the last day of the statement."""
    found = Posting.objects.filter(
        matches__is_undone=False,
        matches__line__statement__account=statement.account,
        matches__line__statement__since__lte=statement.since,
        on__gt=statement.until,
    )
    return list(found.select_related("entry", "account").order_by("on", "id"))


def stand_of(statement: BankStatement) -> Stand:
    """How a statement stands beside the books."""
    lines = lines_of(statement)
    under_way, early = outstanding(statement), ahead(statement)
    zero = Money(0, statement.currency)
    earlier = StatementLine.objects.filter(statement__account=statement.account, statement__since__lt=statement.since)
    matched = Exists(Match.objects.filter(line=OuterRef("pk"), is_undone=False))
    told = earlier.filter(~matched).filter(~Q(reason_en="") | ~Q(reason_km="")).aggregate(sum=Sum("units"))["sum"] or 0
    explained = told + sum(line.units for line in lines if is_explained(line))
    return Stand(
        statement=statement,
        lines=lines,
        outstanding=under_way,
        open_lines=[line for line in lines if not is_settled(line)],
        booked=held(statement.account, statement.until),
        under_way=sum((one.amount for one in under_way), zero) - sum((one.amount for one in early), zero),
        explained=Money(explained, statement.currency),
        closing=Money(statement.closing, statement.currency),
    )


def proposals(statement: BankStatement, lines: Sequence[StatementLine] | None = None) -> dict[int, list[Proposal]]:
    """For each line that is open, what of the books may be the same money: best first."""
    still = [line for line in (lines if lines is not None else lines_of(statement)) if not is_settled(line)]
    if not still:
        return {}
    free = list(
        unmatched(statement.account, max(one.on for one in still) + NEAR, min(one.on for one in still) - 3 * NEAR)
    )
    fits = {line.pk: [one for one in free if _fits(line, one)] for line in still}
    wanted: dict[int, int] = {}
    for found in fits.values():
        for one in found:
            wanted[one.pk] = wanted.get(one.pk, 0) + 1
    made = {}
    for line in still:
        ranked = sorted(fits[line.pk], key=lambda one: (not _named(line, one), abs((one.on - line.on).days), one.pk))
        named = [one for one in ranked if _named(line, one)]
        made[line.pk] = [
            Proposal(
                line,
                one,
                is_named=one in named,
                is_clear=(len(ranked) == 1 and wanted[one.pk] == 1) or named == [one],
            )
            for one in ranked
        ]
    return made


def _fits(line: StatementLine, posting: Posting) -> bool:
    """The same amount on a near day, or on an earlier one with the number of the document in the bank's text."""
    if posting.units != line.units:
        return False
    return -NEAR <= line.on - posting.on <= NEAR or _named(line, posting)


def _named(line: StatementLine, posting: Posting) -> bool:
    document = fold(posting.entry.document)
    return bool(document) and document in fold(f"{line.text} {line.reference}")


def summed(lines: Iterable[ReadLine], currency: str) -> Money:
    """What the lines of a file add up to."""
    return sum((line.amount for line in lines), Money(0, currency))
