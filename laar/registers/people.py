"""The sheet of people and groups that a programme brings along: what its lines say, and what is wrong with each of them.

Reads and judges only. `load_parties` applies a sheet whole or not at all; the same sheet again changes nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from laar.kit.names import Name, clean, fold, listed
from laar.kit.refusals import Refusal
from laar.kit.sheets import Row, rows_of
from laar.registers.rules import PARTY_KINDS, SEXES, level_of

COLUMNS = ("kind", "name_km", "name_en", "sex", "place")
#: What a name can be long, as the register keeps it.
LONGEST = 200
#: How people write the sex on their lists, beside the words of the register.
SEX_WORDS = {"f": ("ស្រី", "ស", "female", "w"), "m": ("ប្រុស", "ប", "male"), "": ("–", "-")}

ARABIC = str.maketrans("០១២៣៤៥៦៧៨៩", "0123456789")

State = Literal["new", "there", "wrong"]


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody who is in the register, as far as a line is compared with it."""

    kind: str
    name_km: str
    name_en: str
    sex: str
    place: str


@dataclass(frozen=True, slots=True)
class Judged:
    """A line of the sheet as it was understood: new, there already, or wrong for some reasons."""

    number: int
    kind: str
    name: Name
    sex: str
    place: str
    state: State
    reasons: tuple[Name, ...] = ()

    @property
    def kind_name(self) -> Name:
        """What it is; as it was written where it is nothing that is known."""
        return PARTY_KINDS.get(self.kind, Name(en=self.kind, km=self.kind))

    @property
    def sex_name(self) -> Name | None:
        """The sex in words; None where nothing was said."""
        return SEXES.get(self.sex) if self.sex else None


KIND_UNKNOWN = Name(
    en="“{kind}” is not a kind. Choose one of the list: {known}.",
    km="«{kind}» មិនមែនជាប្រភេទទេ។ សូមជ្រើសរើសពីបញ្ជី៖ {known}។",
)
KIND_MISSING = Name(en="The kind is missing.", km="ខ្វះប្រភេទ។")
NAME_MISSING = Name(
    en="There is no name. Write it in Khmer or in Latin letters.", km="គ្មានឈ្មោះ។ សូមសរសេរជាអក្សរខ្មែរ ឬឡាតាំង។"
)
NAME_LONG = Name(
    en="The name has {length} characters; at most {most} are kept.", km="ឈ្មោះមាន {length} តួអក្សរ; រក្សាបានច្រើនបំផុត {most}។"
)
NAME_FORMULA = Name(
    en="A name can't begin with “{sign}”: a spreadsheet would take it for a formula.",
    km="ឈ្មោះមិនអាចចាប់ផ្ដើមដោយ «{sign}» ទេ៖ តារាងនឹងយកវាជារូបមន្ត។",
)
SEX_UNKNOWN = Name(
    en="“{sex}” is not understood. Write Woman or Man, or leave it empty.",
    km="មិនយល់ «{sex}» ទេ។ សូមសរសេរ ស្ត្រី ឬបុរស ឬទុកទទេ។",
)
SEX_OF_A_BODY = Name(en="Only a person has a sex; leave it empty.", km="មានតែបុគ្គលទើបមានភេទ; សូមទុកទទេ។")
SEX_OTHER = Name(
    en="The register has the same name here with “{sex}”. Correct it there, or in this line.",
    km="បញ្ជីមានឈ្មោះដូចគ្នានៅទីនេះ តែភេទ «{sex}»។ សូមកែក្នុងបញ្ជី ឬក្នុងបន្ទាត់នេះ។",
)
PLACE_CODE = Name(
    en="“{code}” is not a place code. It has 2, 4, 6 or 8 digits, with its leading zero.",
    km="«{code}» មិនមែនជាលេខកូដទីកន្លែងទេ។ វាមាន 2, 4, 6 ឬ 8 ខ្ទង់ រួមទាំងលេខសូន្យខាងមុខ។",
)
PLACE_UNKNOWN = Name(
    en="There is no place with the code {code}. Load its gazetteer first, or correct the code.",
    km="គ្មានទីកន្លែងលេខកូដ {code} ទេ។ សូមបញ្ចូលបញ្ជីទីកន្លែងជាមុន ឬកែលេខកូដ។",
)
DOUBLED = Name(
    en="The same stands in line {line}. Keep one of the two; two people of one name need something that tells them apart.",
    km="បន្ទាត់ {line} មានដូចគ្នា។ សូមទុកតែមួយ; មនុស្សពីរនាក់ឈ្មោះដូចគ្នា ត្រូវមានអ្វីសម្គាល់។",
)


def read(data: bytes, file: str) -> list[Row]:
    """The lines of a sheet, XLSX or CSV. Raises the Refusals of `kit.sheets`."""
    return rows_of(data, columns=COLUMNS, file=file)


