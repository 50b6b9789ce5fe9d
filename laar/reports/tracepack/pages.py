"""The pages of a trace pack: the sheet, a page for each figure, a page for each record. Every link stays in the pack."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db.models import Model
from django.template import loader
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from laar import __version__
from laar.base.models import Evidence, User
from laar.base.papers import Paper
from laar.base.readers import name_for
from laar.base.rules import verb_of
from laar.events.models import Attendance, Request
from laar.kit.figures import Figure, Records
from laar.kit.money import Money
from laar.kit.names import Name
from laar.kit.small import counts_people, is_hidden
from laar.ledger.models import Posting
from laar.reports import said
from laar.reports.factsheet import Sheet
from laar.reports.rules import DEMO_LABEL, LEVELS
from laar.reports.tracepack.addresses import address_in_pack, address_of_file, address_of_record
from laar.reports.tracepack.gathered import Gathered, Key, Written, key_of
from laar.results.cards import MOST, Said, said_of
from laar.results.opened import adds_of
from laar.results.queries import stages_of

STYLE = Path(__file__).parents[1] / "templates" / "tracepack" / "pack.css"


@dataclass
class Pages:
    """Writes the pages of one pack, in one language, for one reader. What is said once is written once."""

    sheet: Sheet
    pack: Gathered
    level: str
    #: What every page says at its foot: for whom, when, up to which seal of the trail.
    foot: Mapping[str, Any]
    documents: Sequence[str] = ()
    #: The digests of the evidence whose file is in the pack; another one's file is gone or was changed.
    files: frozenset[str] = frozenset()
    _links: dict[Key, SafeString] = field(default_factory=dict)
    _numbers: dict[str, str] = field(default_factory=dict)

    def written(self) -> Iterator[tuple[str, str]]:
        """Every page with its address in the pack."""
        yield "pack.css", STYLE.read_text(encoding="utf-8")
        yield "index.html", self._index()
        for figure in self.pack.figures.values():
            yield address_in_pack(figure), self._figure(figure)
        for record in self.pack.pages():
            yield address_of_record(record), self._record(record)

    def _index(self) -> str:
        profile = self.sheet.profile
        return self._page(
            "index",
            "",
            sheet=self.sheet,
            documents=self.documents,
            blank=profile.blank_in_source.split(),
            objective=Name(en=profile.objective_en, km=profile.objective_km),
        )

    def _page(self, template: str, root: str, **more: Any) -> str:
        context = {
            "root": root,
            "pages": self,
            "language": said.language(),
            "other_language": "en" if said.language() == "km" else "km",
            "label": DEMO_LABEL if self.sheet.programme.is_demo else None,
            "level": LEVELS[self.level],
            "programme": self.sheet.programme,
            "version": __version__,
            **self.foot,
            **more,
        }
        return loader.render_to_string(f"tracepack/{template}.html", context)

    # ── figures ─────────────────────────────────────────────────────────────────────────────────────────────────
    def number(self, figure: Figure) -> str:
        """A figure as this reader is shown it. Whether people are too few is asked once, not on every page."""
        if figure.id not in self._numbers:
            self._numbers[figure.id] = said.figure(figure, is_public=self.pack.eyes.is_public)
        return self._numbers[figure.id]

    def link_to(self, figure: Figure, root: str) -> SafeString:
        """A number with the link to its page."""
        return format_html('<a class="f" href="{}{}">{}</a>', root, address_in_pack(figure), self.number(figure))

    def _figure(self, figure: Figure) -> str:
        rows = list(self._rows(figure))
        quiet = self._keeps_quiet(figure)
        return self._page("figure", "../", figure=figure, rows=rows, few=quiet, is_hidden=quiet and is_hidden(figure))

    def _rows(self, figure: Figure) -> Iterator[tuple[SafeString, str]]:
        """Each record of a figure as a link, and what it adds."""
        measured = figure.measured
        if not isinstance(measured, Records):
            return
        if self._keeps_quiet(figure):
            yield from self._where(figure)
            return
        for key, adds in self.pack.contributions[figure.id]:
            added = adds_of(measured, adds)
            text = said.amount(added) if isinstance(added, Money) else said.number(f"{added:,}")
            yield self.link(self.pack.records[key], "../", digest=True), text

    def _keeps_quiet(self, figure: Figure) -> bool:
        """Whether its reader may not know how many persons each record adds: so many rows would say it, too."""
        return counts_people(figure) and self.pack.eyes.is_public

    def _where(self, figure: Figure) -> Iterator[tuple[SafeString, str]]:
        """Where those people were present, each event once; nothing where so few are not counted."""
        if is_hidden(figure):
            return
        hosts = {key_of(host): host for host in self._hosts(figure)}
        for host in hosts.values():
            if self.pack.has_page(host):
                yield self.link(host, "../"), ""

    def _hosts(self, figure: Figure) -> Iterator[Model]:
        return (self.pack.host_of(self.pack.records[key]) for key, _adds in self.pack.contributions[figure.id])

    def figures_of(self, record: Model) -> list[Figure]:
        """The figures to which a record adds, or a row that is shown on its page."""
        own = [record, *self.pack.hosted.get(key_of(record), ())]
        ids = dict.fromkeys(figure for one in own for figure in self.pack.adds_to.get(key_of(one), ()))
        return [self.pack.figures[figure] for figure in ids]

    # ── records ─────────────────────────────────────────────────────────────────────────────────────────────────
    def name(self, record: Model) -> Name:
        """What a record is called before this reader."""
        return name_for(self.pack.eyes, record)

    def link(self, record: Model, root: str, name: Name | None = None, *, digest: bool = False) -> SafeString:
        """A record with the link to its page; closed to the reader, only of what kind it is, and its digest."""
        key = key_of(record)
        record = self.pack.records.get(key, record)
        if key not in self.pack.open:
            kind, closed = str(record._meta.verbose_name), _("closed to you; the office can open it")
            mark = format_html(' <span class="code">{}</span>', self.pack.digest_of(key)[:16]) if digest else ""
            return format_html('<span class="closed">{} · {}</span>{}', kind[:1].upper() + kind[1:], closed, mark)
        if name is None and key in self._links and root == "../":
            return self._links[key]
        text = (name or self.name(record)).say(said.language())
        host = self.pack.host_of(record)
        if not self.pack.has_page(host):
            return format_html("{}", text)
        anchor = f"#row-{record.pk}" if host is not record else ""
        made = format_html('<a href="{}{}{}">{}</a>', root, address_of_record(host), anchor, text)
        if name is None and root == "../":
            self._links[key] = made
        return made

    def _record(self, record: Model) -> str:
        eyes, key = self.pack.eyes, key_of(record)
        says = [one for one in said_of(record, eyes) if not (eyes.is_public and one.record) or self._is_open(one)]
        rows = self.pack.hosted.get(key, [])
        return self._page(
            "record",
            "../",
            record=record,
            kind=str(record._meta.verbose_name),
            name=self.name(record),
            says=[(one.label, self._value(one)) for one in says],
            postings=sorted((row for row in rows if isinstance(row, Posting)), key=lambda row: row.position),
            present=[row for row in rows if isinstance(row, Attendance)],
            stages=self._stages(record),
            papers=[self._paper(paper) for paper in self.pack.papers.get(key, ())],
            way=self._way(record),
            effects=list(self._effects(record)),
            figures=self.figures_of(record),
            history=[] if eyes.is_public else [self._line(line) for line in self.pack.history.get(key, ())],
        )

    def _is_open(self, one: Said) -> bool:
        return one.record is not None and self.pack.is_open(one.record)

    def _value(self, one: Said) -> SafeString:
        if one.record is not None:
            return self.link(one.record, "../")
        if one.amount is not None:
            return format_html('<span class="m"><abbr>{}</abbr>{}</span>', one.amount.currency, said.amount(one.amount))
        return format_html("{}", said.day(one.day) if one.day else one.text)

    def _stages(self, record: Model) -> list[tuple[str, SafeString]]:
        stages = stages_of(record) if isinstance(record, Request) else []
        return [(said.day(stage.on), self.link(stage.record, "../", stage.name)) for stage in stages]

    def _way(self, record: Model) -> list[tuple[Name, SafeString]]:
        own = key_of(record)
        return [
            (
                stretch.name,
                format_html_join(
                    "",
                    "<li>{}</li>",
                    ((self._here(one) if key_of(one) == own else self.link(one, "../"),) for one in stretch.records),
                ),
            )
            for stretch in self.pack.ways.get(own, ())
        ]

    def _here(self, record: Model) -> SafeString:
        text = self.name(self.pack.records[key_of(record)]).say(said.language())
        return format_html('<b aria-current="true">{}</b>', text)

    def _effects(self, record: Model) -> Iterator[tuple[str, SafeString, bool]]:
        """What came of a record, table by table."""
        tables: dict[str, list[Model]] = {}
        for one in self.pack.effects.get(key_of(record), ()):
            if self.pack.has_page(one):
                tables.setdefault(str(one._meta.verbose_name), []).append(one)
        for label, records in tables.items():
            listed = sorted({key_of(one): one for one in records}.items())[:MOST]
            links = format_html_join("", "<li>{}</li>", ((self.link(one, "../"),) for _key, one in listed))
            yield label, links, len(records) > MOST

    def _paper(self, paper: Paper) -> dict[str, Any]:
        """A paper of a record: its file in this pack, or that it is closed to the reader, or that the file is gone."""
        piece = file_of(paper)
        there = piece is not None and piece.sha256 in self.files
        return {
            "role": paper.role,
            "piece": piece,
            "digest": (piece or paper.original).sha256,
            "file": address_of_file(piece) if piece and there else "",
            "is_picture": piece is not None and piece.media_type.startswith("image/"),
            "is_redacted": piece is not None and piece.redacts_id is not None,
        }

    def _line(self, line: Written) -> dict[str, Any]:
        by = self.pack.records.get((User._meta.label_lower, line.by)) if line.by else None
        who = self.name(by) if by is not None and self.pack.is_open(by) else None
        return {"line": line, "verb": verb_of(line.verb).label, "who": who, "by_system": line.by is None}


def file_of(paper: Paper) -> Evidence | None:
    """Which file a pack holds of a paper: the original where its reader may open it, else the redacted copy, else none."""
    return paper.original if paper.needs_reason else paper.shown


def pieces_of(pack: Gathered) -> list[Evidence]:
    """Every file that belongs into a pack, once."""
    found = {piece.sha256: piece for own in pack.papers.values() for paper in own if (piece := file_of(paper))}
    return [found[digest] for digest in sorted(found)]
