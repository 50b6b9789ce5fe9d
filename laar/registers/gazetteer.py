"""Reads the official place codes from a file: CSV, or the YAML layout of the pumi gazetteer. Reads only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import yaml

from laar.kit.names import clean
from laar.kit.refusals import Refusal
from laar.kit.sheets import rows_from_csv, text_of
from laar.registers.rules import PLACE_KINDS, USUAL_KIND, level_of

COLUMNS = ("code", "name_km", "name_en")
#: pumi names the kind of a unit in Latin letters ("Khum", "Krong"); ours are the same words as codes.
PUMI_KINDS = {"reach theani": "reach_theani", "reach_theani": "reach_theani", "capital": "reach_theani"}


@dataclass(frozen=True, slots=True)
class Named:
    """One place of a file, with the line (CSV) or position (YAML) where it stands."""

    line: int
    code: str
    kind: str
    name_km: str
    name_en: str


def read(data: bytes, file: str) -> list[Named]:
    """The places of a file, by its ending. Raises Refusal with the line that is wrong; codes stay text."""
    named = _from_yaml(data, file) if file.endswith((".yml", ".yaml")) else _from_csv(data, file)
    for place in named:
        if level_of(place.code) is None:
            raise Refusal("place.code", code=place.code, line=place.line)
        if not place.name_km and not place.name_en:
            raise Refusal("place.name_missing", code=place.code, line=place.line)
        if place.kind not in PLACE_KINDS:
            raise Refusal("place.kind_unknown", kind=place.kind, line=place.line, known=", ".join(PLACE_KINDS))
    return named


def _from_csv(data: bytes, file: str) -> list[Named]:
    return [
        Named(
            row.number,
            row["code"],
            row["kind"] or USUAL_KIND.get(level_of(row["code"]) or "", ""),
            row["name_km"],
            row["name_en"],
        )
        for row in rows_from_csv(data, columns=COLUMNS, file=file)
    ]


class _DoubledKey(yaml.SafeLoader):
    """YAML lets a later key silently replace an earlier one; a gazetteer must not."""


def _mapping(loader: yaml.SafeLoader, node: yaml.MappingNode) -> dict[Any, Any]:
    seen: dict[str, int] = {}
    for key, _ in node.value:
        line = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode):
            raise yaml.constructor.ConstructorError(None, None, f"line {line} is no code and no name", key.start_mark)
        if key.value in seen:
            raise Refusal("place.code_doubled", code=key.value, first=seen[key.value], line=line)
        seen[key.value] = line
    return dict(loader.construct_pairs(node, deep=True))


_DoubledKey.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def _from_yaml(data: bytes, file: str) -> list[Named]:
    try:
        whole = yaml.load(text_of(data, file), Loader=_DoubledKey)  # a SafeLoader
    except yaml.YAMLError as error:
        raise Refusal("gazetteer.layout", file=file, why=str(error).splitlines()[0]) from None
    groups = whole.values() if isinstance(whole, dict) else []
    named = []
    for group in groups:
        if not isinstance(group, dict):
            raise Refusal("gazetteer.layout", file=file, why="its first level has no places below it")
        for position, (code, unit) in enumerate(group.items(), start=1):
            named.append(_unit(position, code, unit, file))
    if not named:
        raise Refusal("gazetteer.layout", file=file, why="it holds no place")
    return named


def _unit(position: int, code: object, unit: Any, file: str) -> Named:
    if not isinstance(code, str):  # an unquoted 010201 is read as a number and has lost its zero
        raise Refusal("place.code", code=code, line=position)
    if not isinstance(unit, dict) or not isinstance(unit.get("name"), dict):
        raise Refusal("gazetteer.layout", file=file, why=f"{code} has no name")
    kind = str((unit.get("administrative_unit") or {}).get("latin", "")).strip().lower()
    level = level_of(code) or ""
    return Named(
        position,
        code,
        PUMI_KINDS.get(kind, kind) or USUAL_KIND.get(level, ""),
        clean(str(unit["name"].get("km") or "")),
        clean(str(unit["name"].get("latin") or "")),
    )
