"""The list of what stands in the books: it is read here and written by nobody."""

from __future__ import annotations

from django.db.models import BigIntegerField, F, OuterRef, QuerySet, Subquery, Sum

from laar.base.models import Programme
from laar.kit.names import Name
from laar.ledger.models import Document, Entry, Posting
from laar.ledger.queries import books_of
from laar.results.chapters.chapter import Chapter
from laar.results.chapters.columns import Of
from laar.results.chapters.filters import Linked, Options, chosen, period, search

_entry = Of(Entry)


def _entries(programme: Programme) -> QuerySet[Entry]:
    """The entries with what each moved: the sum of its debits, in the currency of its book."""
    debits = Posting.objects.filter(entry=OuterRef("pk"), in_book__gt=0).order_by().values("entry")
    moved = Subquery(debits.annotate(sum=Sum("in_book")).values("sum"), output_field=BigIntegerField())
    return Entry.objects.filter(programme=programme).annotate(moved=moved, kept_in=F("book__currency"))


def _books(programme: Programme) -> Options:
    return [(book.code, book.name) for book in books_of(programme)]


ENTRIES = Chapter(
    slug="entries",
    title=Name(en="Entries in the books", km="ការចុះបញ្ជីគណនេយ្យ"),
    model=Entry,
    columns=(
        _entry.name("text", Name(en="Text", km="អត្ថបទ")),
        _entry.number("number"),
        _entry.day("on", sort="on"),
        _entry.code("book__code", Name(en="Book", km="បញ្ជី"), on_phone=False),
        _entry.money("moved", "kept_in"),
    ),
    filters=(
        search("text_en", "text_km"),
        Linked("book", _entry.label("book"), "book__code", _books),
        *period("on"),
    ),
    order="-on",
    empty=Name(
        en="Nothing is in the books yet. Money that comes in or goes out is posted by the finance officer.",
        km="មិនទាន់មានការចុះបញ្ជីទេ។ មន្ត្រីហិរញ្ញវត្ថុចុះប្រាក់ចូល និងចេញ។",
    ),
    verb="entry.post",
    made=_entries,
)

_document = Of(Document)

DOCUMENTS = Chapter(
    slug="documents",
    title=Name(en="Documents of the books", km="ឯកសារគណនេយ្យ"),
    model=Document,
    columns=(
        _document.choice("kind"),
        _document.number("year", on_phone=False),
        _document.number("serial"),
        _document.day("on", sort="on"),
        _document.name("text", Name(en="For what", km="សម្រាប់អ្វី")),
        _document.text("payee_text", of_persons=True),
        _document.state(),
    ),
    filters=(search("text_en", "text_km"), chosen(Document, "kind"), chosen(Document, "state"), *period("on")),
    order="-on",
    empty=Name(
        en="No document is written yet. The finance officer writes them: a payment, a receipt, an advance.",
        km="មិនទាន់មានឯកសារទេ។ មន្ត្រីហិរញ្ញវត្ថុសរសេរ៖ ប័ណ្ណចំណាយ បង្កាន់ដៃ បុរេប្រទាន។",
    ),
    verb="document.prepare",
)

CHAPTERS = (ENTRIES, DOCUMENTS)
