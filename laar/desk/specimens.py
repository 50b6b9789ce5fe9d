"""What the page of all parts shows: invented numbers and names, in both languages, for every part that a page is made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django import forms
from django.core.paginator import Page, Paginator

from laar.desk.charts import Bullet, Bullets, Group, MoneyBar, Point, Reading, Slope, Slopes, Source, Steps, Strip, Tile
from laar.desk.shown import Converted, Crumb, Step, Tab, Task
from laar.kit.money import Money
from laar.kit.names import Name, in_khmer
from laar.reports import said


@dataclass(frozen=True, slots=True)
class Section:
    """One group of parts: its word, what to know about it, the template that includes them."""

    slug: str
    name: Name
    note: Name

    @property
    def template(self) -> str:
        """Where its specimens are."""
        return f"desk/look/{self.slug}.html"


SECTIONS = (
    Section(
        "figures",
        Name(en="Figures", km="តួលេខ"),
        Name(
            en="A number stays ink, only its line is green. The line survives a photocopy: it needs no colour.",
            km="លេខនៅពណ៌ទឹកខ្មៅ មានតែបន្ទាត់ទេដែលពណ៌បៃតង។ បន្ទាត់នៅដដែលពេលថតចម្លង៖ វាមិនត្រូវការពណ៌។",
        ),
    ),
    Section(
        "names",
        Name(en="Names, money, days", km="ឈ្មោះ ប្រាក់ ថ្ងៃ"),
        Name(
            en="Names come in pairs and a place's name is never broken. A converted amount says its rate, day and source.",
            km="ឈ្មោះមានជាគូ ហើយឈ្មោះទីកន្លែងមិនបំបែកឡើយ។ ចំនួនដែលបានប្ដូរប្រាប់អត្រា ថ្ងៃ និងប្រភព។",
        ),
    ),
    Section(
        "states",
        Name(en="States", km="ស្ថានភាព"),
        Name(
            en="A sign and a word, never colour alone.",
            km="សញ្ញា និងពាក្យ មិនមែនតែពណ៌ទេ។",
        ),
    ),
    Section(
        "tables",
        Name(en="Lists", km="បញ្ជី"),
        Name(
            en="Filters are in the address. On a phone each row becomes a block, with the words of its columns.",
            km="តម្រងនៅក្នុងអាសយដ្ឋាន។ លើទូរស័ព្ទ ជួរនីមួយៗក្លាយជាប្លុក មានពាក្យនៃជួរឈរ។",
        ),
    ),
    Section(
        "forms",
        Name(en="Questions", km="សំណួរ"),
        Name(
            en="What is wrong stands above and at the field, in the same words. What was typed stays.",
            km="អ្វីដែលខុសស្ថិតនៅខាងលើ និងនៅត្រង់ប្រអប់ ដោយពាក្យដដែល។ អ្វីដែលបានវាយនៅដដែល។",
        ),
    ),
    Section(
        "actions",
        Name(en="Actions", km="សកម្មភាព"),
        Name(
            en="One filled button in a view, and it names the act. Never a grey one: the reason stands in its place.",
            km="ប៊ូតុងពេញពណ៌តែមួយក្នុងទិដ្ឋភាព ហើយវាប្រាប់ឈ្មោះសកម្មភាព។ មិនមានប៊ូតុងប្រផេះទេ៖ មូលហេតុឈរជំនួសវា។",
        ),
    ),
    Section(
        "way",
        Name(en="The way", km="ដំណើរ"),
        Name(
            en="A full knot is done, a ring waits, a dotted string is still to come.",
            km="ចំណុចពេញបានធ្វើហើយ រង្វង់កំពុងរង់ចាំ ខ្សែចុចៗនៅខាងមុខ។",
        ),
    ),
    Section(
        "evidence",
        Name(en="Evidence", km="ភស្តុតាង"),
        Name(
            en="The only frame in the house: a document lies here.",
            km="ស៊ុមតែមួយគត់ក្នុងផ្ទះ៖ ឯកសារស្ថិតនៅទីនេះ។",
        ),
    ),
    Section(
        "charts",
        Name(en="Charts", km="គំនូសតាង"),
        Name(
            en="Project money is solid, the commune's own is hatched. Every chart has its table.",
            km="ប្រាក់គម្រោងពណ៌ពេញ ប្រាក់ឃុំឆូតបន្ទាត់។ គំនូសតាងនីមួយៗមានតារាងរបស់វា។",
        ),
    ),
)


class SpecimenForm(forms.Form):
    """One field of every kind, with words in the language of the page."""

    title = forms.CharField(max_length=80)
    told = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), required=False)
    on = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}))
    theme = forms.ChoiceField()
    present = forms.ChoiceField(widget=forms.RadioSelect)
    papers = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple)
    paper = forms.FileField()
    agreed = forms.BooleanField()
    amount = forms.CharField(widget=forms.TextInput(attrs={"inputmode": "decimal"}))
    currency = forms.ChoiceField(choices=[("EUR", "EUR"), ("KHR", "KHR"), ("USD", "USD")])
    name_km = forms.CharField()
    name_en = forms.CharField(required=False)

    #: Label and hint of each field.
    WORDS = {
        "title": (Name(en="What is asked for?", km="ស្នើសុំអ្វី?"), Name(en="")),
        "told": (
            Name(en="In their own words", km="តាមសម្ដីរបស់ពួកគាត់"),
            Name(en="As it was said at the forum.", km="ដូចដែលបាននិយាយនៅវេទិកា។"),
        ),
        "on": (Name(en="Day", km="ថ្ងៃ"), Name(en="The day on the paper.", km="ថ្ងៃលើឯកសារ។")),
        "theme": (Name(en="Theme", km="ប្រធានបទ"), Name(en="")),
        "present": (Name(en="Who was present?", km="នរណាមានវត្តមាន?"), Name(en="")),
        "papers": (Name(en="Which papers are there?", km="មានឯកសារអ្វីខ្លះ?"), Name(en="")),
        "paper": (
            Name(en="Photograph of the paper", km="រូបថតឯកសារ"),
            Name(en="JPEG, PNG or PDF, at most 20 MB.", km="JPEG, PNG ឬ PDF មិនលើស 20 MB។"),
        ),
        "agreed": (Name(en="The council has agreed", km="ក្រុមប្រឹក្សាបានយល់ព្រម"), Name(en="")),
        "amount": (
            Name(en="Amount of the tranche", km="ចំនួនទឹកប្រាក់ដំណាក់កាល"),
            Name(en="Left in the agreement: EUR 1,384.00", km="នៅសល់ក្នុងកិច្ចព្រមព្រៀង៖ EUR 1,384.00"),
        ),
        "currency": (Name(en="Currency", km="រូបិយប័ណ្ណ"), Name(en="")),
        "name_km": (Name(en="in Khmer", km="ជាភាសាខ្មែរ"), Name(en="")),
        "name_en": (Name(en="in English", km="ជាភាសាអង់គ្លេស"), Name(en="")),
    }
    CHOICES = {
        "theme": (Name(en="Health and environment", km="សុខភាព និងបរិស្ថាន"), Name(en="Education", km="អប់រំ")),
        "present": (
            Name(en="Council and monitoring committee", km="ក្រុមប្រឹក្សា និងគណៈកម្មាធិការតាមដាន"),
            Name(en="Council alone", km="តែក្រុមប្រឹក្សា"),
        ),
        "papers": (Name(en="Receipt", km="បង្កាន់ដៃ"), Name(en="Voucher", km="ប័ណ្ណចំណាយ")),
    }

    def __init__(self, data: dict[str, str] | None = None) -> None:
        super().__init__(data, auto_id="specimen_%s")
        for name, (label, hint) in self.WORDS.items():
            self.fields[name].label = label.say(said.language())
            self.fields[name].help_text = hint.say(said.language())
        for name, words in self.CHOICES.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [(str(at), word.say(said.language())) for at, word in enumerate(words)]

    def clean_amount(self) -> str:
        """The specimen of a refusal."""
        no = Name(
            en="This would put the commune EUR 172.00 over its agreement. Reduce it, or ask the manager to amend it.",
            km="ចំនួននេះលើសកិច្ចព្រមព្រៀង EUR 172.00។ សូមបន្ថយ ឬសួរអ្នកគ្រប់គ្រងឱ្យកែកិច្ចព្រមព្រៀង។",
        )
        raise forms.ValidationError(no.say(said.language()))


class SpecimenFilter(forms.Form):
    """The filter over a list."""

    place = forms.ChoiceField(required=False)
    state = forms.ChoiceField(required=False)

    def __init__(self) -> None:
        super().__init__(auto_id="filter_%s")
        everything = Name(en="all", km="ទាំងអស់").say(said.language())
        for name, label in (("place", Name(en="Place", km="ទីកន្លែង")), ("state", Name(en="State", km="ស្ថានភាព"))):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.label, field.choices = label.say(said.language()), [("", everything)]


def asked_in_vain() -> SpecimenForm:
    """A form that was sent with one answer missing and one refused."""
    given = {"amount": "1556.00", "currency": "EUR", "on": "2009-02-21", "theme": "0", "present": "0", "agreed": "on"}
    return SpecimenForm({**given, "name_km": "ធុងចម្រោះទឹក", "name_en": "Water filters"})


def reading(text: str) -> Reading:
    """A number that opens, here, to this page's own list of lines."""
    return Reading(said.number(text), "#figures")


