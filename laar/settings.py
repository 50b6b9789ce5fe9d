"""All settings, from the environment; a laptop needs none set. docs/settings.md lists them."""

from __future__ import annotations

import secrets
from pathlib import Path

import environ
from csp.constants import NONE, SELF

env = environ.Env()

#: The one folder in which everything lies: database, evidence, keys, head file.
LAAR_HOME = Path(env.str("LAAR_HOME", default="var")).absolute()
#: The user through whose eyes the pages are shown until people can sign in (`laar serve --as`).
LAAR_READER = env.str("LAAR_READER", default="")
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
    "csp",
    "laar.base.apps.BaseFloor",
    "laar.registers.apps.RegistersFloor",
    "laar.ledger.apps.LedgerFloor",
    "laar.events.apps.EventsFloor",
    "laar.plans.apps.PlansFloor",
    "laar.projects.apps.ProjectsFloor",
    "laar.results.apps.ResultsFloor",
    "laar.reports.apps.ReportsFloor",
    "laar.desk",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
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
if "sqlite3" in _database["ENGINE"]:
    _database["OPTIONS"] = {"transaction_mode": "IMMEDIATE", "timeout": 30, "init_command": SQLITE_PRAGMAS}
    # Tests run on a file like any installation: an in-memory database has neither WAL nor a second connection.
    _database["TEST"] = {"NAME": str(LAAR_HOME / "test.sqlite3")}

# ── languages, time ─────────────────────────────────────────────────────────────────────────────────────────────
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("km", "ខ្មែរ")]
LOCALE_PATHS = [Path(__file__).parent / "locale"]
USE_I18N = True
TIME_ZONE = env.str("LAAR_TIME_ZONE", default="Asia/Phnom_Penh")
USE_TZ = True

# ── files, security ─────────────────────────────────────────────────────────────────────────────────────────────
STATIC_URL = "static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
CSRF_FAILURE_VIEW = "laar.desk.refused.forged"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
#: Behind https a cookie never goes over plain http. On a laptop there is no https, and a secure cookie would not come.
CSRF_COOKIE_SECURE = SESSION_COOKIE_SECURE = env.bool("LAAR_HTTPS", default=False)
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
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "loggers": {"django": {"handlers": ["console"], "level": "WARNING"}},
}
