"""All settings, from the environment; a laptop needs none set. docs/settings.md lists them."""

from __future__ import annotations

import secrets
from pathlib import Path

import environ
from csp.constants import NONE, SELF

env = environ.Env()

#: The one folder in which everything lies: database, evidence, keys, head file.
LAAR_HOME = Path(env.str("LAAR_HOME", default="var")).absolute()
#: Where the public finds this installation: numbers in an issued document link there. Empty: into the trace pack.
LAAR_PUBLIC_URL = env.str("LAAR_PUBLIC_URL", default="").rstrip("/")
#: A folder with a Khmer font for the documents, where not the one that comes as a package shall be used.
LAAR_FONTS = env.str("LAAR_FONTS", default="")

DEBUG = env.bool("LAAR_DEBUG", default=False)
ALLOWED_HOSTS = env.list("LAAR_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
ROOT_URLCONF = "laar.urls"
WSGI_APPLICATION = "laar.wsgi.application"
AUTH_USER_MODEL = "base.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "laar.desk",  # before the sign-in library: its pages are ours
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "laar.base.apps.BaseFloor",
    "laar.registers.apps.RegistersFloor",
    "laar.ledger.apps.LedgerFloor",
    "laar.events.apps.EventsFloor",
    "laar.plans.apps.PlansFloor",
    "laar.projects.apps.ProjectsFloor",
    "laar.results.apps.ResultsFloor",
    "laar.reports.apps.ReportsFloor",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "laar.desk.account.middleware.SignedIn",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "laar.desk.preferences.DigitsMiddleware",
    "laar.desk.refused.RefusalMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": ["django.template.context_processors.request", "laar.desk.page.page"],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "laar.reports.templatetags.said",
                "laar.desk.templatetags.laar",
            ],
        },
    }
]


def _secret_key() -> str:
    """The key of this installation, made once and kept in its home."""
    if given := str(env.str("LAAR_SECRET_KEY", default="")):
        return given
    file = LAAR_HOME / "keys" / "django.key"
    if not file.exists():
        return secrets.token_urlsafe(50)  # nobody can sign in before `laar` has made a home, see laar.cli.home
    return file.read_text().strip()


SECRET_KEY = _secret_key()

# ── database ────────────────────────────────────────────────────────────────────────────────────────────────────
# The guarded engines refuse a write on a recorded table outside act(). SQLite: WAL with synchronous=FULL, because
# NORMAL lost every acknowledged row at a power cut; IMMEDIATE, because deferred transactions fail under contention.
ENGINES = {
    "django.db.backends.sqlite3": "laar.base.engines.sqlite3",
    "django.db.backends.postgresql": "laar.base.engines.postgresql",
}
SQLITE_PRAGMAS = "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;PRAGMA cache_size=-65536;"

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{LAAR_HOME / 'laar.sqlite3'}")}
_database = DATABASES["default"]
_database["ENGINE"] = ENGINES[_database["ENGINE"]]
# A connection stays open between two pages: opening one costs more than most pages ask of it.
_database["CONN_MAX_AGE"] = 600
_database["CONN_HEALTH_CHECKS"] = True
if "sqlite3" in _database["ENGINE"]:
    _database["OPTIONS"] = {"transaction_mode": "IMMEDIATE", "timeout": 30, "init_command": SQLITE_PRAGMAS}
    # Tests run on a file like any installation: an in-memory database has neither WAL nor a second connection.
    _database["TEST"] = {"NAME": str(LAAR_HOME / "test.sqlite3")}

# ── signing in ──────────────────────────────────────────────────────────────────────────────────────────────────
# Users are invited by an administrator with a link on paper: nobody signs up, and no mail is sent.
#: The server stands behind https, that is behind a proxy on this machine: `laar serve` itself listens here only.
BEHIND_HTTPS = env.bool("LAAR_HTTPS", default=False)
AUTHENTICATION_BACKENDS = ["laar.desk.account.door.Door"]
AUTH_PASSWORD_VALIDATORS = [{"NAME": "laar.base.people.passwords.HouseRules"}]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "today"
# A session ends when the browser closes, or after twelve hours without use: a working day, not a night.
SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_CHANGE_EMAIL = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
#: How long a password, just typed, is good for changing the second factor: as long as finding an app for it takes.
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_ADAPTER = "laar.desk.account.adapters.Accounts"
ACCOUNT_FORMS = {
    "login": "laar.desk.account.forms.SignInForm",
    "reauthenticate": "laar.desk.account.forms.PasswordAgainForm",
    "change_password": "laar.desk.account.forms.ChangePasswordForm",
}
MFA_ADAPTER = "laar.desk.account.adapters.SecondFactors"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "LAAR"
MFA_FORMS = {
    "authenticate": "laar.desk.account.forms.CodeForm",
    "reauthenticate": "laar.desk.account.forms.CodeAgainForm",
    "activate_totp": "laar.desk.account.forms.FirstCodeForm",
}
# The library's limits on tries (five wrong passwords for a name in five minutes, ten from an address in a minute) count
# in this cache. It is in memory because `laar serve` runs one worker; several need one that they share.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
# Who asks is then named by the proxy, and by nobody else who may reach this server.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_HTTPS else 0

# ── languages, time ─────────────────────────────────────────────────────────────────────────────────────────────
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("km", "ខ្មែរ")]
#: A programme calls things by its own words: what LAAR_HOME/locale/<language>/LC_MESSAGES/django.po says comes first.
LOCALE_PATHS = [LAAR_HOME / "locale", Path(__file__).parent / "locale"]
USE_I18N = True
TIME_ZONE = env.str("LAAR_TIME_ZONE", default="Asia/Phnom_Penh")
USE_TZ = True

# ── files, security ─────────────────────────────────────────────────────────────────────────────────────────────
STATIC_URL = "static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600
# Their addresses carry digits of their content (laar/desk/assets.py), so a browser never asks for them again.
WHITENOISE_IMMUTABLE_FILE_TEST = r"/desk/built/"
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
CSRF_FAILURE_VIEW = "laar.desk.refused.forged"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
#: Behind https a cookie never goes over plain http. On a laptop there is no https, and a secure cookie would not come.
CSRF_COOKIE_SECURE = SESSION_COOKIE_SECURE = BEHIND_HTTPS
#: The proxy says that a page was asked for by https; without it, forms sent by https would be taken for foreign ones.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_HTTPS else None
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"tokens": {"()": "laar.desk.account.logs.WithoutTokens"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["tokens"]}},
    "loggers": {"django": {"handlers": ["console"], "level": "WARNING"}},
}
