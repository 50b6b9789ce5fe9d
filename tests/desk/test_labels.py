"""Whatever shows the demonstration says so: every page, every document; and no invented person looks like a real one."""

from __future__ import annotations

import html
import re
from collections import defaultdict

import pytest

from tests.homes import Home

LABEL = {
    "": "synthetic rows; only the totals are those of the published sheet",
    "/km": "ទិន្នន័យសំយោគ; មានតែចំនួនសរុបជារបស់សន្លឹកដែលបានផ្សព្វផ្សាយ",
}
#: Of each kind of page so many are read.
OF_A_KIND = 1
LINK = re.compile(r'href="(/[^"#]*)"')
FILES = re.compile(r"/(static|evidence)/|\.(pdf|docx|csv|xlsx|hledger|beancount)")


def kind_of(address: str) -> str:
    """What kind of page an address leads to: a figure each for itself, everything else whatever its number."""
    path = address.partition("?")[0]
    return re.sub(r"/\d+(?=/)", "/", path)


@pytest.mark.long  # the first forty pages are read in the short run, too: tests/desk/test_pages.py
@pytest.mark.parametrize("prefix", ["", "/km"])
def test_every_page_says_that_its_rows_are_synthetic(demo: Home, prefix: str) -> None:
    waiting, seen, read = [prefix + "/sheet/"], set[str](), defaultdict[str, int](int)
    while waiting:
        address = waiting.pop(0)
        if address in seen or read[kind_of(address)] >= OF_A_KIND:
            continue
        seen.add(address)
        read[kind_of(address)] += 1
        page = demo.get(address)
        if page.status_code == 302:  # an address that is kept for a list
            waiting.append(page["Location"])
            continue
        assert page.status_code == 200, address
        text = html.unescape(page.content.decode())
        assert LABEL[prefix] in text, address
        waiting += [link for link in map(html.unescape, LINK.findall(text)) if is_page(link, prefix)]
    assert len({kind for kind in read if "/records/" in kind}) > 20
    assert len({kind for kind in read if "/figures/" in kind}) > 40


def is_page(link: str, prefix: str) -> bool:
    """Whether a link leads to a page of this language, and not to a file or to the other language."""
    return not FILES.search(link) and link.startswith("/km/") == bool(prefix)


def test_every_invented_person_is_marked_wherever_the_name_stands(demo: Home) -> None:
    people = demo.python(
        "from laar.registers.models import Party\n"
        "for one in Party.objects.filter(kind='person'): print(one.name_en)\n"
        "from laar.base.models import User\n"
        "for one in User.objects.all(): print(one.name_en)"
    ).splitlines()
    assert len(people) > 30
    named = re.compile("(" + "|".join(re.escape(one) for one in people) + r")(?! ?\(fictional\))")
    for path in ("/", "/consultant/", *some_records(demo)):
        text = html.unescape(re.sub(r"<details>.*?</details>", "", demo.get(path).content.decode(), flags=re.S))
        assert not named.search(text), (path, named.search(text))


def some_records(demo: Home) -> list[str]:
    """Pages on which persons stand: a membership, a council, a story, a project with its second name."""
    tables = ("party", "membership", "story", "project", "attendance", "tranche", "event")
    return [
        f"/records/{table}/{key}/"
        for table in tables
        for key in demo.python(
            "from django.apps import apps\n"
            f"model = next(one for one in apps.get_models() if one._meta.model_name == '{table}')\n"
            "print(*model._default_manager.order_by('-pk').values_list('pk', flat=True)[:3])"
        ).split()
    ]
