"""What stands behind an entry: the records that cite it and that these rest on, their papers, and what is missing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.apps import apps
from django.db.models import Model

from laar.base.access import visible
from laar.base.models import Evidence, Programme, User
from laar.base.papers import Paper, papers_shown
from laar.base.queries import attachments_of
from laar.base.readers import Eyes
from laar.events.models import Event
from laar.events.rules import KINDS
from laar.kit.names import NOTHING, Name
from laar.ledger.models import Account, Book, Document, Entry, Fund, Match, Posting, Purpose, StatementLine
from laar.projects.models import Agreement, Project, Tranche, TreasuryPayment, Voucher
from laar.projects.queries.twins import twin_anywhere, voucher_paid_by_us
from laar.projects.rules import ROUTES, TREASURY_PAPERS
from laar.registers.models import Party, Place
from laar.reports.tracepack.gathered import Key, causes_of, key_of
from laar.results.papers import paper_called
from laar.results.queries import way_of

#: What an entry does not rest on: who and where, and the books themselves.
NOT_FOLLOWED: tuple[type[Model], ...] = (User, Programme, Evidence, Party, Place, Account, Book, Fund, Purpose, Entry)
#: How far the causes of what cites an entry are followed: voucher, tranche, agreement, project, plan.
STEPS = 6


@dataclass
class Behind:
    """What stands behind one entry, for one reader."""

    entry: Entry
    postings: list[Posting]
    records: list[Model] = field(default_factory=list)
    #: Of each record its papers, as this reader may see them.
    papers: dict[Key, list[Paper]] = field(default_factory=lambda: defaultdict(list))
    #: The lines of the bank that are matched with it.
    bank: list[StatementLine] = field(default_factory=list)
    missing: list[Name] = field(default_factory=list)

    @property
    def all_papers(self) -> list[tuple[Model, Paper]]:
        """Every paper with the record that it proves."""
        return [(record, paper) for record in self.records for paper in self.papers[key_of(record)]]


NO_PAPER = Name(en="No voucher, receipt or other paper stands behind it.", km="គ្មានប័ណ្ណ បង្កាន់ដៃ ឬឯកសារណាមួយនៅពីក្រោយទេ។")
NO_BANK_LINE = Name(
    en="{account}: no line of a bank statement is matched with it.",
    km="{account}៖ គ្មានបន្ទាត់នៃរបាយការណ៍ធនាគារត្រូវគ្នាទេ។",
)
LACKS = Name(en="{record}: no {paper}.", km="{record}៖ គ្មាន{paper}។")
SAME_BILL = Name(
    en="{record}: the same bill or list stands beside {other}, too; nobody said why.",
    km="{record}៖ វិក្កយបត្រ ឬបញ្ជីដដែលមាននៅជាមួយ {other} ដែរ; គ្មាននរណាប្រាប់មូលហេតុទេ។",
)
EXPLAINED = Name(
    en="{record}: the same bill or list stands beside {other}, too: “{why}”.",
    km="{record}៖ វិក្កយបត្រ ឬបញ្ជីដដែលមាននៅជាមួយ {other} ដែរ៖ «{why}»។",
)
CLOSED = Name(
    en="{record}: {paper} is there, but closed to the reader of this pack ({digest}).",
    km="{record}៖ មាន{paper} ប៉ុន្តែអ្នកអានកញ្ចប់នេះមិនអាចមើលបាន ({digest})។",
)
HIDDEN = Name(
    en="A record behind it is closed to the reader of this pack: {kind}.", km="កំណត់ត្រាមួយនៅពីក្រោយមិនអាចមើលបាន៖ {kind}។"
)


def behind(entry: Entry, eyes: Eyes) -> Behind:
    """Read what stands behind an entry, as far as this reader may see it."""
    lines = entry.postings.select_related("account__book", "fund", "purpose", "place", "line__budget", "rate")
    found = Behind(entry, list(lines.order_by("position")))
    records = _resting_on(entry)
    for record in records:
        if _is_open(record, eyes):
            found.records.append(record)
        else:
            found.missing.append(HIDDEN.format(kind=str(record._meta.verbose_name)))
    attached = list(attachments_of([key_of(record) for record in found.records]))
    for one, paper in zip(attached, papers_shown(eyes, attached), strict=True):
        found.papers[one.table, one.key].append(paper)
    matched = Match.objects.filter(posting__in=found.postings, is_undone=False).select_related(
        "line__statement__account"
    )
    found.bank = [match.line for match in matched.order_by("id")]
    found.missing += _missing(found, {match.posting_id for match in matched})
    return found


def _resting_on(entry: Entry) -> list[Model]:
    """The entry, what cites it, what these cite in turn, and what was held for it."""
    records: dict[Key, Model] = {key_of(entry): entry}
    edge = _citing(entry)
    for _ in range(STEPS):
        fresh = [record for record in edge if key_of(record) not in records]
        records |= {key_of(record): record for record in fresh}
        edge = [cause for record in fresh for cause in _causes(record)]
    tranches = [record for record in records.values() if isinstance(record, Tranche)]
    for stretch in way_of(entry):
        for record in stretch.records:
            if isinstance(record, Event) or (
                isinstance(record, Voucher) and record.tranche_id in {one.pk for one in tranches}
            ):
                records.setdefault(key_of(record), record)
    return list(records.values())


def _citing(entry: Entry) -> list[Model]:
    found: list[Model] = []
    for model in apps.get_models():
        if not model.__module__.startswith("laar.") or model in (Posting, Entry, User):
            continue
        for column, target in causes_of(model):
            if target is Entry:
                found += model._default_manager.filter(**{column: entry.pk})
    return found


def _causes(record: Model) -> Iterable[Model]:
    for column, target in causes_of(type(record)):
        key = getattr(record, column)
        if key is not None and target not in NOT_FOLLOWED:
            yield target._default_manager.get(pk=key)


def _is_open(record: Model, eyes: Eyes) -> bool:
    return visible(eyes, type(record)._default_manager.filter(pk=record.pk)).exists()


def _twin(record: Document | Voucher) -> Name | None:
    """What else stands on the same bill, by its number: its text may be closed to the reader."""
    other = twin_anywhere(record) if isinstance(record, Document) else voucher_paid_by_us(record)
    return getattr(other, "public_name", None) or _called(other) if other else None


def _missing(found: Behind, matched: set[int]) -> list[Name]:
    """What is not there, by name."""
    missing = []
    if not found.all_papers:
        missing.append(NO_PAPER)
    for record in found.records:
        roles = {paper.role for paper in found.papers[key_of(record)]}
        missing += [
            LACKS.format(record=_called(record), paper=paper_called(role))
            for role in _needed(record)
            if role not in roles
        ]
        if isinstance(record, Document | Voucher) and (twin := _twin(record)):
            why = record.why if isinstance(record, Document) else NOTHING
            missing.append(
                (EXPLAINED if why.en or why.km else SAME_BILL).format(record=_called(record), other=twin, why=why)
            )
    for posting in found.postings:
        if posting.account.use == "bank" and posting.pk not in matched:
            missing.append(NO_BANK_LINE.format(account=posting.account.name))
    for record, paper in found.all_papers:
        if paper.shown is None:
            digest = paper.original.sha256[:16]
            missing.append(CLOSED.format(record=_called(record), paper=paper_called(paper.role), digest=digest))
    return missing


def _needed(record: Model) -> Sequence[str]:
    """Which papers a record has when it is whole, as the rules of its floor say."""
    if isinstance(record, Event):
        return KINDS[record.kind].proofs if record.state == "held" else ()
    if isinstance(record, Voucher):
        return ("voucher",)
    if isinstance(record, TreasuryPayment):
        return TREASURY_PAPERS
    if isinstance(record, Tranche) and record.state in ("acknowledged", "liquidated"):
        return (ROUTES[record.agreement.route].receipt,)
    if isinstance(record, Project) and Agreement.objects.filter(project=record).exists():
        return ("agreement",)
    return ()


def _called(record: Model) -> Name:
    name = getattr(record, "name", None)
    return name if isinstance(name, Name) else Name(en=str(record), km=str(record))
