"""The addresses of the screens."""

from __future__ import annotations

from tests.desk.matrix.readers import EVERYBODY, OWN_AREA, SIGNED_IN
from tests.desk.matrix.row import Row

#: The trail belongs to no place and is read as a whole: by a role in the whole programme that looks after it.
READ_THE_TRAIL = ("admin", "manager", "auditor")

ROWS: dict[str, list[Row]] = {
    "today": [Row("/today/", SIGNED_IN, anonymous=302)],
    # Figures are open to whoever looks at the programme; a programme of one's own has nothing in it here.
    "programme": [Row("/programme/", EVERYBODY, anonymous=200)],
    # A list of those communes that the reader may see.
    "places": [
        Row("/places/", EVERYBODY, anonymous=200),
        Row("/places/?show=money", EVERYBODY, anonymous=200),
        Row("/places/?show=nothing", EVERYBODY, anonymous=200),
    ],
    "place": [
        # Where one's own programme does not work, the register alone is shown.
        Row("/places/210101/", OWN_AREA, anonymous=200, elsewhere=("stranger",)),
        Row(
            "/places/2101/",
            tuple(one for one in OWN_AREA if one not in ("clerk", "ang")),
            anonymous=200,
            elsewhere=("stranger",),
        ),
        Row("/places/999999/"),
    ],
    "find": [Row("/find/", EVERYBODY, anonymous=200), Row("/find/?q=angkor", EVERYBODY, anonymous=200)],
    # Who reads the trail of another programme sees the lines of that one.
    "trail": [
        Row("/trail/", (*READ_THE_TRAIL, "stranger"), others=403, anonymous=302),
        Row("/trail/?by=ang&verb=tranche.pay&day=2008-03-10", (*READ_THE_TRAIL, "stranger"), others=403, anonymous=302),
    ],
    "trail_line": [Row("/trail/{line}/", READ_THE_TRAIL, anonymous=302), Row("/trail/999999/", anonymous=302)],
}
