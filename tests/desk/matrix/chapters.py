"""The addresses of the lists. Which rows each shows to whom: tests/desk/test_chapters.py."""

from __future__ import annotations

from tests.desk.matrix.readers import INSIDE, SIGNED_IN
from tests.desk.matrix.records import BOOKS
from tests.desk.matrix.row import Row

#: Who has a role anywhere: a stranger is shown the lists of the own programme.
WITH_A_ROLE = (*INSIDE, "stranger")
#: Who may know persons by name.
KNOWS_PERSONS = tuple(reader for reader in WITH_A_ROLE if reader != "donor")
#: What no place has is not for those who work in a part of the area.
WHOLE = (*BOOKS, "auditor", "stranger")

ROWS: dict[str, list[Row]] = {
    "chapters": [Row("/lists/", SIGNED_IN, anonymous=200)],  # names only the lists that the reader may have
    "chapter": [
        Row("/lists/events/", WITH_A_ROLE, anonymous=200),
        Row("/lists/requests/?word=done&place=2101", WITH_A_ROLE, anonymous=200),
        Row("/lists/decisions/", WITH_A_ROLE),
        Row("/lists/entries/", WHOLE, anonymous=200),
        Row("/lists/evidence/", WHOLE),
        Row("/lists/bodies/", WITH_A_ROLE, anonymous=200),
        Row("/lists/people/", KNOWS_PERSONS),
        Row("/lists/memberships/?on=2008-03-10", KNOWS_PERSONS),
        Row("/lists/events/?from=soon", WITH_A_ROLE, anonymous=422, answer=422),
        Row("/lists/dragons/"),
    ],
    "chapter_file": [
        Row("/lists/projects.csv", WITH_A_ROLE, anonymous=200),
        Row("/lists/projects.xlsx", WITH_A_ROLE, anonymous=200),
        Row("/lists/people.csv", KNOWS_PERSONS),
        Row("/lists/projects.exe"),
    ],
}
