"""The file of an audit pack: the list, a page for each entry, the papers themselves, and the digest of every file."""

from __future__ import annotations

import json
from datetime import date
from hashlib import sha256
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from django.template import loader
from django.utils import translation

from laar import __version__
from laar.base import store
from laar.base.models import Evidence
from laar.base.papers import Paper
from laar.base.readers import Eyes, name_for
from laar.base.snapshot import snapshot
from laar.kit.money import Money
from laar.kit.names import Name
from laar.ledger.queries.sample import Sample
from laar.ledger.queries.statements.accounts import coded
from laar.ledger.rules.sampling import HOW
from laar.reports import said
from laar.reports.auditpack.behind import Behind, behind
from laar.reports.rules import DEMO_LABEL
from laar.reports.statements import Printed, PrintedRow, as_xlsx
from laar.reports.tracepack.addresses import address_of_file
from laar.reports.tracepack.gathered import key_of
from laar.reports.tracepack.pages import STYLE
from laar.results.papers import paper_called

GONE = Name(en="{paper}: its file is gone or was changed ({digest}).", km="{paper}៖ ឯកសារបាត់ ឬត្រូវបានកែ ({digest})។")


def written_pack(sample: Sample, to: IO[bytes], *, eyes: Eyes, lang: str, on: date, by: Name, reason: str) -> int:
    """Write the pack of a sample for a reader; how many things are missing in it.

    Originals that show persons are in it only where a reason is given and the reader may open them; else their redacted
    copies.
    """
    with snapshot(), translation.override(lang), said.digits(arabic=False), ZipFile(to, "w") as archive:
        file = _File(archive, on)
        found = [behind(one.entry, eyes) for one in sample.drawn]
        for one in found:
            for _record, paper in one.all_papers:
                piece = _piece(paper, reason)
                if piece is not None and not file.keep(piece):
                    gone = GONE.format(paper=paper_called(paper.role), digest=piece.sha256[:16])
                    one.missing.append(gone)
        foot = {"sample": sample, "on": on, "by": by, "reason": reason, "version": __version__, "language": lang}
        programme = sample.book.programme
        foot |= {
            "programme": programme,
            "label": DEMO_LABEL if programme.is_demo else None,
            "how": HOW[sample.wanted.how],
        }
        rows = [(drawn, one, _page_of(one)) for drawn, one in zip(sample.drawn, found, strict=True)]
        file.put("pack.css", STYLE.read_text(encoding="utf-8").encode())
        file.put("index.html", _page("index", root="", rows=rows, told=_told(sample), **foot))
        for drawn, one, address in rows:
            file.put(
                address,
                _page("entry", root="../", drawn=drawn, behind=one, papers=_papers(one, eyes, file, reason), **foot),
            )
        table = _table(sample, rows, lang, on)
        with as_xlsx([table]) as workbook:
            file.put("list.xlsx", workbook.read())
        file.put("manifest.json", _manifest(sample, file, on, by, reason))
        return sum(len(one.missing) for one in found)


class _File:
    """The open zip: every member with the day on which the pack is made and nothing of the machine that made it."""

    def __init__(self, archive: ZipFile, on: date) -> None:
        self.archive, self.on = archive, on
        self.digests: dict[str, str] = {}

    def put(self, address: str, content: bytes, compression: int = ZIP_DEFLATED) -> None:
        """Put a file in, once."""
        if address in self.digests:
            return
        member = ZipInfo(address, (max(self.on.year, 1980), self.on.month, self.on.day, 0, 0, 0))
        member.external_attr, member.compress_type, member.create_system = 0o644 << 16, compression, 3
        self.archive.writestr(member, content)
        self.digests[address] = sha256(content).hexdigest()

    def keep(self, piece: Evidence) -> bool:
        """Put a paper in; not where its file is gone or is another one than was kept."""
        if address_of_file(piece) in self.digests:
            return True
        try:
            content = store.read(piece.sha256)
        except FileNotFoundError:
            return False
        if sha256(content).hexdigest() != piece.sha256:
            return False
        self.put(address_of_file(piece), content, ZIP_STORED)
        return True


def _piece(paper: Paper, reason: str) -> Evidence | None:
    """Which file of a paper goes in: an original that shows persons only for a reason."""
    return paper.original if paper.needs_reason and reason else paper.shown


def _papers(one: Behind, eyes: Eyes, file: _File, reason: str) -> list[dict[str, Any]]:
    """What the page of an entry says of each record and its papers."""
    told = []
    for record in one.records:
        papers = []
        for paper in one.papers[key_of(record)]:
            piece = _piece(paper, reason)
            address = address_of_file(piece) if piece else ""
            papers.append(
                {
                    "role": paper_called(paper.role),
                    "digest": (piece or paper.original).sha256,
                    "file": address if address in file.digests else "",
                    "is_picture": bool(piece and piece.media_type.startswith("image/")),
                }
            )
        told.append({"kind": str(record._meta.verbose_name), "name": name_for(eyes, record), "papers": papers})
    return told


