"""A figure opened down to its evidence: every record, what it adds, what proves it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Model

from laar.base.models import Attachment, Evidence
from laar.base.queries import attachments_of
from laar.kit.figures import Figure, Records
from laar.kit.money import Money
from laar.kit.names import Name, name_of
from laar.ledger.models import Posting
from laar.projects.models import Refund, Tranche, TreasuryPayment, Voucher
from laar.results.queries.way import Stretch, way_of

#: What is paid, spent or paid back by an entry: its papers also prove the lines of the entry.
PAYMENTS = (Tranche, Voucher, Refund, TreasuryPayment)


@dataclass(frozen=True, slots=True)
class Traced:
    """A record of a figure: what it adds, what proves it, and the way on which it lies."""

    record: Model
    name: Name
    adds: str
    evidence: tuple[tuple[str, Evidence], ...]
    way: tuple[Stretch, ...] = ()


@dataclass(frozen=True, slots=True)
class Trace:
    """A figure, opened: its rule, and every record behind it. A ratio or a total opens into its figures."""

    figure: Figure
    records: tuple[Traced, ...] = ()
    parts: tuple[Trace, ...] = field(default=())


def trace(figure: Figure) -> Trace:
    """Open a figure down to the evidence of every record."""
    measured = figure.measured
    if not isinstance(measured, Records):
        return Trace(figure, parts=tuple(trace(part) for part in figure.parts))
    contributions = list(measured.contributions())
    proven = papers([record for record, _ in contributions])
    return Trace(
        figure,
        tuple(
            Traced(
                record,
                name_of(record),
                Money(adds, measured.currency).figure if measured.currency else f"{adds:,}",
                evidence=tuple(proven[record.pk]),
                way=tuple(way_of(record)),
            )
            for record, adds in contributions
        ),
    )


def papers(records: Sequence[Model]) -> dict[int, list[tuple[str, Evidence]]]:
    """What proves each of some records of one table, with what it is there."""
    found = {key: [(one.role, one.evidence) for one in attached] for key, attached in attached_to(records).items()}
    return defaultdict(list, found)


def attached_to(records: Sequence[Model]) -> dict[int, list[Attachment]]:
    """What is attached to each of some records of one table, and to the vouchers that belong to it.

    The same few queries for one record and for five hundred.
    """
    owners: dict[tuple[str, int], list[int]] = defaultdict(list)
    for record in records:
        owners[record._meta.label_lower, record.pk].append(record.pk)
    if records and isinstance(records[0], Tranche):
        _own_vouchers(owners, {record.pk: [record.pk] for record in records})
    if records and isinstance(records[0], Posting):
        _own_payments(owners, [record for record in records if isinstance(record, Posting)])
    found: dict[int, list[Attachment]] = defaultdict(list)
    for attachment in attachments_of(owners):
        for key in owners[attachment.table, attachment.key]:
            found[key].append(attachment)
    return found


def _own_vouchers(owners: dict[tuple[str, int], list[int]], tranches: dict[int, list[int]]) -> None:
    """The evidence of a voucher also proves the tranche that it was spent of."""
    for voucher, tranche in Voucher.objects.filter(tranche__in=tranches).values_list("pk", "tranche_id").order_by("pk"):
        owners["projects.voucher", voucher] += tranches[tranche]


def _own_payments(owners: dict[tuple[str, int], list[int]], postings: Sequence[Posting]) -> None:
    """The evidence of what an entry posted also proves the lines of the entry."""
    by_entry: dict[int, list[int]] = defaultdict(list)
    for posting in postings:
        by_entry[posting.entry_id].append(posting.pk)
    for model in PAYMENTS:
        cited = model._default_manager.filter(entry__in=by_entry).values_list("pk", "entry_id").order_by("pk")
        for key, entry in cited:
            owners[model._meta.label_lower, key] += by_entry[entry or 0]
