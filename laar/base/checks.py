"""What `laar verify` looks at on the ground floor: the seals, the rows against their images, evidence, the head file."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from django.db import connection, models
from django.db.models.functions import Coalesce

from laar.base import head, store
from laar.base.faults import Fault, check
from laar.base.images import digest, image
from laar.base.models import Evidence, Seal, TrailLine, TrailRow
from laar.base.recorded import recorded_models
from laar.base.rollups import rollups
from laar.base.trail import last_seal, line_digest, row_digest, seal_digest
from laar.kit.names import Name


@check("trail.seals")
def seals_link() -> Iterator[Fault]:
    """Every seal follows the one before it and covers exactly the lines that it sealed."""
    previous, expected = "", 1
    if connection.vendor == "sqlite":  # every commit seals itself: a line without a seal came in past the door
        for line in TrailLine.objects.filter(seal=None).order_by("id"):
            yield _line_fault(line, "no seal covers it", "គ្មានត្រាគ្របដណ្តប់")
    members = groupby(
        TrailLine.objects.exclude(seal=None).order_by("seal__number", "id").values_list("seal_id", "digest").iterator(),
        key=lambda pair: pair[0],
    )
    sealed = next(members, None)
    for seal in Seal.objects.order_by("number").iterator():
        lines: list[str] = []
        while sealed and sealed[0] == seal.pk:
            lines, sealed = [line for _, line in sealed[1]], next(members, None)
        if seal.number != expected or seal.previous != previous:
            yield _seal_fault(seal, "does not follow the one before it", "មិនបន្តពីត្រាមុន")
        if len(lines) != seal.members or digest("root", lines) != seal.root:
            found = f"covers {seal.members} lines, {len(lines)} are there or were changed"
            yield _seal_fault(seal, found, f"គ្របដណ្តប់ {seal.members} បន្ទាត់ តែមាន {len(lines)} ឬត្រូវបានកែ")
        if seal.digest != seal_digest(seal.number, seal.previous, seal.root, seal.members, seal.at):
            yield _seal_fault(seal, "was changed", "ត្រូវបានកែ")
        previous, expected = seal.digest, seal.number + 1


def _seal_fault(seal: Seal, en: str, km: str) -> Fault:
    return Fault(
        "trail.seals", Name(en=f"Seal {seal.number} {en}.", km=f"ត្រាលេខ {seal.number} {km}។"), "base.seal", seal.pk
    )


@check("trail.lines")
def lines_are_whole() -> Iterator[Fault]:
    """Every line and row has the digest of what it says; no line without a row, no row without a line."""
    lines = dict(TrailLine.objects.values_list("id", "digest"))
    rows = groupby(TrailRow.objects.order_by("line_id", "id").iterator(), key=lambda row: row.line_id)
    group = next(rows, None)
    causes = set(TrailLine.objects.exclude(cause=None).values_list("cause_id", flat=True))
    erased = set(TrailLine.objects.filter(verb__endswith=".erase").values_list("table", "key"))
    for line in TrailLine.objects.order_by("id").iterator():
        while group and group[0] < line.pk:
            yield _orphans(group[0], list(group[1]))
            group = next(rows, None)
        own: list[TrailRow] = []
        if group and group[0] == line.pk:
            own, group = list(group[1]), next(rows, None)
        for row in own:
            if row.after is None and not row.salt:
                if (row.table, row.key) not in erased:
                    yield _line_fault(
                        line, "a row of it was blanked, and nobody erased it", "ជួរត្រូវបានលុបដោយគ្មានអ្នកអនុញ្ញាត"
                    )
            elif row.digest != row_digest(row.salt, row.table, row.key, row.before, row.after):
                yield _line_fault(line, "a row of it was changed", "មានជួរត្រូវបានកែ")
        if not own and line.pk not in causes:
            yield _line_fault(line, "its rows are gone", "ជួររបស់វាបាត់")
        cause = lines.get(line.cause_id, "?") if line.cause_id else ""
        if line.digest != line_digest(line, cause, (row.digest for row in own)):
            yield _line_fault(line, "it was changed", "ត្រូវបានកែ")
    while group:
        yield _orphans(group[0], list(group[1]))
        group = next(rows, None)


def _line_fault(line: TrailLine, en: str, km: str) -> Fault:
    text = Name(en=f"Trail line {line.pk} ({line.verb}): {en}.", km=f"កំណត់ហេតុ {line.pk} ({line.verb})៖ {km}។")
    return Fault("trail.lines", text, line.table, line.key)


def _orphans(line: int, rows: list[TrailRow]) -> Fault:
    names = ", ".join(sorted({f"{row.table} {row.key}" for row in rows}))
    return Fault(
        "trail.lines",
        Name(
            en=f"Trail line {line} is gone; its rows are left ({names}).",
            km=f"កំណត់ហេតុ {line} បាត់; នៅសល់ជួររបស់វា ({names})។",
        ),
        rows[0].table,
        rows[0].key,
    )


@check("trail.order")
def rows_are_in_the_order_of_their_seals() -> Iterator[Fault]:
    """Of every record the newest row is the one that was sealed last: no older image was moved to the end."""
    # A row's id is in no digest; the seals, and within a seal the order of its lines, are. Lines of one act count as one.
    unsealed = models.Value(2**62, output_field=models.BigIntegerField())
    act = Coalesce("line__cause__cause_id", "line__cause_id", "line_id")
    rows = TrailRow.objects.annotate(sealed=Coalesce("line__seal__number", unsealed), act=act)
    ordered = rows.order_by("table", "key", "id").values_list("table", "key", "sealed", "act")
    for (table, key), group in groupby(ordered.iterator(), key=lambda row: row[:2]):
        places = [(sealed, act) for _, _, sealed, act in group]
        if places != sorted(places):
            text = Name(
                en=f"The history of {table} {key} is not in the order in which it was sealed.",
                km=f"ប្រវត្តិនៃ {table} {key} មិនតាមលំដាប់ត្រា។",
            )
            yield Fault("trail.order", text, table, key)


@check("trail.images")
def rows_equal_their_images() -> Iterator[Fault]:
    """Every record is as the trail last saw it; none is missing, none came in past the door.

    Only columns that both the image and the table have are compared: a later migration may add or drop one.
    """
    for model in recorded_models():
        label = model._meta.label_lower
        newest = TrailRow.objects.filter(table=label).order_by("key", "-id")
        images = groupby(newest.values_list("key", "after", "salt").iterator(), key=lambda row: row[0])
        image_of = next(images, None)
        for record in model._default_manager.order_by("pk").iterator():
            while image_of and image_of[0] < record.pk:
                yield _image_fault(model, image_of[0], "is gone", "បាត់")
                image_of = next(images, None)
            if image_of is None or image_of[0] != record.pk:
                yield _image_fault(
                    model, record.pk, "came in past the door: the trail does not know it", "មិនមានក្នុងកំណត់ហេតុ"
                )
                continue
            _, after, salt = next(image_of[1])
            image_of = next(images, None)
            if after is None and not salt:
                yield _image_fault(model, record.pk, "was blanked, and nobody erased it", "ត្រូវបានលុបដោយគ្មានអ្នកអនុញ្ញាត")
                continue
            columns = _differing(image(record), after or {})
            if columns:
                what = ", ".join(columns)
                yield _image_fault(
                    model, record.pk, f"was changed past the door ({what})", f"ត្រូវបានកែក្រៅប្រព័ន្ធ ({what})"
                )
        while image_of:
            yield _image_fault(model, image_of[0], "is gone", "បាត់")
            image_of = next(images, None)


def _differing(now: dict[str, object], after: dict[str, object]) -> list[str]:
    return [column for column in now if column in after and now[column] != after[column]]


def _image_fault(model: type[models.Model], key: int, en: str, km: str) -> Fault:
    name = str(model._meta.verbose_name)
    text = Name(en=f"{name.capitalize()} {key} {en}.", km=f"{model._meta.label_lower} {key} {km}។")
    return Fault("trail.images", text, model._meta.label_lower, key)


@check("evidence.files")
def evidence_is_kept() -> Iterator[Fault]:
    """Every piece of evidence has its file, and the file is what it was."""
    for piece in Evidence.objects.order_by("id").iterator():
        path = store.path_of(piece.sha256)
        if not path.exists():
            yield _evidence_fault(piece, "its file is gone", "ឯកសារបាត់")
        elif store.digest_of(path) != piece.sha256:
            yield _evidence_fault(piece, "its file was replaced or damaged", "ឯកសារត្រូវបានប្ដូរ ឬខូច")


def _evidence_fault(piece: Evidence, en: str, km: str) -> Fault:
    text = Name(en=f"Evidence {piece.pk} “{piece.caption_en}”: {en}.", km=f"ភស្តុតាង {piece.pk}៖ {km}។")
    return Fault("evidence.files", text, "base.evidence", piece.pk)


@check("rollups.recount")
def rollups_recount() -> Iterator[Fault]:
    """Every total that pages show is what its rows add up to."""
    for rollup in rollups():
        kept, counted = rollup.kept(), rollup.recount()
        for key in sorted(set(kept) | set(counted)):
            if kept.get(key) != counted.get(key):
                label = rollup.table._meta.label_lower
                text = Name(
                    en=f"The total {label} {key} is {kept.get(key)}, its rows add up to {counted.get(key)}.",
                    km=f"សរុប {label} {key} គឺ {kept.get(key)} តែជួរសរុប {counted.get(key)}។",
                )
                yield Fault("rollups.recount", text, label)


@check("head.agrees", live=True)
def head_agrees() -> Iterator[Fault]:
    """The head file outside the database knows every seal, and no seal that the database has lost."""
    # The order matters while others write: a seal is committed first and appended then. So what the database had before
    # must be in the file, but for the newest one on its way, and what the file has must be in the database afterwards.
    before = last_seal()
    try:
        lines = list(head.lines())
    except ValueError as error:
        yield _head_fault(str(error), str(error))
        return
    seals = dict(Seal.objects.values_list("number", "digest"))
    for line in lines:
        yield from _line_disagrees(line, seals)
    missing = sorted(set(range(1, before)) - {line.number for line in lines})
    if missing:
        yield _head_fault(
            f"{len(missing)} seals are missing from it, the first is {missing[0]}",
            f"ខ្វះត្រា {len(missing)} ដំបូងគឺ {missing[0]}",
        )


def _line_disagrees(line: head.HeadLine, seals: dict[int, str]) -> Iterator[Fault]:
    number = line.number
    if not head.is_signed(line):
        yield _head_fault(f"line {number} is not signed by this installation", f"បន្ទាត់ {number} គ្មានហត្ថលេខាត្រឹមត្រូវ")
    elif number not in seals:
        end = max(seals, default=0)
        yield _head_fault(
            f"it knows seal {number}, the database ends with {end}: the tail was cut off",
            f"មានត្រា {number} តែទិន្នន័យបញ្ចប់ត្រឹម {end}៖ ផ្នែកចុងត្រូវបានកាត់",
        )
    elif seals[number] != line.digest:
        yield _head_fault(f"seal {number} is another one than was signed", f"ត្រា {number} មិនដូចអ្វីដែលបានចុះហត្ថលេខា")


def _head_fault(en: str, km: str) -> Fault:
    return Fault("head.agrees", Name(en=f"Head file: {en}.", km=f"ឯកសារត្រា៖ {km}។"))
