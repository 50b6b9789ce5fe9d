"""`laar start`: the key in the address of a new home, and the front door of one that is not."""

from __future__ import annotations

import urllib.request
from urllib.error import HTTPError

import pytest

from tests.homes import Home


def test_serve_in_an_empty_home_says_to_start(empty: Home) -> None:
    assert "`laar start`" in empty.laar("serve", "--port", "0", fails=True)


def test_a_new_home_is_opened_with_the_address_of_the_terminal_and_with_no_other(unmade: Home) -> None:
    with unmade.begun() as address:
        assert "/start/?key=" in address
        with urllib.request.urlopen(address) as page:
            assert "My programme" in page.read().decode()
        with pytest.raises(HTTPError, match="403"):
            urllib.request.urlopen(address.partition("?")[0])


def test_where_somebody_works_already_the_address_carries_no_key(demo: Home) -> None:
    said = demo.python("from laar.cli.start import beginning; print(repr(beginning()))")
    assert said.strip() == "''"