def _page_of(one: Behind) -> str:
    entry = one.entry
    return f"entries/{entry.document or f'{entry.book.code}-{entry.number}'}.html"


def _page(template: str, **context: Any) -> bytes:
    return loader.render_to_string(f"auditpack/{template}.html", context).encode()


def _told(sample: Sample) -> list[tuple[Name, str]]:
    """By what the sample was drawn, so that anybody can draw it again."""
    wanted, language = sample.wanted, said.language()
    told = [
        (Name(en="Book", km="បញ្ជី"), coded(sample.book).say(language)),
        (Name(en="From", km="ពីថ្ងៃ"), said.day(wanted.since) if wanted.since else "–"),
        (Name(en="To the end of", km="ដល់ចុងថ្ងៃ"), said.day(wanted.until) if wanted.until else "–"),
        (Name(en="Account", km="គណនី"), coded(wanted.account).say(language) if wanted.account else "–"),
        (Name(en="Heading", km="ចំណាត់ថ្នាក់"), coded(wanted.heading).say(language) if wanted.heading else "–"),
        (Name(en="How", km="វិធី"), HOW[wanted.how].say(language)),
        (Name(en="Entries", km="ការចុះបញ្ជី"), said.number(f"{len(sample.drawn)} / {sample.of}")),
        (
            Name(en="Amount", km="ចំនួនទឹកប្រាក់"),
            f"{said.amount(sample.amount)} / {said.amount(sample.whole)} {sample.book.currency}",
        ),
    ]
    if wanted.how == "drawn":
        told.append((Name(en="Seed", km="លេខគ្រាប់"), wanted.seed))
        rule = Name(
            en="in the order of SHA-256 of seed/book/number: {example}",
            km="តាមលំដាប់ SHA-256 នៃ លេខគ្រាប់/បញ្ជី/លេខ៖ {example}",
        )
        example = f"{wanted.seed}/{sample.book.code}/{sample.drawn[0].entry.number}"
        told.append((Name(en="Draw", km="ការចាប់ឆ្នោត"), rule.format(example=example).say(language)))
    return told


def _table(sample: Sample, rows: Any, lang: str, on: date) -> Printed:
    """The list as a workbook has it."""
    columns = (
        Name(en="Date", km="កាលបរិច្ឆេទ"),
        Name(en="Document", km="ឯកសារ"),
        Name(en="Text", km="អត្ថបទ"),
        Name(en="Amount", km="ចំនួនទឹកប្រាក់"),
        Name(en="Papers", km="ឯកសារភ្ជាប់"),
        Name(en="Missing", km="ខ្វះ"),
        Name(en="Page", km="ទំព័រ"),
    )
    lines = [
        PrintedRow(
            (
                drawn.entry.on,
                drawn.entry.document or f"{drawn.entry.book.code}-{drawn.entry.number}",
                Name(en=drawn.entry.text_en, km=drawn.entry.text_km).say(lang),
                drawn.amount,
                str(len(one.all_papers)),
                "; ".join(missing.say(lang) for missing in one.missing),
                address,
            )
        )
        for drawn, one, address in rows
    ]
    total = Money(sum(drawn.amount.units for drawn in sample.drawn), sample.book.currency)
    lines.append(PrintedRow((None, Name(en="Total", km="សរុប").say(lang), None, total, None, None, None), "total"))
    return Printed(
        name="list",
        title=Name(en="Audit sample", km="គំរូសវនកម្ម").say(lang),
        lang=lang,
        about=tuple((label.say(lang), text) for label, text in _told(sample)),
        columns=tuple((column.say(lang), place == 3) for place, column in enumerate(columns)),
        rows=tuple(lines),
        day=on,
        currency=sample.book.currency,
    )


def _manifest(sample: Sample, file: _File, on: date, by: Name, reason: str) -> bytes:
    wanted = sample.wanted
    told = {
        "what": "LAAR audit pack",
        "laar": __version__,
        "programme": sample.book.programme.code,
        "book": sample.book.code,
        "since": wanted.since.isoformat() if wanted.since else None,
        "until": wanted.until.isoformat() if wanted.until else None,
        "account": wanted.account.code if wanted.account else None,
        "heading": wanted.heading.code if wanted.heading else None,
        "how": wanted.how,
        "seed": wanted.seed,
        "entries": [drawn.entry.number for drawn in sample.drawn],
        "of": sample.of,
        "made_on": on.isoformat(),
        "made_by": by.en,
        "reason": reason,
        "sha256": dict(sorted(file.digests.items())),
    }
    return json.dumps(told, ensure_ascii=False, indent=1).encode()
