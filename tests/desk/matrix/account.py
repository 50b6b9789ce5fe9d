"""The addresses of signing in, of the people who work here, and of who may do what.

Everybody here is invented, so nobody has a password or has to have a second factor; what those get who have:
tests/desk/test_account.py.
"""

from __future__ import annotations

from tests.desk.matrix.readers import EVERYBODY, OWN_AREA, SIGNED_IN
from tests.desk.matrix.row import Row

ROWS: dict[str, list[Row]] = {
    "account_login": [Row("/account/login/", SIGNED_IN, anonymous=200, answer=302)],
    "account_logout": [Row("/account/logout/", SIGNED_IN, anonymous=302)],
    # No password to type again, and none to change.
    "account_reauthenticate": [Row("/account/reauthenticate/", others=403, anonymous=302)],
    "account_change_password": [Row("/account/password/", others=409, anonymous=302)],
    "invitation": [Row("/account/invitation/guessed/", others=410, anonymous=410)],
    "step_in": [Row("/account/step-in/", EVERYBODY, answer=405, anonymous=405)],
    "choose_programme": [Row("/account/programme/", EVERYBODY, answer=405, anonymous=405)],
    "mfa_index": [Row("/account/second-factor/", SIGNED_IN, anonymous=302)],
    "mfa_authenticate": [Row("/account/second-factor/code/", SIGNED_IN, answer=302, anonymous=302)],
    "mfa_reauthenticate": [Row("/account/second-factor/again/", others=403, anonymous=302)],
    "mfa_activate_totp": [Row("/account/second-factor/set-up/", SIGNED_IN, anonymous=302)],
    "mfa_deactivate_totp": [Row("/account/second-factor/give-up/", anonymous=302)],
    "mfa_view_recovery_codes": [Row("/account/second-factor/recovery-codes/", anonymous=302)],
    "mfa_generate_recovery_codes": [Row("/account/second-factor/recovery-codes/new/", SIGNED_IN, anonymous=302)],
    "settings": [Row("/settings/", SIGNED_IN, anonymous=302)],
    "users": [Row("/settings/users/", ("admin",), anonymous=302)],
    "new_user": [Row("/settings/users/new/", ("admin",), anonymous=302)],
    "one_user": [
        Row("/settings/users/of/ang/", ("admin",), anonymous=302),
        Row("/settings/users/of/stranger/", anonymous=302),  # works in another programme only
        Row("/settings/users/of/nobody/", ("admin",), anonymous=302),  # works nowhere yet
    ],
    "programme_settings": [Row("/settings/programme/", ("manager", "stranger"), anonymous=302)],
    "who_may": [
        Row("/settings/who-may/", SIGNED_IN, anonymous=302),
        Row("/settings/who-may/?role=king", anonymous=302),
    ],
    "why": [
        Row("/why/tranche.approve/tranche/{tranche}/", OWN_AREA, anonymous=302),
        Row("/why/tranche.dance/tranche/{tranche}/", anonymous=302),
    ],
}