CRUMBS = [
    Crumb(Name(en="Takeo", km="តាកែវ"), "#figures"),
    Crumb(Name(en="Angkor Borei", km="អង្គរបុរី"), "#figures"),
    Crumb(Name(en="Ponley", km="ពន្លៃ")),
]
TABS = [
    Tab(Name(en="What it says", km="អ្វីដែលមាន"), "#tables", is_here=True),
    Tab(Name(en="Money", km="ប្រាក់"), "#tables"),
    Tab(Name(en="Papers", km="ឯកសារ"), "#tables"),
]
TASKS = [
    Task(
        Name(en="The council's decision on co-financing", km="សេចក្តីសម្រេចរបស់ក្រុមប្រឹក្សាអំពីសហហិរញ្ញប្បទាន"),
        "done",
        Name(en="done", km="រួចរាល់"),
        address="#states",
    ),
    Task(
        Name(en="Three offers compared", km="ប្រៀបធៀបការផ្ដល់តម្លៃបី"),
        "now",
        Name(en="waits", km="រង់ចាំ"),
        Name(en="The third offer has no date.", km="ការផ្ដល់តម្លៃទីបីគ្មានកាលបរិច្ឆេទ។"),
        "#states",
    ),
    Task(
        Name(en="Final account returned to the council", km="គណនីចុងក្រោយប្រគល់ជូនក្រុមប្រឹក្សាវិញ"),
        "bad",
        Name(en="9 days late", km="យឺត ៩ ថ្ងៃ"),
        address="#states",
    ),
    Task(Name(en="Agreement", km="កិច្ចព្រមព្រៀង"), "todo", Name(en="not yet", km="មិនទាន់")),
]
WAY = [
    Step(
        Name(en="Asked at the public forum", km="បានស្នើនៅវេទិកាសាធារណៈ"),
        date(2008, 2, 21),
        Name(en="112 persons present, 61 of them women", km="មានវត្តមាន ១១២ នាក់ ស្ត្រី ៦១ នាក់"),
        address="#way",
    ),
    Step(Name(en="Accepted, decision 3/08", km="បានទទួលយក សេចក្តីសម្រេច 3/08"), date(2008, 3, 13), address="#way"),
    Step(
        Name(en="In the plan", km="ក្នុងផែនការ"),
        date(2008, 11, 4),
        Name(en="waits for the district integration workshop", km="រង់ចាំសិក្ខាសាលាសមាហរណកម្មស្រុក"),
        "next",
    ),
    Step(Name(en="Funded", km="បានផ្ដល់ថវិកា"), tone="todo"),
]
CONVERTED = Converted(
    amount=Money.of("2765.96", "EUR"),
    original=Money.of("15600000", "KHR"),
    rate="5,640",
    on=date(2009, 5, 28),
    source=Name(en="rate of the agreement", km="អត្រានៃកិច្ចព្រមព្រៀង"),
)


