"""Stages: how far something has come, seen from above; never stored, so they cannot lie. And the way of a story."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from laar.base.rules import verb
from laar.kit.names import INVISIBLE, Name, gives_reason
from laar.kit.refusals import Refusal, refusal
from laar.kit.states import Transition, condition, machine

#: The stages of a request, in their order; the two last end it without a project.
STAGES = {
    "asked": Name(en="Asked", km="បានស្នើ"),
    "accepted": Name(en="Accepted by the council", km="ក្រុមប្រឹក្សាបានទទួលយក"),
    "planned": Name(en="Planned", km="ក្នុងផែនការ"),
    "budgeted": Name(en="In the commune's budget", km="ក្នុងថវិកាឃុំ"),
    "agreed": Name(en="Grant agreed", km="ជំនួយបានព្រមព្រៀង"),
    "funded": Name(en="Funded", km="មានថវិកា"),
    "done": Name(en="Done", km="បានធ្វើ"),
    "told": Name(en="People were told", km="បានប្រាប់ប្រជាពលរដ្ឋ"),
    "referred": Name(en="Referred", km="បានបញ្ជូនបន្ត"),
    "declined": Name(en="Not possible", km="មិនអាចធ្វើបាន"),
}

#: The five words in which a request is said to whoever asked, and to the clerk: what it came to, not how we keep it.
WORDS = {
    "received": Name(en="Received", km="បានទទួល"),
    "considered": Name(en="Being considered", km="កំពុងពិចារណា"),
    "planned": Name(en="Planned or funded", km="ក្នុងផែនការ ឬមានថវិកា"),
    "done": Name(en="Done", km="បានធ្វើរួច"),
    "not_possible": Name(en="Not possible", km="មិនអាចធ្វើបាន"),
}
#: The stages in which a plan has taken it up, and money may have been found.
TAKEN_UP = frozenset({"planned", "budgeted", "agreed", "funded"})

refusal(
    "list.not_a_day",
    en="“{value}” is not a day. Write it like 2008-03-10: year, month, day.",
    km="«{value}» មិនមែនជាកាលបរិច្ឆេទទេ។ សូមសរសេរដូច 2008-03-10៖ ឆ្នាំ ខែ ថ្ងៃ។",
    status=422,
)
refusal(
    "list.not_a_year",
    en="“{value}” is not a year. Write four digits, like 2008.",
    km="«{value}» មិនមែនជាឆ្នាំទេ។ សូមសរសេរលេខបួនខ្ទង់ ដូច 2008។",
    status=422,
)
refusal(
    "list.reversed",
    en="The list ends on {until}, before it begins on {since}. Change one of the two days.",
    km="បញ្ជីបញ្ចប់ថ្ងៃ {until} មុនថ្ងៃចាប់ផ្ដើម {since}។ សូមប្ដូរថ្ងៃមួយ។",
    status=422,
)
refusal(
    "list.no_such_place",
    en="“{value}” is no place of this programme. Choose one from the list.",
    km="«{value}» មិនមែនជាទីកន្លែងនៃកម្មវិធីនេះទេ។ សូមជ្រើសរើសពីបញ្ជី។",
    status=422,
)
refusal(
    "list.page_unknown",
    en="This page of the list can't be found; its address is damaged. Begin with the first page.",
    km="រកមិនឃើញទំព័រនេះនៃបញ្ជីទេ; អាសយដ្ឋានខូច។ សូមចាប់ផ្ដើមពីទំព័រទីមួយ។",
    status=404,
)
refusal(
    "list.too_many",
    en="The list has more than {most} rows, which is too many for one file. Filter it by year, place or state, and take "
    "it in parts.",
    km="បញ្ជីមានលើសពី {most} ជួរ ច្រើនពេកសម្រាប់ឯកសារមួយ។ សូមតម្រងតាមឆ្នាំ ទីកន្លែង ឬស្ថានភាព ហើយយកជាផ្នែក។",
    status=422,
)
refusal(
    "list.filter_wrong",
    en="The list can't be given out while a filter is wrong. {why}",
    km="មិនអាចយកបញ្ជីបានទេ ពេលតម្រងនៅខុស។ {why}",
    status=422,
)
refusal(
    "trail.closed",
    en="The whole trail is read by: {roles}. What was done to one record stands on the page of that record.",
    km="កំណត់ហេតុទាំងមូលអានបានដោយ៖ {roles}។ អ្វីដែលបានធ្វើចំពោះកំណត់ត្រាមួយ មាននៅលើទំព័ររបស់វា។",
    status=403,
)
refusal(
    "story.names_a_person",
    en="“{story}” tells of this person by name. Withdraw the story first.",
    km="«{story}» និយាយអំពីបុគ្គលនេះតាមឈ្មោះ។ សូមដករឿងនោះជាមុន។",
)
refusal(
    "story.too_long",
    en="The text has {words} words; a story of this kind ({kind}) has {most} at most. Shorten it.",
    km="អត្ថបទមាន {words} ពាក្យ; រឿងប្រភេទនេះ ({kind}) មានយ៉ាងច្រើន {most} ពាក្យ។ សូមធ្វើឱ្យខ្លី។",
    status=422,
)
refusal(
    "story.too_short",
    en="The text has {words} words; a story of this kind ({kind}) has {least} at least. Tell more, or choose another kind.",
    km="អត្ថបទមាន {words} ពាក្យ; រឿងប្រភេទនេះ ({kind}) មានយ៉ាងតិច {least} ពាក្យ។ សូមនិយាយបន្ថែម ឬជ្រើសរើសប្រភេទផ្សេង។",
    status=422,
)
refusal(
    "story.too_many_characters",
    en="The Khmer text has {characters} characters; a story of this kind ({kind}) has {most} at most. Shorten it.",
    km="អត្ថបទខ្មែរមាន {characters} តួអក្សរ; រឿងប្រភេទនេះ ({kind}) មានយ៉ាងច្រើន {most} តួអក្សរ។ សូមធ្វើឱ្យខ្លី។",
    status=422,
)
refusal(
    "story.parts",
    en="A story of this kind ({kind}) has {parts} parts with an empty line between them; this one has {found}.",
    km="រឿងប្រភេទនេះ ({kind}) មាន {parts} ផ្នែក ដោយមានបន្ទាត់ទទេចន្លោះ; រឿងនេះមាន {found}។ សូមបែងចែកវា។",
    status=422,
)
refusal(
    "story.kind_unknown",
    en="There is no kind of story called {kind}. Choose one of: {known}.",
    km="គ្មានប្រភេទរឿងឈ្មោះ {kind} ទេ។ សូមជ្រើសរើស៖ {known}។",
    status=422,
)
refusal(
    "story.says_nothing",
    en="A story has a title and a text. Write both.",
    km="រឿងត្រូវមានចំណងជើង និងអត្ថបទ។ សូមសរសេរទាំងពីរ។",
    status=422,
)
refusal(
    "story.not_a_person",
    en="{party} is a body. A story names a person, who is asked for consent; leave it out for a body.",
    km="{party} ជាអង្គភាព។ រឿងបញ្ជាក់ឈ្មោះបុគ្គលដែលត្រូវសុំការយល់ព្រម; សូមកុំដាក់សម្រាប់អង្គភាព។",
    status=422,
)
refusal(
    "story.names_nobody",
    en="{story} names nobody, so nobody's consent is needed. Publish it.",
    km="{story} មិនបញ្ជាក់ឈ្មោះនរណាទេ ដូច្នេះមិនត្រូវការការយល់ព្រម។ សូមផ្សព្វផ្សាយវា។",
)
refusal(
    "story.consent_missing",
    en="{story} names {person}, who has not consented on paper. Ask, and record the consent, before it is published.",
    km="{story} បញ្ជាក់ឈ្មោះ {person} ដែលមិនទាន់យល់ព្រមជាលាយលក្ខណ៍អក្សរ។ សូមសុំ និងកត់ត្រាការយល់ព្រម មុនផ្សព្វផ្សាយ។",
)
refusal(
    "story.consent_scope",
    en="Consent is given for one of: {known}. {scope} is none of them.",
    km="ការយល់ព្រមផ្ដល់សម្រាប់មួយក្នុងចំណោម៖ {known}។ {scope} មិនមាននៅក្នុងនោះទេ។",
    status=422,
)
refusal(
    "story.paper_missing",
    en="{story} needs the signed consent of {person}. Attach the scan or the photo.",
    km="{story} ត្រូវមានលិខិតយល់ព្រមមានហត្ថលេខារបស់ {person}។ សូមភ្ជាប់ស្កេន ឬរូបថត។",
    status=422,
)
refusal(
    "story.reason_missing",
    en="{story} is withdrawn only with a reason, such as that the consent was revoked. Write it.",
    km="ការដក {story} ត្រូវមានមូលហេតុ ដូចជាការយល់ព្រមត្រូវបានដកវិញ។ សូមសរសេរវា។",
    status=422,
)


@dataclass(frozen=True, slots=True)
class StoryKind:
    """What a story of a kind is called, how many words it has, and of how many equal parts it is made."""

    name: Name
    most: int
    least: int = 0
    parts: int = 1


#: The five formats of USAID's "Telling Our Story" guidance, with its limits in English words. A case study tells the
#: challenge, the initiative and the results in up to 150 words each.
STORY_KINDS = {
    "success": StoryKind(Name(en="Success story", km="រឿងជោគជ័យ"), most=500, least=350),
    "case_study": StoryKind(Name(en="Case study", km="ករណីសិក្សា"), most=450, parts=3),
    "first_person": StoryKind(Name(en="First person", km="រឿងនិទានដោយសាមីខ្លួន"), most=500, least=350),
    "before_after": StoryKind(Name(en="Before and after", km="មុន និងក្រោយ"), most=250),
    "photo": StoryKind(Name(en="Photo and caption", km="រូបថត និងអត្ថន័យ"), most=350),
}

#: Khmer writes no space between words, and not everybody types the zero-width one: words can't be counted. Where there
#: is only Khmer, a limit of words is one of visible characters, this many for a word. The number is the house's own.
CHARACTERS_A_WORD = 8

#: What somebody consented to.
CONSENT_SCOPES = {
    "reports": Name(en="Reports to donors", km="របាយការណ៍ជូនម្ចាស់ជំនួយ"),
    "public": Name(en="Reports, print and web", km="របាយការណ៍ ការបោះពុម្ព និងគេហទំព័រ"),
}

#: What a piece of evidence is beside a story.
STORY_PAPERS = {"consent": Name(en="signed consent", km="លិខិតយល់ព្រមមានហត្ថលេខា")}


def word_for(decision: str, reached: Collection[str]) -> str:
    """Which of the five words a request is said in: what was done about it first, then what was decided.

    What is seen from above comes first: whoever sees the new well is not told that it is being considered. Referred is
    being considered, by somebody else. That the people were told changes no word.
    """
    if "done" in reached:
        return "done"
    if TAKEN_UP & set(reached):
        return "planned"
    return {"": "received", "declined": "not_possible"}.get(decision, "considered")


def story_kind(kind: str) -> StoryKind:
    """The kind with this code. Raises Refusal `story.kind_unknown`."""
    if kind not in STORY_KINDS:
        raise Refusal("story.kind_unknown", kind=kind, known=", ".join(STORY_KINDS))
    return STORY_KINDS[kind]


def story_fits(kind: StoryKind, text: Name) -> None:
    """Refuse a text that is longer or shorter than its kind allows, or not in its parts; where there is English, that."""
    parts = [part for part in (text.en.strip() or text.km.strip()).replace("\r\n", "\n").split("\n\n") if part.strip()]
    if kind.parts > 1 and len(parts) != kind.parts:
        raise Refusal("story.parts", kind=kind.name, parts=kind.parts, found=len(parts))
    measured = parts if kind.parts > 1 else ["\n\n".join(parts)]
    for part in measured:
        most = kind.most // kind.parts
        if text.en.strip():
            words = len(part.split())
            if words > most:
                raise Refusal("story.too_long", kind=kind.name, words=words, most=most)
            if words < kind.least:
                raise Refusal("story.too_short", kind=kind.name, words=words, least=kind.least)
        else:
            characters = len("".join(part.translate(INVISIBLE).split()))
            if characters > most * CHARACTERS_A_WORD:
                raise Refusal(
                    "story.too_many_characters", kind=kind.name, characters=characters, most=most * CHARACTERS_A_WORD
                )


@condition(
    en="Somebody is named, the signed consent is attached, and it says for what",
    km="មានឈ្មោះបុគ្គល មានការយល់ព្រមចុះហត្ថលេខា និងបញ្ជាក់សម្រាប់អ្វី",
)
def somebody_consented(story: Any, *, papers: Collection[str], scope: str, **_: object) -> None:
    """somebody is named, the signed consent is attached, and it says for what"""
    if story.person is None:
        raise Refusal("story.names_nobody", story=story.name)
    if scope not in CONSENT_SCOPES:
        raise Refusal("story.consent_scope", scope=scope, known=", ".join(CONSENT_SCOPES))
    if "consent" not in papers:
        raise Refusal("story.paper_missing", story=story.name, person=story.person.name)


@condition(en="It names nobody", km="មិនមានឈ្មោះនរណា")
def nobody_is_named(story: Any, **_: object) -> None:
    """it names nobody"""
    if story.person is not None:
        raise Refusal("story.consent_missing", story=story.name, person=story.person.name)


@condition(en="A reason is given", km="មានមូលហេតុ")
def it_is_said_why(story: Any, *, reason: Name, **_: object) -> None:
    """a reason is given"""
    if not gives_reason(reason):
        raise Refusal("story.reason_missing", story=story.name)


STORY = machine(
    "story",
    "draft",
    {
        "draft": Name(en="Draft", km="សេចក្តីព្រាង"),
        "consented": Name(en="Consented", km="បានយល់ព្រម"),
        "published": Name(en="Published", km="បានផ្សព្វផ្សាយ"),
        "withdrawn": Name(en="Withdrawn", km="បានដកចេញ"),
    },
    [
        Transition("draft", "consent", "consented", (somebody_consented,)),
        Transition("draft", "publish", "published", (nobody_is_named,)),
        Transition("consented", "publish", "published"),
        Transition("draft", "withdraw", "withdrawn", (it_is_said_why,)),
        Transition("consented", "withdraw", "withdrawn", (it_is_said_why,)),
        Transition("published", "withdraw", "withdrawn", (it_is_said_why,)),
    ],
)

FIELD = ("facilitator", "clerk", "monitoring", "manager")
verb("story.write", en="Write a story", km="សរសេររឿង", roles=FIELD)
verb("story.consent", en="Record the consent to a story", km="កត់ត្រាការយល់ព្រមចំពោះរឿង", roles=FIELD)
verb("story.publish", en="Publish a story", km="ផ្សព្វផ្សាយរឿង", roles=("manager", "monitoring"))
verb("story.withdraw", en="Withdraw a story", km="ដករឿងចេញ", roles=FIELD)
