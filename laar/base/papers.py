"""Which papers of a record a reader is shown: the original, its redacted copy, or only that there is one.

The same few queries for one paper and for a thousand.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.apps import apps

from laar.base import store
from laar.base.access import visible
from laar.base.first_page import pages_of
from laar.base.models import Attachment, Evidence
from laar.base.readers import Eyes, Reader, eyes_of


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper beside a record, as a reader may see it."""

    #: What it is there: `minutes`, `signed_sheet`, `voucher`.
    role: str
    original: Evidence
    #: What this reader may look at as it is: the original, or its redacted copy; None: neither.
    shown: Evidence | None
    #: The original shows persons and this reader may open it, with a reason.
    needs_reason: bool = False

    @property
    def is_closed(self) -> bool:
        """Only that it exists, and its digest, may be said."""
        return self.shown is None and not self.needs_reason

    @property
    def pages(self) -> int | None:
        """How many pages the file has that is shown, where it is one with pages; it is read for that."""
        if self.shown is None or self.shown.media_type != "application/pdf":
            return None
        try:
            return pages_of(store.read(self.shown.sha256))
        except FileNotFoundError:
            return None

    @property
    def page(self) -> Evidence | None:
        """The piece whose page this reader is sent to."""
        return self.original if self.needs_reason else self.shown


def papers_shown(reader: Reader, attachments: Iterable[Attachment]) -> list[Paper]:
    """Each of some attachments as this reader may see it. The public is shown no file, only that one is there."""
    listed, eyes = list(attachments), eyes_of(reader)
    if eyes.is_public or not eyes.held:
        return [Paper(one.role, one.evidence, None) for one in listed]
    pieces = {one.evidence_id: one.evidence for one in listed}
    reached = _reached(eyes, pieces)
    personal = {key for key, piece in pieces.items() if piece.is_personal}
    by_office = _reached(eyes.office, personal) if personal else set()
    copies = redacted_copies(personal)
    shown = []
    for one in listed:
        piece, key = one.evidence, one.evidence_id
        if not piece.is_personal:
            shown.append(Paper(one.role, piece, piece if key in reached else None))
        else:
            copy = copies.get(key) if key in reached else None
            shown.append(Paper(one.role, piece, copy, needs_reason=key in by_office))
    return shown


def redacted_copies(originals: Collection[int]) -> dict[int, Evidence]:
    """The newest redacted copy of each of some originals, by the key of the original."""
    if not originals:
        return {}
    copies = Evidence.objects.filter(redacts__in=originals).order_by("id")
    return {copy.redacts_id: copy for copy in copies if copy.redacts_id}


def _reached(eyes: Eyes, pieces: Collection[int]) -> set[int]:
    """Which papers these eyes reach, by themselves or through a record that they prove; whether they show persons is
    asked by whoever calls.
    """
    reached = set(visible(eyes, Evidence.objects.filter(pk__in=pieces)).values_list("pk", flat=True))
    left = set(pieces) - reached
    if not left or not eyes.held:
        return reached
    records: dict[str, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for table, key, piece in Attachment.objects.filter(evidence__in=left).values_list("table", "key", "evidence"):
        records[table][key].append(piece)
    for table, own in records.items():
        for key in _seen(eyes, table, list(own)):
            reached.update(own[key])
    return reached


def _seen(eyes: Eyes, table: str, keys: Sequence[int]) -> list[int]:
    records = apps.get_model(table)._default_manager.filter(pk__in=keys)
    return list(visible(eyes, records).values_list("pk", flat=True))
