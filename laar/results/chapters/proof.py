"""The lists of what proves and what tells: papers, photos, stories."""

from __future__ import annotations

from laar.base.models import Evidence
from laar.kit.names import Name
from laar.results.chapters.chapter import Chapter
from laar.results.chapters.columns import TITLE, Of
from laar.results.chapters.filters import area, chosen, period, search
from laar.results.models import Story

_evidence, _story = Of(Evidence), Of(Story)

EVIDENCE = Chapter(
    slug="evidence",
    title=Name(en="Evidence", km="ភស្តុតាង"),
    model=Evidence,
    columns=(
        _evidence.name("caption", TITLE),
        _evidence.day("dated", sort="dated"),
        _evidence.text("media_type", sort="media_type", on_phone=False),
        _evidence.number("size", sort="size", on_phone=False),
    ),
    filters=(search("caption_en", "caption_km"), *period("dated")),
    order="-dated",
    empty=Name(
        en="No paper yet. Papers come with what they prove: open a record and attach one.",
        km="មិនទាន់មានឯកសារទេ។ ឯកសារភ្ជាប់នឹងអ្វីដែលវាបញ្ជាក់៖ សូមបើកកំណត់ត្រា រួចភ្ជាប់។",
    ),
)

STORIES = Chapter(
    slug="stories",
    title=Name(en="Stories", km="រឿង"),
    model=Story,
    columns=(
        _story.name("title", TITLE),
        _story.choice("kind", sort="kind"),
        _story.place(),
        _story.state(sort="state"),
    ),
    filters=(search("title_en", "title_km"), chosen(Story, "kind"), chosen(Story, "state"), area()),
    order="-id",
    empty=Name(en="No story yet. Write the first one.", km="មិនទាន់មានរឿងទេ។ សូមសរសេររឿងទីមួយ។"),
    verb="story.write",
)

CHAPTERS = (EVIDENCE, STORIES)
