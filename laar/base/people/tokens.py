"""The secret of an invitation: it stands in the link and nowhere else."""

from __future__ import annotations

import secrets
from base64 import urlsafe_b64encode
from hashlib import sha256
from uuid import UUID

from django.utils.crypto import salted_hmac


def new_token() -> str:
    """A token that nobody guesses: 192 bits, short enough to be typed from paper where a camera fails."""
    return secrets.token_urlsafe(24)


def token_of(command: UUID) -> str:
    """The token of the link that a command makes: the same form, sent twice, gives the same link.

    As long as the other; only who has the secret key of the installation can tell it from the command.
    """
    return urlsafe_b64encode(salted_hmac("laar.invitation", command.hex, algorithm="sha256").digest()[:24]).decode()


def digest_of(token: str) -> str:
    """What is kept of it: of no use to get in."""
    return sha256(token.encode()).hexdigest()
