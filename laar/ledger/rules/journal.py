"""What is refused when the journal of another program is brought in. Each row is said for itself; then all or nothing."""

from __future__ import annotations

from laar.base.rules import verb
from laar.kit.names import Name
from laar.kit.refusals import refusal
from laar.ledger.rules.books import MONEY

#: What a code of a file can be unknown as.
WHATS = {
    "account": Name(en="account of this book", km="គណនីក្នុងបញ្ជីនេះ"),
    "fund": Name(en="fund", km="មូលនិធិ"),
    "purpose": Name(en="purpose", km="គោលបំណង"),
    "place": Name(en="place", km="ទីកន្លែង"),
    "line": Name(en="budget line of this fund", km="បន្ទាត់ថវិការបស់មូលនិធិនេះ"),
}

#: Files of other programs beside the records that were made of them.
FILE_PAPERS = {
    "bank_file": Name(en="file of the bank", km="ឯកសាររបស់ធនាគារ"),
    "salary_file": Name(en="file of salaries and hours", km="ឯកសារប្រាក់បៀវត្ស និងម៉ោង"),
    "journal_file": Name(en="journal of another program", km="ទិនានុប្បវត្តិពីកម្មវិធីផ្សេង"),
}

refusal(
    "journal.refused",
    en="{count} rows of {file} can't be brought in, the first one is row {line}: {why} Nothing was posted.",
    km="{count} ជួរនៃ {file} មិនអាចនាំចូលបាន ទីមួយគឺជួរ {line}៖ {why} មិនបានចុះបញ្ជីទេ។",
    status=422,
)
refusal(
    "journal.unknown",
    en="There is no {what} called “{code}”. Open it first, or correct the file.",
    km="គ្មាន{what}ឈ្មោះ «{code}» ទេ។ សូមបើកជាមុន ឬកែឯកសារ។",
    status=422,
)
refusal(
    "journal.days",
    en="Entry {number} has rows of {one} and of {other}. An entry is of one day; give the second one a number of its own.",
    km="ការចុះបញ្ជី {number} មានជួរថ្ងៃ {one} និង {other}។ ការចុះបញ្ជីមួយមានថ្ងៃតែមួយ; សូមឱ្យលេខផ្សេង។",
    status=422,
)
refusal(
    "journal.future",
    en="{on} has not come yet. Correct the day.",
    km="ថ្ងៃ {on} មិនទាន់មកដល់ទេ។ សូមកែថ្ងៃ។",
    status=422,
)
refusal(
    "journal.there",
    en="Entry {number} was brought in already, on {on}. Take its rows out of the file.",
    km="ការចុះបញ្ជី {number} បាននាំចូលរួចហើយ នៅថ្ងៃ {on}។ សូមដកជួររបស់វាចេញពីឯកសារ។",
)
refusal(
    "journal.changed",
    en="Entry {number} was brought in already with other lines. Reverse the one that is there, and give this one a new number.",
    km="ការចុះបញ្ជី {number} បាននាំចូលរួចហើយ ដោយមានបន្ទាត់ផ្សេង។ សូមបញ្ច្រាសអាដែលមានស្រាប់ ហើយឱ្យលេខថ្មី។",
)

refusal(
    "journal.moves_money",
    en="{account} moves by documents, each of which somebody else approves; a file goes around that. Write a document for it, "
    "or keep the journal of the other program in a book of its own.",
    km="{account} ប្រែប្រួលតាមឯកសារ ដែលអ្នកផ្សេងអនុម័ត; ឯកសារនាំចូលមិនឆ្លងកាត់ការអនុម័តនោះទេ។ "
    "សូមសរសេរឯកសារ ឬរក្សាទិនានុប្បវត្តិនៃកម្មវិធីផ្សេងក្នុងបញ្ជីដាច់ដោយឡែក។",
)

verb("journal.import", en="Bring in a journal", km="នាំចូលទិនានុប្បវត្តិ", roles=MONEY)
