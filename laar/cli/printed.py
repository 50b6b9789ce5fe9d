"""A one-time link, printed: how the first administrator gets in, and the last one who lost the telephone."""

from __future__ import annotations

import os

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from laar.base.models import User
from laar.base.people.queries import newest_invitation
from laar.kit.names import Name

LINK = Name(
    en="{who} gets in with this link, once, before {until}. Show it to nobody else; it is printed only now:",
    km="{who} ចូលដោយតំណនេះ ម្ដង មុនថ្ងៃ {until}។ កុំបង្ហាញអ្នកផ្សេង; វាបង្ហាញតែពេលនេះទេ៖",
)


def print_link(user: User, token: str, lang: str) -> None:
    """Say who gets in, until when, and the address: the public one where there is one, else this machine's."""
    here = settings.LAAR_PUBLIC_URL or f"http://127.0.0.1:{os.environ.get('PORT') or 8000}"
    print(LINK.format(who=user.name, until=newest_invitation(user).until).say(lang))
    with translation.override(lang):
        print(f"{here}{reverse('invitation', args=[token])}")
