"""The first steps of a programme: what each is for, and whether it is done, as the records themselves say.

Nothing is kept about them, so anybody may go on where somebody else stopped, and what is undone is open again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from laar.base.models import Programme
from laar.base.people.queries import people_who_get_in
from laar.kit.names import Name
from laar.ledger.models import Rate
from laar.registers.models import Location, Party
from laar.registers.queries import profile_of

#: Done; not started; not started, and the work can begin without it; not possible before another step.
State = Literal["done", "todo", "wait", "later"]

STATES: dict[State, Name] = {
    "done": Name(en="Done", km="រួចរាល់"),
    "todo": Name(en="Not started", km="មិនទាន់ចាប់ផ្ដើម"),
    "wait": Name(en="Can wait", km="អាចរង់ចាំបាន"),
    "later": Name(en="Not possible yet", km="មិនទាន់អាចធ្វើបាន"),
}

#: In their order: the name, and what it is for.
STEPS = {
    "programme": (
        Name(en="Programme", km="កម្មវិធី"),
        Name(en="Its code, its name and the currency of its reports.", km="លេខកូដ ឈ្មោះ និងរូបិយប័ណ្ណនៃរបាយការណ៍។"),
    ),
    "about": (
        Name(en="What it is about", km="កម្មវិធីនេះអំពីអ្វី"),
        Name(
            en="Title, objective, dates, organisation and sectors: with them the reference sheet opens.",
            km="ចំណងជើង គោលបំណង កាលបរិច្ឆេទ អង្គការ និងវិស័យ៖ ជាមួយទិន្នន័យទាំងនេះ សន្លឹកព័ត៌មានអាចបើកបាន។",
        ),
    ),
    "rates": (
        Name(en="Currencies and rates", km="រូបិយប័ណ្ណ និងអត្រាប្ដូរប្រាក់"),
        Name(
            en="Needed as soon as money in another currency is booked.",
            km="ត្រូវការ នៅពេលចុះបញ្ជីប្រាក់ជារូបិយប័ណ្ណផ្សេង។",
        ),
    ),
    "places": (
        Name(en="Places", km="ទីកន្លែង"),
        Name(
            en="The official codes of the places, and the communes in which the programme works.",
            km="លេខកូដផ្លូវការនៃទីកន្លែង និងឃុំដែលកម្មវិធីអនុវត្ត។",
        ),
    ),
    "people": (
        Name(en="People and groups", km="បុគ្គល និងក្រុម"),
        Name(
            en="Councils, committees, groups and persons, from a sheet that you fill in.",
            km="ក្រុមប្រឹក្សា គណៈកម្មាធិការ ក្រុម និងបុគ្គល ពីតារាងដែលអ្នកបំពេញ។",
        ),
    ),
    "users": (
        Name(en="Users", km="អ្នកប្រើប្រាស់"),
        Name(
            en="Invite your colleagues. Done when a second person can sign in: four eyes take two people.",
            km="អញ្ជើញមិត្តរួមការងារ។ រួចរាល់នៅពេលមានមនុស្សទីពីរអាចចូលបាន៖ ភ្នែកបួនត្រូវការមនុស្សពីរនាក់។",
        ),
    ),
    "print": (
        Name(en="Print the first list", km="បោះពុម្ពបញ្ជីដំបូង"),
        Name(
            en="The list of people and groups, and the reference sheet: ready as soon as what they say is there.",
            km="បញ្ជីបុគ្គល និងក្រុម និងសន្លឹកព័ត៌មាន៖ រួចរាល់ភ្លាមពេលមានទិន្នន័យ។",
        ),
    ),
}


@dataclass(frozen=True, slots=True)
class FirstStep:
    """One step as it stands."""

    key: str
    state: State

    @property
    def name(self) -> Name:
        """What it is called."""
        return STEPS[self.key][0]

    @property
    def what_for(self) -> Name:
        """What it is for."""
        return STEPS[self.key][1]

    @property
    def stands(self) -> Name:
        """How it stands, in words."""
        return STATES[self.state]


def first_steps(programme: Programme | None) -> list[FirstStep]:
    """Every step of a programme; of none yet, where nobody has founded it."""
    if programme is None:
        states: dict[str, State] = dict.fromkeys(STEPS, "later")
        return [FirstStep(key, "todo" if key == "programme" else state) for key, state in states.items()]
    profile = profile_of(programme)
    others = Party.objects.exclude(pk=profile.organisation_id) if profile else Party.objects
    has_people = others.filter(merged_into=None).exists()
    two = len(people_who_get_in(programme)[:2]) == 2
    found: dict[str, State] = {
        "programme": "done",
        "about": "done" if profile else "todo",
        "rates": "done" if Rate.objects.exists() else "wait",
        "places": "done" if Location.objects.filter(programme=programme, place__level="commune").exists() else "todo",
        "people": "done" if has_people else "todo",
        "users": "done" if two else "wait",
        "print": "done" if profile and has_people else "later",
    }
    return [FirstStep(key, found[key]) for key in STEPS]
