"""The fonts of the documents. A Khmer one comes as a package into the environment and is never in this repository."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import typst
from django.conf import settings

from laar.kit.refusals import Refusal

#: The package that brings the font, and where the file lies in it.
PACKAGE, FOLDER = "fontpkg_noto_sans_khmer", "files"
#: Khmer fonts that a system may have, the better ones first. Each has Latin letters, too, or leaves them to the others.
KHMER = ("Noto Sans Khmer", "Khmer OS Battambang", "Khmer OS Siemreap", "Khmer OS", "Battambang", "Hanuman", "Khmer UI")
#: For Latin headings, and for everything where no Khmer font is: it is inside typst.
LATIN = "Libertinus Serif"


@dataclass(frozen=True, slots=True)
class Typeface:
    """Fonts that were read once, and the family that has Khmer; None where there is none."""

    fonts: typst.Fonts
    khmer: str | None

    def need_khmer(self) -> None:
        """Refuse where there is no Khmer font. Raises Refusal `document.no_khmer_font`."""
        if self.khmer is None:
            raise Refusal("document.no_khmer_font")


def typeface() -> Typeface:
    """The fonts to set with: those of the folder LAAR_FONTS, else of the package, else of the system."""
    return _typeface(settings.LAAR_FONTS)


@cache
def _typeface(folder: str) -> Typeface:
    built_in = set(_read().families())
    for path in (Path(folder) if folder else None, _packaged()):
        if path is not None and path.is_dir():
            fonts = _read(path)
            brought = sorted(set(fonts.families()) - built_in)
            known = [family for family in KHMER if family in brought]
            if brought:
                return Typeface(fonts, (known or brought)[0])
    fonts = typst.Fonts(include_system_fonts=True)
    there = set(fonts.families())
    khmer = next((family for family in KHMER if family in there), None)
    return Typeface(fonts if khmer else _read(), khmer)


def _read(*folders: Path) -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, font_paths=[str(folder) for folder in folders])


def _packaged() -> Path | None:
    """The folder of the font that came with the environment."""
    spec = find_spec(PACKAGE)
    places = spec.submodule_search_locations if spec else None
    return Path(places[0], FOLDER) if places else None
