"""Charts: drawn to scale, told in words, light, and each with its table."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from laar.desk import specimens
from laar.desk.charts import BAR, BOTTOM, LEFT, RIGHT, TOP, Bullet, Bullets, MoneyBar, Point, Reading, Source, Steps
from laar.kit.names import Name

NAME, SAID = Name(en="One", km="មួយ"), Reading("1")
CHARTS = {
    "bullets": specimens.bullets,
    "sources": specimens.money_bar,
    "steps": specimens.steps,
    "slopes": specimens.slopes,
    "strip": specimens.strip,
    "map": specimens.strip,
}


def test_a_bar_is_as_long_as_its_number_and_the_upright_stands_at_the_promise() -> None:
    some = Bullets(
        NAME, (Bullet(NAME, 50, 100, SAID, SAID), Bullet(NAME, 200, 100, SAID, SAID), Bullet(NAME, 0, 0, SAID, SAID))
    )
    assert [(length, goal) for _bullet, length, goal in some.drawn] == [(BAR // 2, BAR), (BAR, BAR // 2), (0, 0)]


def test_the_pieces_of_a_money_bar_fill_it_without_a_gap() -> None:
    thirds = MoneyBar(NAME, tuple(Source(NAME, 1, SAID, is_own=bool(at)) for at in range(3)))
    pieces = [(start, width) for _source, start, width in thirds.drawn]
    assert pieces == [(0, 213), (213, 213), (426, 214)]
    nothing = MoneyBar(NAME, (Source(NAME, 0, SAID),))
    assert [width for _source, _start, width in nothing.drawn] == [0]


def test_a_step_line_is_level_between_two_days() -> None:
    line = Steps(
        NAME, (Point(date(2008, 7, 1), 10, SAID), Point(date(2009, 1, 1), 20, SAID)), date(2008, 1, 1), date(2010, 1, 1)
    )
    middle, half = LEFT + (RIGHT - LEFT) * 366 // 731, BOTTOM - (BOTTOM - TOP) // 2
    assert re.fullmatch(rf"M{LEFT} {BOTTOM}H\d+V{half}H{middle}V{TOP}H{RIGHT}", line.line)
    assert [year for year, _x in line.years] == [2008, 2009, 2010]
    assert Steps(NAME, (), date(2008, 1, 1), date(2008, 1, 1)).end == BOTTOM


def test_what_is_less_than_before_is_a_broken_line() -> None:
    assert [one.fell for one in specimens.slopes().slopes] == [False, False, False, True]


def test_no_two_tiles_of_a_map_lie_on_each_other() -> None:
    tiles = specimens.strip().tiles
    assert len({(tile.x, tile.y) for tile in tiles}) == len(tiles) == 22


@pytest.mark.parametrize("name", CHARTS)
@pytest.mark.parametrize("language", ["en", "km"])
def test_a_chart_is_light_named_and_comes_with_its_table(name: str, language: str) -> None:
    with translation.override(language):
        chart = CHARTS[name]()
        text = render_to_string(f"desk/parts/charts/{name}.html", {"chart": chart})
    drawings = re.findall(r"<svg.*</svg>", text, flags=re.DOTALL)
    assert sum(len(drawing.encode()) for drawing in drawings) <= 6 * 1024
    assert text.count("<table") == 1
    assert "style=" not in text
    assert chart.title.say(language) in text
    assert name == "strip" or re.search(r'role="(img|group)" aria-label="[^"]+"', text)


@pytest.mark.parametrize("name", ["bullets", "sources", "steps", "slopes"])
def test_the_table_of_a_chart_says_every_number_that_is_drawn(name: str) -> None:
    chart = CHARTS[name]()
    text = render_to_string(f"desk/parts/charts/{name}.html", {"chart": chart})
    table = text[text.index("<table") :]
    readings = (
        [said for _day, said in chart.days] if name == "steps" else [one for row in chart.rows for one in row.readings]
    )
    assert readings
    assert [one.text for one in readings if one.text not in table] == []
