"""Signs that no font of the documents has – an emoji, a script of elsewhere – and what is printed in their place.

Nobody reads what typst would print there, and a document that everybody can read may not hold it, so typst refuses all of
it. It is asked which signs it means, each by itself: of what it refuses in a row, it names the letters beside them, too.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable
from typing import Final

import typst

from laar.reports.documents.fonts import LATIN, Typeface

#: A document that everybody can read, be it aloud.
STANDARD: Final = "ua-1"
#: What a reader sees where a sign is missing; it is inside typst's own fonts.
SIGN = "□"
#: What joins or changes the sign before it has no place of its own, and is shown only by the font that has that sign, too:
#: in a text that is refused it goes without a trace. Not in Khmer, nor the space without width that parts Khmer words.
WITHOUT_A_PLACE = frozenset({"Cc", "Cf", "Mc", "Me", "Mn"})
KEPT = re.compile(r"[\n\u1780-\u17ff\u200b]")
#: How typst says that it has no sign for a text, or takes none; a sign that can't be seen stands there by its number.
REFUSED = re.compile(r'(?:text|codepoint) `"(\\u\{[0-9a-f]+\}|.)"`')
PROBE = """#set document(title: "-")
#set text(font: json(bytes(sys.inputs.fonts)))
#for sign in json(bytes(sys.inputs.signs)) { par(sign) }
"""


def missing_signs(texts: Iterable[str], face: Typeface) -> dict[int, str]:
    """Every sign in some texts that can't be printed, with what is printed instead: for `str.translate`."""
    signs = {sign for text in texts for sign in text if not KEPT.match(sign)}
    loose = {sign for sign in signs if unicodedata.category(sign) in WITHOUT_A_PLACE}
    return {ord(sign): "" for sign in loose} | {ord(sign): SIGN for sign in _refused(sorted(signs - loose), face)}


def _refused(signs: list[str], face: Typeface) -> set[str]:
    try:
        typst.compile(
            PROBE.encode(),
            format="pdf",
            font_paths=face.fonts,
            ignore_system_fonts=True,
            pdf_standards=[STANDARD],
            sys_inputs={"signs": json.dumps(signs), "fonts": json.dumps([face.khmer or LATIN, LATIN])},
        )
    except typst.TypstError as error:
        return {_sign(found) for found in REFUSED.findall(str(error.diagnostic))} & set(signs)
    return set()


def _sign(named: str) -> str:
    """A sign that can't be seen is named by its number."""
    return chr(int(named[3:-1], 16)) if named.startswith("\\u{") else named
