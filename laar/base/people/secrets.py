"""Secrets that lie in the database and are needed again as they are: unreadable there, and in every copy of it.

The key is derived from the secret key of this installation, which no backup takes along: who finds a backup has no
second factor of anybody. A house that was restored elsewhere hasn't either, and says so.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet, InvalidToken
from django.utils.crypto import salted_hmac

from laar.kit.refusals import Refusal

#: How it begins in the database; a secret of the days before begins with nothing and is read as it is.
MARK = "fernet:"


def hide(secret: str) -> str:
    """A secret as the database keeps it."""
    return secret if secret.startswith(MARK) else MARK + _key().encrypt(secret.encode()).decode()


def show(kept: str) -> str:
    """A secret as it is. Raises Refusal `factor.other_key` where another installation hid it."""
    if not kept.startswith(MARK):
        return kept
    try:
        return _key().decrypt(kept.removeprefix(MARK).encode()).decode()
    except InvalidToken:
        raise Refusal("factor.other_key") from None


def _key() -> Fernet:
    return Fernet(urlsafe_b64encode(salted_hmac("laar.factors", "key", algorithm="sha256").digest()))