def judge(rows: Sequence[Row], *, known: Iterable[Known], places: Collection[str]) -> list[Judged]:
    """What each line is, beside what the register knows and the codes of its places. All faults of a line are named."""
    register = _Register(known)
    seen = _Register()
    judged = []
    for row in rows:
        line = _understood(row)
        reasons = _faults(line, row["sex"], places)
        twin = register.find(line) if not reasons else None
        if twin and line.kind == "person" and line.sex and twin.sex != line.sex:
            reasons.append(SEX_OTHER.format(sex=SEXES[twin.sex]))
        if not reasons and (earlier := seen.find(line)):
            reasons.append(DOUBLED.format(line=seen.lines[earlier]))
        if not reasons:
            seen.add(line, row.number)
        state: State = "wrong" if reasons else "there" if twin else "new"
        name = Name(en=line.name_en, km=line.name_km)
        judged.append(Judged(row.number, line.kind, name, line.sex, line.place, state, tuple(reasons)))
    return judged


def refuse_wrong(judged: Sequence[Judged]) -> None:
    """Refuse a sheet of which one line is wrong: all of it is applied, or nothing. Raises Refusal `party.lines_wrong`."""
    wrong = [line for line in judged if line.state == "wrong"]
    if wrong:
        raise Refusal("party.lines_wrong", count=len(wrong), line=wrong[0].number, why=wrong[0].reasons[0])


class _Register:
    """Finds a line among those that are known: of the same kind, at the same place, of the same name.

    A name counts as the same where it is equal in one language and does not differ in the other; who writes only one of
    the two means the same person.
    """

    def __init__(self, known: Iterable[Known] = ()) -> None:
        self.by_name: dict[tuple[str, ...], list[Known]] = defaultdict(list)
        self.lines: dict[Known, int] = {}
        for one in known:
            self.add(one)

    def add(self, one: Known, line: int = 0) -> None:
        for key in self._keys(one):
            self.by_name[key].append(one)
        self.lines[one] = line

    def find(self, line: Known) -> Known | None:
        near = [one for key in self._keys(line) for one in self.by_name[key]]
        same = [one for one in near if _agree(one.name_km, line.name_km) and _agree(one.name_en, line.name_en)]
        return next((one for one in same if one.sex == line.sex), next(iter(same), None))

    def _keys(self, one: Known) -> list[tuple[str, ...]]:
        names = (("km", fold(one.name_km)), ("en", fold(one.name_en)))
        return [(one.kind, one.place, lang, name) for lang, name in names if name]


def _agree(one: str, other: str) -> bool:
    return not one or not other or fold(one) == fold(other)


def _understood(row: Row) -> Known:
    """A line in the words of the register; what is not understood stays as it was written."""
    kind, sex = row["kind"], row["sex"]
    return Known(
        kind=KIND_WORDS.get(fold(kind), kind),
        name_km=row["name_km"],
        name_en=row["name_en"],
        sex=SEXES_SAID.get(fold(sex), sex),
        place=clean(row["place"]).translate(ARABIC).split(" ")[0],  # "210101 Angkor Borei" is meant as its code
    )


def _faults(line: Known, sex: str, places: Collection[str]) -> list[Name]:
    found = []
    if not line.kind:
        found.append(KIND_MISSING)
    elif line.kind not in PARTY_KINDS:
        found.append(KIND_UNKNOWN.format(kind=line.kind, known=listed(PARTY_KINDS.values())))
    names = [name for name in (line.name_km, line.name_en) if name]
    if not names:
        found.append(NAME_MISSING)
    found += [NAME_LONG.format(length=len(name), most=LONGEST) for name in names if len(name) > LONGEST]
    found += [NAME_FORMULA.format(sign=name[0]) for name in names if name[0] in "=+-@"]
    if line.sex not in SEXES:
        found.append(SEX_UNKNOWN.format(sex=sex))
    elif line.sex and line.kind != "person":
        found.append(SEX_OF_A_BODY)
    if line.place and level_of(line.place) is None:
        found.append(PLACE_CODE.format(code=line.place))
    elif line.place and line.place not in places:
        found.append(PLACE_UNKNOWN.format(code=line.place))
    return found


def both(name: Name) -> str:
    """A word as the template offers it: in both languages."""
    return f"{name.en} / {name.km}"


def _words(names: Mapping[str, Name], more: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Every way to write a word of a list: its key, its name in one language or both, and what people write besides."""
    said = {fold(text): key for key, name in names.items() for text in (key, name.en, name.km, both(name))}
    return said | {fold(text): key for key, texts in more.items() for text in texts}


KIND_WORDS = _words(PARTY_KINDS, {})
SEXES_SAID = _words(SEXES, SEX_WORDS)