def page_of_a_list() -> Page[int]:
    """The second of four pages."""
    return Paginator(range(180), 50).page(2)


def bullets() -> Bullets:
    """Three promises."""
    rows = (
        (Name(en="Requests answered", km="សំណូមពរបានឆ្លើយ"), 611, 648),
        (Name(en="Plan lines held", km="បន្ទាត់ផែនការបានធ្វើ"), 397, 418),
        (Name(en="Lines held after the end", km="បន្ទាត់បានធ្វើក្រោយចប់"), 131, 154),
    )
    drawn = tuple(Bullet(name, value, most, reading(str(value)), reading(str(most))) for name, value, most in rows)
    return Bullets(Name(en="Reached and promised", km="សម្រេចបាន និងបានសន្យា"), drawn)


def money_bar() -> MoneyBar:
    """A project of two sources."""
    grant, fund = Money.of("6920", "EUR"), Money.of("2765.96", "EUR")
    return MoneyBar(
        Name(en="Cost by source, EUR", km="ចំណាយតាមប្រភព EUR"),
        (
            Source(Name(en="Project grant", km="ជំនួយគម្រោង"), grant.units, reading(grant.figure)),
            Source(Name(en="Commune fund", km="មូលនិធិឃុំ"), fund.units, reading(fund.figure), is_own=True),
        ),
    )


