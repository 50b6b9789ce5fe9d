"""What a password must be: the rules are said before somebody chooses one, and the same sentence says which was broken."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.password_validation import CommonPasswordValidator, UserAttributeSimilarityValidator
from django.core.exceptions import ValidationError
from django.utils.translation import get_language

from laar.base.models import User
from laar.base.people.rules import SHORTEST_PASSWORD
from laar.kit.refusals import Refusal


def require_good(password: str, user: User) -> None:
    """Refuse a password that is easily guessed. Raises Refusal `password.short`, `password.common`, `password.like_name`."""
    if len(password) < SHORTEST_PASSWORD:
        raise Refusal("password.short", length=len(password), least=SHORTEST_PASSWORD)
    if _objects(CommonPasswordValidator(), password, user):
        raise Refusal("password.common")
    if _objects(UserAttributeSimilarityValidator(("username", "name_en", "name_km")), password, user):
        raise Refusal("password.like_name")


def _objects(validator: Any, password: str, user: User) -> bool:
    try:
        validator.validate(password, user)
    except ValidationError:
        return True
    return False


class HouseRules:
    """The same rules for the forms of the sign-in library."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise a ValidationError with the sentence of the Refusal."""
        try:
            require_good(password, user or User())
        except Refusal as no:
            raise ValidationError(no.text.say(get_language() or "en")) from no
