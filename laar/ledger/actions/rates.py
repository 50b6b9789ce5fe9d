"""Entering rates, one by one or from a published file."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

from laar.base.act import act, action
from laar.base.actions import keep_evidence
from laar.base.models import Evidence, Programme, User
from laar.base.queries import installation
from laar.kit.money import decimals_of
from laar.kit.names import Name, clean
from laar.kit.refusals import Refusal
from laar.ledger.files import read_rates, scaled
from laar.ledger.inforeuro import SOURCE, read_inforeuro
from laar.ledger.models import ColumnMapping, Rate
from laar.ledger.queries import JudgedRate, judged_rates, rate_in_words

#: What a file of rates is beside them.
PAPER = "rates"


@action("rate.set")
def set_rate(
    base: str,
    currency: str,
    *,
    since: date,
    rate: Decimal,
    source: str,
    by: User,
    on: date,
    command: UUID | None = None,
) -> Rate:
    """Enter how much of `currency` one unit of `base` costs from a day on, and who says so.

    Entered again with another number it is a new version, which holds from now on: what was converted stays as it was.
    """
    decimals_of(base), decimals_of(currency)
    kept = scaled(rate, base, currency)
    with act(by, "rate.set", installation(), on=on, command=command) as step:
        said = {"base": base, "currency": currency, "since": since, "source": clean(source)}
        newest = Rate.objects.filter(**said).order_by("-version").first()
        version = newest.version + 1 if newest and newest.rate != kept else 1
        return step.create(Rate(rate=kept, version=version, **said))


def read_rate_file(
    content: bytes, file: str, *, of: date | None = None, mapping: ColumnMapping | None = None
) -> list[JudgedRate]:
    """The rates of a file beside those that are kept: by a mapping those of a national bank, else InforEuro as published.

    Raises Refusal `rate.far` where one can't be what it was meant to be, and those of reading the file.
    """
    read = read_rates(content, file, mapping, of) if mapping else read_inforeuro(content, file, of)
    source = source_of(mapping)
    judged = judged_rates(read, source)
    for one in judged:
        if one.before and one.is_far:
            rate, was = rate_in_words(one.made(source)), rate_in_words(one.before)
            raise Refusal("rate.far", line=one.read.number, file=file, rate=rate, was=was)
    return judged


def source_of(mapping: ColumnMapping | None) -> str:
    """Whose rates a file has: the label of its mapping says it."""
    return mapping.label if mapping else SOURCE


@action("rate.import")
def import_rate(
    programme: Programme,
    content: bytes,
    *,
    file: str,
    of: date | None = None,
    mapping: ColumnMapping | None = None,
    by: User,
    on: date,
    command: UUID | None = None,
) -> Evidence:
    """Load the rates of a file: what is new, and what its source corrected as the next version. The file is kept beside.

    Without a mapping it is InforEuro as published. With one, the rates are those of the bank that gave the mapping its
    label. `of` is their day, or one of their month, where the file does not say it. A rate that is the same is left
    alone, so a second load of the same file changes nothing. Raises Refusal `rate.file`, `rate.which_month`,
    `rate.which_day`, `rate.far`, `sheet.columns`, `file.value`.
    """
    source = source_of(mapping)
    with act(by, "rate.import", programme, on=on, command=command) as step:
        step.lock(installation())  # rates belong to all programmes: two loads at once come one after the other
        judged = read_rate_file(content, file, of=of, mapping=mapping)
        fresh = [one.made(source) for one in judged if one.state != "same"]
        paper = keep_evidence(
            programme,
            content,
            caption=Name(en=f"{source}: {file}"[:300], km=f"{source}៖ {file}"[:300]),
            dated=on,
            is_table=True,
            by=by,
            on=on,
        )
        for rate in step.create_many(fresh):
            step.attach(rate, paper, PAPER)
        return step.result(paper)
