"""Signing in: of the library only what is used. Nobody signs up, confirms a mail or is sent a password."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from django.urls import path

from laar.desk.account import entrance, factors, programmes

urlpatterns = [
    path("login/", entrance.SignIn.as_view(), name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/", entrance.ChangePassword.as_view(), name="account_change_password"),
    path("invitation/<str:token>/", entrance.invitation, name="invitation"),
    path("step-in/", entrance.step_in, name="step_in"),
    path("programme/", programmes.choose, name="choose_programme"),
    path("second-factor/", mfa.index, name="mfa_index"),
    path("second-factor/code/", factors.Authenticate.as_view(), name="mfa_authenticate"),
    path("second-factor/again/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("second-factor/set-up/", factors.SetUp.as_view(), name="mfa_activate_totp"),
    path("second-factor/give-up/", factors.GiveUp.as_view(), name="mfa_deactivate_totp"),
    path("second-factor/recovery-codes/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("second-factor/recovery-codes/new/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
]
