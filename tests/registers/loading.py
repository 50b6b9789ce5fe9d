"""How the tests load places: a few lines of CSV without their heading."""

from __future__ import annotations

from laar.registers.actions import load_gazetteer
from laar.registers.gazetteer import read
from tests.world import DAY


def load(text: str, **facts: object) -> None:
    load_gazetteer(
        read(f"code,name_km,name_en,kind\n{text}".encode(), "places.csv"),
        **{"source": "test", "since": None, "by": None, "on": DAY, **facts},  # type: ignore[arg-type]
    )
