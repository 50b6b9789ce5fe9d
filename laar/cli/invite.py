"""`laar invite USERNAME`: a new link into an account, from the machine on which LAAR runs."""

from __future__ import annotations

import argparse

from laar.base.access import the_installation
from laar.base.clock import today
from laar.base.people.actions import invite_user, reset_factor
from laar.base.people.tokens import new_token
from laar.base.queries import user_called
from laar.cli.home import prepare
from laar.cli.printed import print_link

NAME = "invite"
HELP = "print a one-time link with which a user chooses a password"


def options(parser: argparse.ArgumentParser) -> None:
    """Whom, and whether the telephone is gone."""
    parser.add_argument("username", metavar="USERNAME")
    parser.add_argument("--lost-telephone", action="store_true", help="remove the second factor and the password first")


def run(options: argparse.Namespace) -> int:
    """Invite, or remove the second factor and invite."""
    prepare()
    user, token = user_called(options.username), new_token()
    do = reset_factor if options.lost_telephone else invite_user
    with the_installation():
        do(user, token=token, by=None, on=today())
    print_link(user, token, options.lang)
    return 0
