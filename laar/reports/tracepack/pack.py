"""The file of a trace pack: the same zip from the same records, with a manifest of every file in it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from django.utils import translation

from laar import __version__
from laar.base import store
from laar.base.models import Evidence, Programme, Seal
from laar.base.readers import PUBLIC, Eyes, reader_as
from laar.base.snapshot import snapshot
from laar.kit.refusals import Refusal
from laar.reports.factsheet import CONSULTANT, sheet_of
from laar.reports.rules import DEMO_LABEL
from laar.reports.tracepack.addresses import address_of_file
from laar.reports.tracepack.gathered import gathered
from laar.reports.tracepack.pages import Pages, pieces_of

#: Through whose eyes a pack of each level is made.
ROLES = {"office": "manager", "donor": "donor"}


@dataclass(frozen=True, slots=True)
class Made:
    """What is said of a pack beside its pages: for whom, in which language, when, and (not to the public) by whom and why."""

    level: str
    lang: str
    on: date
    by: str = ""
    reason: str = ""


def eyes_for(level: str, programme: Programme) -> Eyes:
    """The reader for whom a pack of a level is made."""
    return reader_as(ROLES[level], programme) if level in ROLES else PUBLIC


def made_pack(programme: Programme, made: Made, to: IO[bytes], documents: Mapping[str, bytes] | None = None) -> None:
    """Write a pack into a file: what its reader may see, and nothing else. `documents` are put into `documents/`.

    Raises Refusal `pack.nothing` where there is no sheet.
    """
    with snapshot(), translation.override(made.lang), ZipFile(to, "w") as archive:
        sheet = sheet_of(programme)
        if sheet is None:
            raise Refusal("pack.nothing")
        for key in CONSULTANT:
            sheet.figure(key)
        pack = gathered(sheet, eyes_for(made.level, programme))
        seal = Seal.objects.order_by("-number").values("number", "digest").first() or {"number": 0, "digest": ""}
        file = _File(archive, made.on)
        kept = frozenset(piece.sha256 for piece in pieces_of(pack) if file.keep(piece))
        for name, content in sorted((documents or {}).items()):
            file.put(f"documents/{name}", content)
        foot = {"made": made, "seal": seal}
        for address, text in Pages(sheet, pack, made.level, foot, sorted(documents or {}), kept).written():
            file.put(address, text.encode())
        manifest = _manifest(programme, made, seal, file.digests)
        file.put("manifest.json", json.dumps(manifest, ensure_ascii=False, indent=1).encode())


@dataclass
class _File:
    """The open zip: every member with the day on which the pack is made and nothing of the machine that made it."""

    archive: ZipFile
    on: date
    digests: dict[str, str] = field(default_factory=dict)

    def put(self, address: str, content: bytes, compression: int = ZIP_DEFLATED) -> None:
        member = ZipInfo(address, (max(self.on.year, 1980), self.on.month, self.on.day, 0, 0, 0))
        member.external_attr, member.compress_type, member.create_system = 0o644 << 16, compression, 3
        self.archive.writestr(member, content)
        self.digests[address] = sha256(content).hexdigest()

    def keep(self, piece: Evidence) -> bool:
        """Put a piece of evidence in; not where its file is gone or is another one than was kept."""
        try:
            content = store.read(piece.sha256)
        except FileNotFoundError:
            return False
        if sha256(content).hexdigest() != piece.sha256:
            return False
        self.put(address_of_file(piece), content, ZIP_STORED)
        return True


def _manifest(programme: Programme, made: Made, seal: Mapping[str, Any], digests: Mapping[str, str]) -> dict[str, Any]:
    told = {"made_by": made.by, "reason": made.reason} if made.level != "public" else {}
    return {
        "what": "LAAR trace pack",
        "laar": __version__,
        "programme": {"code": programme.code, "name": {"en": programme.name_en, "km": programme.name_km}},
        **({"label": {"en": DEMO_LABEL.en, "km": DEMO_LABEL.km}} if programme.is_demo else {}),
        "made_for": made.level,
        "made_on": made.on.isoformat(),
        **told,
        "languages": [made.lang],
        "trail": {"seal": seal["number"], "digest": seal["digest"]},
        "sha256": dict(sorted(digests.items())),
    }
