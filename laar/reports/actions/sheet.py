"""Writes of the reports."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from uuid import UUID

from laar.base import store
from laar.base.access import Permission, holds
from laar.base.act import act, action
from laar.base.clock import now
from laar.base.models import Programme, User
from laar.base.readers import eyes_of
from laar.base.rules import verb_of
from laar.kit.names import Name, clean
from laar.kit.refusals import Refusal
from laar.ledger.models import Book
from laar.ledger.queries.sample import Wanted, sample_of
from laar.reports.auditpack import written_pack
from laar.reports.models import AuditPack, Pack, Paragraph
from laar.reports.rules import MAKERS, may_be_made, pack_is_known, section_is_known, text_may_be_printed
from laar.reports.tracepack import Made, made_pack


@action("paragraph.write")
def write_paragraph(
    programme: Programme,
    section: str,
    position: int,
    *,
    text: Name,
    by: User,
    on: date,
    command: UUID | None = None,
) -> Paragraph:
    """Write a paragraph of the sheet, or write it anew. Raises Refusal `sheet.typed_number`, `sheet.bare_praise`."""
    section_is_known(section)
    for side in (text.en, text.km):
        text_may_be_printed(side)
    with act(by, "paragraph.write", programme, on=on, command=command) as step:
        there = Paragraph.objects.filter(programme=programme, section=section, position=position).first()
        if there is None:
            return step.create(
                Paragraph(
                    programme=programme,
                    section=section,
                    position=position,
                    text_en=clean(text.en),
                    text_km=clean(text.km),
                )
            )
        paragraph = step.lock(there)
        paragraph.text_en, paragraph.text_km = clean(text.en), clean(text.km)
        step.save(paragraph)
        return step.result(paragraph)


@action("pack.issue")
def issue_pack(
    programme: Programme,
    *,
    level: str,
    lang: str,
    reason: str,
    to: Path,
    by: User,
    on: date,
    documents: Mapping[str, bytes] | None = None,
    command: UUID | None = None,
) -> Pack:
    """Make a trace pack and hand it out at `to`, which must not be there yet; what was handed out is recorded first.

    The pack is made before the step, which would keep everybody else from writing while it is. Raises Refusal
    `pack.level`, `pack.no_reason`, `pack.nothing`, `pack.file_there`, `pack.folder`, `store.full`.
    """
    pack_is_known(level, lang)
    reason = clean(reason)
    Permission(by, verb_of("pack.issue"), now()).require(programme, on)
    may_be_made(level, reason, is_maker=holds(by, MAKERS[level], programme, now()))
    with _new_file(to) as file:
        told = Made(level, lang, on, by=by.name.say(lang), reason=reason)
        with file.open("wb") as opened:
            made_pack(programme, told, opened, documents)
            opened.flush()
            os.fsync(opened.fileno())
        with act(by, "pack.issue", programme, on=on, command=command) as step:
            pack = step.create(
                Pack(
                    programme=step.subject,
                    level=level,
                    lang=lang,
                    reason=reason,
                    sha256=store.digest_of(file),
                    size=file.stat().st_size,
                )
            )
    return pack


@action("audit_pack.issue")
def issue_audit_pack(
    book: Book,
    *,
    wanted: Wanted,
    lang: str,
    to: Path,
    by: User,
    on: date,
    reason: str = "",
    command: UUID | None = None,
) -> AuditPack:
    """Draw a sample and hand it out at `to` with every paper that whoever asks may see; what was handed out is recorded.

    Originals that show persons are in it only where a reason is given. Raises Refusal `sample.size`,
    `sample.seed_missing`, `sample.nothing`, `pack.file_there`, `pack.folder`, `store.full`.
    """
    reason = clean(reason)
    Permission(by, verb_of("audit_pack.issue"), now()).require(book, on)
    sample = sample_of(book, wanted)
    with _new_file(to) as file:
        with file.open("wb") as opened:
            missing = written_pack(sample, opened, eyes=eyes_of(by), lang=lang, on=on, by=by.name, reason=reason)
            opened.flush()
            os.fsync(opened.fileno())
        with act(by, "audit_pack.issue", book, on=on, command=command) as step:
            pack = step.create(
                AuditPack(
                    programme_id=book.programme_id,
                    book=step.subject,
                    since=wanted.since,
                    until=wanted.until,
                    account=wanted.account,
                    heading=wanted.heading,
                    how=wanted.how,
                    seed=wanted.seed,
                    entries=len(sample.drawn),
                    missing=missing,
                    reason=reason,
                    sha256=store.digest_of(file),
                    size=file.stat().st_size,
                )
            )
    return pack


@contextmanager
def _new_file(target: Path) -> Iterator[Path]:
    """A file beside the target that takes its name when everything went well; else nothing of it is left."""
    if target.exists():
        raise Refusal("pack.file_there", file=target)
    temporary = None
    try:
        handle, name = tempfile.mkstemp(dir=target.absolute().parent, prefix=".pack-", suffix=".part")
        os.close(handle)
        temporary = Path(name)
        yield temporary
        os.link(temporary, target)  # unlike a rename it never takes the place of a file that came in between
        store.sync_folder(target.absolute().parent)
    except FileExistsError:
        raise Refusal("pack.file_there", file=target) from None
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise Refusal("store.full") from error
        raise Refusal("pack.folder", file=target, why=error.strerror) from error
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
