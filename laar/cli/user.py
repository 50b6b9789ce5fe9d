"""`laar user add`: somebody new, above all the first administrator of an installation."""

from __future__ import annotations

import argparse
from datetime import date

from django.db import transaction

from laar.base.access import the_installation
from laar.base.actions import grant_role, register_user
from laar.base.clock import today
from laar.base.people.actions import invite_user
from laar.base.people.tokens import new_token
from laar.base.queries import programme_of
from laar.base.rules import ROLES
from laar.cli.home import prepare
from laar.cli.printed import print_link
from laar.kit.names import Name

NAME = "user"
HELP = "let somebody work here: `laar user add USERNAME --name NAME` prints the link"


def options(parser: argparse.ArgumentParser) -> None:
    """Who, as what, where."""
    deeds = parser.add_subparsers(title="what", metavar="WHAT", required=True)
    add = deeds.add_parser("add", help="register, give a role, and print a one-time link")
    add.add_argument("username", metavar="USERNAME", help="small Latin letters and digits, as in sokha.chan")
    add.add_argument("--name", required=True, help="in Latin letters")
    add.add_argument("--name-km", default="", help="in Khmer")
    add.add_argument("--role", choices=list(ROLES), default="administrator", help="default: administrator")
    add.add_argument("--programme", default="", metavar="CODE", help="default: all programmes")
    add.add_argument("--place", default="", metavar="CODE", help="an area of it, by official code; default: all of it")
    add.add_argument("--since", type=date.fromisoformat, default=None, help="default: today")


def run(options: argparse.Namespace) -> int:
    """Register, grant, invite: all or nothing."""
    prepare()
    token = new_token()
    with the_installation(), transaction.atomic():
        name = Name(en=options.name, km=options.name_km)
        user = register_user(options.username, name=name, by=None, on=today())
        grant_role(
            user,
            role=options.role,
            programme=programme_of(options.programme) if options.programme else None,
            place=options.place,
            since=options.since or today(),
            by=None,
            on=today(),
        )
        invite_user(user, token=token, by=None, on=today())
    print_link(user, token, options.lang)
    return 0
