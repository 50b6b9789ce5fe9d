"""The addresses of: look."""

from __future__ import annotations

from tests.desk.matrix.readers import EVERYBODY, SIGNED_IN
from tests.desk.matrix.row import Row

ROWS: dict[str, list[Row]] = {
    "more": [Row("/more/", SIGNED_IN, anonymous=302)],
    # Anybody may choose digits and language; every part of the pages is shown to anybody.
    "preferences": [Row("/preferences/", EVERYBODY, anonymous=200)],
    "look": [Row("/look/", EVERYBODY, anonymous=200)],
}
