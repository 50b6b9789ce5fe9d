"""Cash that is counted, how a bank statement goes from its file to its signature, and which files a mapping can be for."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from laar.base.rules import by_another_than, verb
from laar.kit.money import SCALE, Money
from laar.kit.names import Name, gives_reason
from laar.kit.refusals import Refusal, refusal
from laar.kit.states import Transition, condition, machine
from laar.ledger.rules.books import MONEY

FILE_KINDS = {
    "bank": Name(en="Bank statement", km="របាយការណ៍ធនាគារ"),
    "journal": Name(en="Journal of another program", km="ទិនានុប្បវត្តិពីកម្មវិធីផ្សេង"),
    "salary": Name(en="Salaries and timesheets", km="ប្រាក់បៀវត្ស និងតារាងម៉ោង"),
    "rates": Name(en="Exchange rates of a bank", km="អត្រាប្ដូរប្រាក់របស់ធនាគារ"),
    "balances": Name(en="Balances of another program", km="សមតុល្យពីកម្មវិធីផ្សេង"),
}

#: The notes and coins of a currency, the largest first. What is not here is counted piece by piece as "1".
PIECES = {
    "KHR": ("100000", "50000", "20000", "10000", "5000", "2000", "1000", "500", "200", "100", "50"),
    "USD": ("100", "50", "20", "10", "5", "2", "1", "0.50", "0.25", "0.10", "0.05", "0.01"),
    "EUR": ("500", "200", "100", "50", "20", "10", "5", "2", "1", "0.50", "0.20", "0.10", "0.05", "0.02", "0.01"),
    "THB": ("1000", "500", "100", "50", "20", "10", "5", "2", "1", "0.50", "0.25"),
}

refusal(
    "cash.not_enough",
    en="{account} holds {held}; {asked} can't be paid out of it. Bring cash in first, or pay from another account.",
    km="{account} មាន {held}; មិនអាចបង់ {asked} ចេញពីវាទេ។ សូមដាក់សាច់ប្រាក់ចូលជាមុន ឬបង់ពីគណនីផ្សេង។",
)
refusal(
    "cash.no_box",
    en="{account} is no cash box, so there is nothing to count. Choose an account whose use is “Cash box”.",
    km="{account} មិនមែនជាបេឡាសាច់ប្រាក់ទេ គ្មានអ្វីត្រូវរាប់។ សូមជ្រើសរើសគណនីបេឡាសាច់ប្រាក់។",
    status=422,
)
refusal(
    "cash.piece_unknown",
    en="There is no note or coin of {piece} in {currency}. Choose one of: {known}.",
    km="គ្មានក្រដាសប្រាក់ ឬកាក់ {piece} ជា {currency} ទេ។ សូមជ្រើសរើស៖ {known}។",
    status=422,
)
refusal(
    "cash.nothing_counted",
    en="Nothing was counted. Write how many there are of each note and coin; where the box is empty, write 0 for one of them.",
    km="មិនទាន់បានរាប់អ្វីទេ។ សូមសរសេរចំនួនក្រដាស និងកាក់នីមួយៗ; បើបេឡាទទេ សូមសរសេរ 0 សម្រាប់មួយក្នុងចំណោមនោះ។",
    status=422,
)
refusal(
    "cash.reason_missing",
    en="Counted {counted}, in the books {booked}: {off} apart. Count again, or say why.",
    km="រាប់បាន {counted} ក្នុងបញ្ជី {booked}៖ ខុសគ្នា {off}។ សូមរាប់ម្ដងទៀត ឬប្រាប់មូលហេតុ។",
    status=422,
)
refusal(
    "cash.no_witness",
    en="Cash is counted by two: write who counted with you.",
    km="សាច់ប្រាក់ត្រូវរាប់ដោយមនុស្សពីរនាក់៖ សូមសរសេរឈ្មោះអ្នកដែលរាប់ជាមួយ។",
    status=422,
)
refusal(
    "count.even",
    en="{count} shows no difference. Nothing needs to be booked.",
    km="{count} គ្មានលម្អៀងទេ។ មិនចាំបាច់ចុះបញ្ជី។",
)
refusal(
    "count.booked_already",
    en="The difference of {count} is in the books already ({entry}). Open that entry.",
    km="លម្អៀងនៃ {count} មានក្នុងបញ្ជីរួចហើយ ({entry})។ សូមបើកការចុះបញ្ជីនោះ។",
)
refusal(
    "count.final",
    en="What was counted is never changed or taken away. Count again.",
    km="អ្វីដែលបានរាប់មិនអាចកែ ឬលុបបានទេ។ សូមរាប់ម្ដងទៀត។",
)
refusal(
    "count.books_moved",
    en="Since {count} something was posted up to its day: the books say {now}, and said {then} then. Count again, and "
    "book what that shows.",
    km="ក្រោយ {count} មានការចុះបញ្ជីដល់ថ្ងៃនោះ៖ បញ្ជីថា {now} ពេលនោះថា {then}។ សូមរាប់ម្ដងទៀត ហើយចុះអ្វីដែលឃើញ។",
)
refusal(
    "mapping.column_missing",
    en="Say which column is {wanted}.",
    km="សូមប្រាប់ថាជួរឈរណាជា {wanted}។",
    status=422,
)
refusal(
    "file.value",
    en="Line {line} of {file}: “{value}” can't be read as {kind}. Correct the file, or how the mapping says that it is written.",
    km="បន្ទាត់ {line} នៃ {file}៖ «{value}» មិនអាចអានជា {kind} ទេ។ សូមកែឯកសារ ឬរបៀបសរសេរក្នុងការផ្គូផ្គងជួរឈរ។",
    status=422,
)
refusal(
    "mapping.label_missing",
    en="Give it a name, by which it is chosen when the next file comes.",
    km="សូមដាក់ឈ្មោះឱ្យវា ដើម្បីជ្រើសរើសពេលឯកសារបន្ទាប់មកដល់។",
    status=422,
)
refusal(
    "mapping.way_missing",
    en="Say how this file writes days and amounts; it is not guessed. An example stands beside each choice.",
    km="សូមប្រាប់ថាឯកសារនេះសរសេរថ្ងៃ និងចំនួនយ៉ាងណា; មិនមានការទាយទេ។ មានឧទាហរណ៍នៅក្បែរជម្រើសនីមួយៗ។",
    status=422,
)
refusal(
    "file.ambiguous",
    en="Line {line} of {file}: “{value}” may be thousands or decimals. Write it with two decimals, or without any sign.",
    km="បន្ទាត់ {line} នៃ {file}៖ «{value}» អាចជាខ្ទង់ពាន់ ឬទសភាគ។ សូមសរសេរមានទសភាគពីរខ្ទង់ ឬគ្មានសញ្ញា។",
    status=422,
)
refusal(
    "statement.no_bank",
    en="{account} is no bank account. Choose an account whose use is “Bank account”.",
    km="{account} មិនមែនជាគណនីធនាគារទេ។ សូមជ្រើសរើសគណនីធនាគារ។",
    status=422,
)
refusal(
    "statement.does_not_add",
    en="Opening {opening} and the lines {lines} make {sum}, but the statement closes with {closing}: {off} apart. "
    "A line is missing, or one of the balances is mistyped; nothing was loaded.",
    km="សមតុល្យដើមគ្រា {opening} និងបន្ទាត់ {lines} ស្មើ {sum} ប៉ុន្តែរបាយការណ៍បិទនៅ {closing}៖ ខុសគ្នា {off}។ "
    "ខ្វះបន្ទាត់ ឬសមតុល្យសរសេរខុស; មិនបានបញ្ចូលអ្វីទេ។",
    status=422,
)
refusal(
    "statement.gap",
    en="The statement before ended with {closing} on {until}; this one opens with {opening}. "
    "Load the statement that lies between first, or correct the opening balance.",
    km="របាយការណ៍មុនបិទនៅ {closing} ថ្ងៃ {until}; របាយការណ៍នេះបើកនៅ {opening}។ សូមបញ្ចូលរបាយការណ៍ដែលនៅចន្លោះ ឬកែសមតុល្យដើមគ្រា។",
    status=422,
)
refusal(
    "statement.twice",
    en="This file was loaded already, as {statement}. Open it there.",
    km="ឯកសារនេះបានបញ្ចូលរួចហើយ ជា {statement}។ សូមបើកវានៅទីនោះ។",
)
refusal(
    "statement.overlaps",
    en="{statement} covers days of this file already. Load only the days after it.",
    km="{statement} មានថ្ងៃនៃឯកសារនេះរួចហើយ។ សូមបញ្ចូលតែថ្ងៃក្រោយវា។",
)
refusal(
    "statement.outside",
    en="Line {line} of {file} is dated {day}, outside {since} – {until}. Correct the days of the statement.",
    km="បន្ទាត់ {line} នៃ {file} ចុះថ្ងៃ {day} ក្រៅ {since} – {until}។ សូមកែថ្ងៃនៃរបាយការណ៍។",
    status=422,
)
refusal(
    "statement.signed",
    en="{statement} was signed off; what it matched stays. A mistake is put right in the next one.",
    km="{statement} ត្រូវបានផ្ទៀងផ្ទាត់រួចហើយ; អ្វីដែលបានផ្គូផ្គងនៅដដែល។ កំហុសត្រូវកែក្នុងរបាយការណ៍បន្ទាប់។",
)
refusal(
    "statement.lines_open",
    en="{count} lines are neither matched nor explained. Match them, book them, or say why they stay.",
    km="បន្ទាត់ {count} មិនទាន់ផ្គូផ្គង ឬពន្យល់ទេ។ សូមផ្គូផ្គង ចុះបញ្ជី ឬប្រាប់មូលហេតុ។",
)
refusal(
    "statement.off",
    en="Books less what is outstanding, with what was explained, make {books}; the bank says {bank}: {off} apart. "
    "Look for money that is in one of them only, before the first statement too.",
    km="បញ្ជីដកអ្វីដែលមិនទាន់ឆ្លងកាត់ធនាគារ បូកអ្វីដែលបានពន្យល់ ស្មើ {books}; ធនាគារថា {bank}៖ ខុសគ្នា {off}។ "
    "សូមរកប្រាក់ដែលមាននៅកន្លែងតែមួយ សូម្បីមុនរបាយការណ៍ទីមួយ។",
)
refusal(
    "match.unequal",
    en="The line is {line}; what is in the books for it would be {books}. Match what is the same money.",
    km="បន្ទាត់ធនាគារគឺ {line}; ក្នុងបញ្ជីសម្រាប់វាគឺ {books}។ សូមផ្គូផ្គងប្រាក់ដដែល។",
    status=422,
)
refusal(
    "match.other_account",
    en="{posting} is not of the account {account}. Choose a posting of this bank account.",
    km="{posting} មិនមែនជារបស់គណនី {account} ទេ។ សូមជ្រើសរើសការចុះបញ្ជីនៃគណនីធនាគារនេះ។",
    status=422,
)
refusal(
    "match.made_already",
    en="This is matched already. Take the other match back first.",
    km="នេះបានផ្គូផ្គងរួចហើយ។ សូមដកការផ្គូផ្គងមុនចេញជាមុន។",
)
refusal(
    "match.undone_already",
    en="This match was taken back already. Leave it as it is.",
    km="ការផ្គូផ្គងនេះត្រូវបានដករួចហើយ។ សូមទុកដដែល។",
)
refusal(
    "statement_line.reason_missing",
    en="Say why nothing in the books stands for this line: who signs it off reads it.",
    km="សូមប្រាប់មូលហេតុដែលគ្មានការចុះបញ្ជីសម្រាប់បន្ទាត់នេះ៖ អ្នកផ្ទៀងផ្ទាត់នឹងអាន។",
    status=422,
)


#: Four eyes: who counted does not book what is missing.
not_by_the_counter = by_another_than("counted_by", Name(en="Counted", km="បានរាប់"))


def counted(pieces: Mapping[str, int], currency: str) -> Money:
    """What notes and coins come to; an empty box is one of which it is said that it holds none of them.

    Raises Refusal `cash.nothing_counted`, `cash.piece_unknown`, `value.negative`.
    """
    if not pieces:
        raise Refusal("cash.nothing_counted")
    known = PIECES.get(currency, ("1",))
    units = 0
    for piece, number in pieces.items():
        if piece not in known:
            raise Refusal("cash.piece_unknown", piece=piece, currency=currency, known=", ".join(known))
        if number < 0:
            raise Refusal("value.negative", value=number, column=piece)
        units += int(Decimal(piece) * SCALE) * number
    return Money(units, currency)


def explained_where_it_differs(counted_: Money, booked: Money, reason: Name) -> None:
    """A difference between what was counted and what is booked has a reason. Raises Refusal `cash.reason_missing`."""
    if counted_ != booked and not gives_reason(reason):
        raise Refusal("cash.reason_missing", counted=counted_, booked=booked, off=counted_ - booked)


@condition(en="Every line is matched, booked or explained", km="គ្រប់បន្ទាត់ត្រូវបានផ្គូផ្គង ចុះបញ្ជី ឬពន្យល់")
def every_line_is_settled(_statement: Any, *, open_lines: int, **_: object) -> None:
    """every line is matched, booked or explained"""
    if open_lines:
        raise Refusal("statement.lines_open", count=open_lines)


@condition(en="The books and the bank agree, but for what is explained", km="បញ្ជី និងធនាគារស្របគ្នា លើកលែងអ្វីដែលបានពន្យល់")
def books_agree_with_the_bank(_statement: Any, *, books: Money, bank: Money, **_: object) -> None:
    """the books less what is outstanding, with what was explained, are what the bank says"""
    if books != bank:
        raise Refusal("statement.off", books=books, bank=bank, off=books - bank)


_IMPORTED = Name(en="Imported", km="បាននាំចូល")

STATEMENT = machine(
    "statement",
    "imported",
    {
        "imported": _IMPORTED,
        "reconciled": Name(en="Signed off", km="បានផ្ទៀងផ្ទាត់"),
    },
    [
        Transition(
            "imported",
            "reconcile",
            "reconciled",
            (by_another_than("imported_by", _IMPORTED), every_line_is_settled, books_agree_with_the_bank),
        )
    ],
)

verb("cash.count", en="Count the cash", km="រាប់សាច់ប្រាក់", roles=("finance",))
verb("count.book", en="Book the difference", km="ចុះលម្អៀងក្នុងបញ្ជី", roles=MONEY)
verb("mapping.keep", en="Keep which column is what", km="រក្សាទុកអត្ថន័យជួរឈរ", roles=(*MONEY, "administrator"))
verb("statement.import", en="Load a bank statement", km="បញ្ចូលរបាយការណ៍ធនាគារ", roles=("finance",))
verb("statement.match", en="Match what is clear", km="ផ្គូផ្គងអ្វីដែលច្បាស់", roles=("finance",))
verb("match.make", en="Match a line", km="ផ្គូផ្គងបន្ទាត់", roles=("finance",))
verb("match.undo", en="Take a match back", km="ដកការផ្គូផ្គង", roles=("finance",))
verb("charge.book", en="Book a charge of the bank", km="ចុះកម្រៃធនាគារ", roles=("finance",))
verb("statement_line.explain", en="Explain a line", km="ពន្យល់បន្ទាត់", roles=("finance",))
verb("statement.reconcile", en="Sign the statement off", km="ផ្ទៀងផ្ទាត់របាយការណ៍", roles=MONEY)
