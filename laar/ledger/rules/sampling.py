"""How entries are drawn for a sample, so that anybody can draw the same again."""

from __future__ import annotations

from hashlib import sha256

from laar.kit.names import Name
from laar.kit.refusals import Refusal, refusal

HOW = {
    "largest": Name(en="the largest", km="ធំជាងគេ"),
    "drawn": Name(en="drawn by a seed", km="ចាប់ឆ្នោតតាមលេខគ្រាប់"),
}
#: More than this is no sample any more.
MOST = 500

refusal(
    "sample.seed_missing",
    en="Write a seed: any word or number that you choose yourself. The same seed draws the same entries again.",
    km="សូមសរសេរលេខគ្រាប់៖ ពាក្យ ឬលេខណាក៏បានដែលអ្នកជ្រើសរើសខ្លួនឯង។ លេខគ្រាប់ដដែលចាប់បានការចុះបញ្ជីដដែល។",
    status=422,
)
refusal(
    "sample.size",
    en="A sample has 1 to {most} entries. Write how many you want.",
    km="គំរូមានពី ១ ដល់ {most} ការចុះបញ្ជី។ សូមសរសេរចំនួនដែលចង់បាន។",
    status=422,
)
refusal(
    "sample.nothing",
    en="Nothing was posted there in this period. Choose another period, account or heading.",
    km="គ្មានការចុះបញ្ជីនៅទីនោះក្នុងរយៈពេលនេះទេ។ សូមជ្រើសរើសរយៈពេល គណនី ឬចំណាត់ថ្នាក់ផ្សេង។",
    status=422,
)


def draw_order(seed: str, book: str, number: int) -> str:
    """Where an entry stands in the draw of a seed: the SHA-256 of `seed/book/number`, in hexadecimal.

    No random generator of a programming language: this can be recomputed with any tool, in any year.
    """
    return sha256(f"{seed}/{book}/{number}".encode()).hexdigest()


def is_a_sample(how: str, size: int, seed: str) -> None:
    """Refuse what can't be drawn. Raises Refusal `sample.size`, `sample.seed_missing`, `value.unknown`."""
    if how not in HOW:
        raise Refusal("value.unknown", column="how", value=how, known=", ".join(HOW))
    if not 1 <= size <= MOST:
        raise Refusal("sample.size", most=MOST)
    if how == "drawn" and not seed:
        raise Refusal("sample.seed_missing")