def steps() -> Steps:
    """Money as it went out."""
    paid: tuple[tuple[date, int], ...] = (
        (date(2008, 3, 10), 18_100),
        (date(2008, 12, 1), 36_700),
        (date(2009, 2, 20), 97_000),
        (date(2009, 6, 12), 149_000),
    )
    paid = (*paid, (date(2009, 10, 30), 12_340))
    points = tuple(Point(day, value, reading(f"{value:,}.00")) for day, value in paid)
    title = Name(en="Paid to communes, EUR", km="បានបង់ជូនឃុំ EUR")
    return Steps(title, points, since=date(2008, 1, 1), until=date(2010, 3, 31))


def slopes() -> Slopes:
    """Capacity of a council, measured twice."""
    rows = (
        (Name(en="Participation", km="ការចូលរួម"), 19, 31),
        (Name(en="Partnership", km="ភាពជាដៃគូ"), 22, 28),
        (Name(en="Transparency", km="តម្លាភាព"), 14, 30),
        (Name(en="Accountability", km="គណនេយ្យភាព"), 20, 18),
    )
    drawn = tuple(
        Slope(name, one, two, reading(f"{one / 10:.1f}"), reading(f"{two / 10:.1f}")) for name, one, two in rows
    )
    return Slopes(Name(en="Capacity, score 1 to 4", km="សមត្ថភាព ពិន្ទុ ១ ដល់ ៤"), drawn, least=10, most=40)


def strip() -> Strip:
    """The places of a programme in three districts, each somewhere on the map."""
    words = {
        "solid": Name(en="completed", km="បានបញ្ចប់"),
        "half": Name(en="at work", km="កំពុងអនុវត្ត"),
        "hatched": Name(en="paid by the commune alone", km="ឃុំបង់តែម្នាក់ឯង"),
        "none": Name(en="nothing yet", km="មិនទាន់មាន"),
    }
    fills = tuple(words)
    groups = []
    for at, (district, count, column) in enumerate((("A", 11, 0), ("B", 6, 3), ("C", 5, 5))):
        tiles = []
        for number in range(1, count + 1):
            fill = fills[(number * number + at) % 7 % 4]
            deep = 2 if column else 3
            tiles.append(
                Tile(
                    said.number(f"{number:02}"),
                    Name(en=f"Commune {district}{number}", km=f"ឃុំ {district}{in_khmer(number)}"),
                    fill,  # type: ignore[arg-type]  # a word of the table above
                    words[fill],
                    "#charts",
                    column=column + (number - 1) % deep,
                    row=(number - 1) // deep,
                )
            )
        groups.append(Group(Name(en=f"District {district}", km=f"ស្រុក {district}"), tuple(tiles)))
    title = Name(en="Projects of the communes", km="គម្រោងរបស់ឃុំ")
    return Strip(title, tuple(groups), tuple(words.items()))  # type: ignore[arg-type]
