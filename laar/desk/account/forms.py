"""The forms of the sign-in library in the words of this house, and the forms about who works here."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.account.adapter import get_adapter
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.utils.translation import gettext_lazy as _

from laar.base.rules import ROLES, WHAT_FOR
from laar.desk import said

CODE = {"inputmode": "numeric", "autocomplete": "one-time-code", "autocapitalize": "off", "spellcheck": "false"}


class InOurWords:
    """Labels in both languages instead of the library's, and nothing written into an empty field."""

    WORDS: ClassVar[dict[str, Any]] = {}
    ATTRIBUTES: ClassVar[dict[str, str]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, forms.Field] = self.fields  # type: ignore[attr-defined]  # of the form it is mixed into
        for name, words in self.WORDS.items():
            fields[name].label, fields[name].help_text = words, ""
            fields[name].widget.attrs.pop("placeholder", None)
            fields[name].widget.attrs.update(self.ATTRIBUTES)


class SignInForm(InOurWords, account.LoginForm):  # type: ignore[misc]  # the library has no types
    """User name and password."""

    WORDS = {"login": _("User name"), "password": _("Password")}
    ATTRIBUTES = {"autocapitalize": "off", "spellcheck": "false"}


class PasswordAgainForm(InOurWords, account.ReauthenticateForm):  # type: ignore[misc]  # the library has no types
    """The password once more, before the second factor is touched."""

    WORDS = {"password": _("Password")}


class ChangePasswordForm(InOurWords, account.ChangePasswordForm):  # type: ignore[misc]  # the library has no types
    """The old password, and the new one twice."""

    WORDS = {
        "oldpassword": _("Password until now"),
        "password1": _("New password"),
        "password2": _("New password once more"),
    }

    def clean_oldpassword(self) -> str:
        """The old one, with the same limit on tries as at the door."""
        typed: str = self.cleaned_data.get("oldpassword", "")
        if not get_adapter().reauthenticate(self.user, typed):
            raise get_adapter().validation_error("enter_current_password")
        return typed


class CodeForm(InOurWords, mfa.AuthenticateForm):  # type: ignore[misc]  # the library has no types
    """A code at sign-in: of the telephone, or a recovery code."""

    WORDS = {"code": _("Code from the telephone, or a recovery code")}
    ATTRIBUTES = CODE


class CodeAgainForm(InOurWords, mfa.ReauthenticateForm):  # type: ignore[misc]  # the library has no types
    """A code before the second factor is touched."""

    WORDS = CodeForm.WORDS
    ATTRIBUTES = CODE


class FirstCodeForm(InOurWords, ActivateTOTPForm):  # type: ignore[misc]  # the library has no types
    """The first code, which shows that the telephone has the secret."""

    WORDS = {"code": _("The six digits that the telephone shows now")}
    ATTRIBUTES = CODE


class Day(forms.DateInput):
    """A day, by the browser's own calendar where it has one."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class RoleForm(forms.Form):
    """A role: which, where, from when until when. Programme and area are one choice, so that they always go together."""

    role = forms.ChoiceField(label=_("Role"))
    where = forms.ChoiceField(label=_("Where"))
    since = forms.DateField(label=_("From"), widget=Day)
    until = forms.DateField(
        label=_("Until (the first day without it)"),
        widget=Day,
        required=False,
        help_text=_("Empty: until it is ended."),
    )

    def __init__(self, *args: Any, places: Iterable[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = said.language()
        self.fields["role"].choices = [  # type: ignore[attr-defined]  # a choice field has them
            (key, f"{name.say(language)} – {WHAT_FOR[key].say(language)}") for key, name in ROLES.items()
        ]
        self.fields["where"].choices = list(places)  # type: ignore[attr-defined]  # a choice field has them


class NewUserForm(RoleForm):
    """Who is invited, and as what."""

    username = forms.CharField(
        label=_("User name"),
        max_length=60,
        help_text=_("Small Latin letters and digits, as in sokha.chan. It is typed at every sign-in."),
        widget=forms.TextInput(attrs={"autocapitalize": "off", "spellcheck": "false", "autocomplete": "off"}),
    )
    name_km = forms.CharField(label=_("Name in Khmer"), max_length=120, required=False)
    name_en = forms.CharField(label=_("Name in Latin letters"), max_length=120)

    field_order = ("name_km", "name_en", "username", "role", "where", "since", "until")


class PasswordForm(forms.Form):
    """A new password, twice."""

    password1 = forms.CharField(
        label=_("Password"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )
    password2 = forms.CharField(
        label=_("Password once more"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )
