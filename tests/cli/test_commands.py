"""The command line: what it prints, and how it refuses."""

from __future__ import annotations

import socket
from pathlib import Path

from tests.homes import Home


def test_the_sheet_is_printed_in_both_languages(demo: Home) -> None:
    assert "Supporting Local Administration and Reform" in demo.laar("sheet")
    assert "គាំទ្ររដ្ឋបាលមូលដ្ឋាន" in demo.laar("sheet", "--lang", "km")


def test_the_sheet_for_machines_keys_every_figure(demo: Home) -> None:
    sheet = demo.sheet()
    assert sheet["is_demo"] is True
    assert sheet["blank_in_source"] == ["cost", "role", "donors", "amounts"]
    assert sheet["figures"]["oa.plans?year=2008"] == {
        "value": "2",
        "unit": "",
        "currency": None,
        "label": {"en": "Outreach plans", "km": "ផែនការសកម្មភាពចុះផ្សព្វផ្សាយ"},
    }
    assert sheet["figures"]["oa.support"]["currency"] == "EUR"
    assert (sheet["since"], sheet["last"]) == ("2007-03-01", "2010-06-30")


def test_a_figure_is_traced_to_the_voucher_and_to_the_forum(demo: Home) -> None:
    tree = demo.laar("trace", "oa.support")
    assert "voucher: Voucher 0708-08" in tree
    assert "Asked at: Public forum 2008 of Samraong" in tree
    assert "sha256:" in tree


def test_the_trace_adds_up_to_the_sheet(demo: Home) -> None:
    tree = demo.laar("trace", "oa.support").splitlines()
    parts = [line.split()[1].replace(",", "") for line in tree if line.strip().startswith("├")]
    assert f"{sum(float(part) for part in parts):.2f}" == demo.sheet()["figures"]["oa.support"]["value"]


def test_an_unknown_figure_is_refused_with_a_sentence(demo: Home) -> None:
    assert "There is no figure called oa.nothing" in demo.laar("trace", "oa.nothing", fails=True)
    assert "can't be asked for by “month=3”" in demo.laar("trace", "oa.plans?month=3", fails=True)


def test_a_home_with_nothing_in_it_says_what_to_do(empty: Home) -> None:
    assert "laar demo" in empty.laar("sheet", fails=True)


def test_the_demonstration_is_not_loaded_beside_another_programme(empty: Home) -> None:
    empty.python(
        "from laar.cli.home import prepare; prepare()\n"
        "from datetime import date; from laar.kit.names import Name; from laar.base.actions import found_programme\n"
        "found_programme('MINE', name=Name(en='Mine'), currency='USD', by=None, on=date(2020, 1, 1))"
    )
    assert "holds another programme" in empty.laar("demo", fails=True)
    assert "MINE" in empty.python("from laar.base.models import Programme; print(*Programme.objects.all())")


def test_a_port_in_use_is_said_before_anything_starts(demo: Home) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert f"Port {port} is in use" in demo.laar("serve", "--port", str(port), fails=True)


def test_a_gazetteer_is_loaded_whole_or_not_at_all(empty: Home, tmp_path: Path) -> None:
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    good.write_text("code,name_km,name_en\n21,តាកែវ,Takeo\n", encoding="utf-8")
    bad.write_text("code,name_km,name_en\n22,កំពត,Kampot\n230101,ក,Nowhere\n", encoding="utf-8")
    assert "1 places" in empty.laar("gazetteer", str(good))
    assert "lies in 2301" in empty.laar("gazetteer", str(bad), fails=True)
    assert "1 places" in empty.laar("gazetteer", str(good))
