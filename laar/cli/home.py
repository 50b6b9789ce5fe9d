"""The home folder: made when it is missing, its database brought to the newest form."""

from __future__ import annotations

import os
from pathlib import Path

import polib
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction

from laar.base.models import Programme
from laar.kit.refusals import Refusal, refusal

refusal(
    "home.nothing_there",
    en="There is no programme in {home}. Load the demonstration with `laar demo`, or name another folder with LAAR_HOME.",
    km="គ្មានកម្មវិធីក្នុង {home} ទេ។ សូមបញ្ចូលការបង្ហាញដោយ `laar demo` ឬកំណត់ថតផ្សេងដោយ LAAR_HOME។",
    status=404,
)
refusal(
    "home.words_unreadable",
    en="{file} can't be read as a catalogue of words: {fault}. Correct it, or take it away.",
    km="មិនអាចអាន {file} ជាបញ្ជីពាក្យទេ៖ {fault}។ សូមកែវា ឬយកវាចេញ។",
)


def home() -> Path:
    """Where everything lies."""
    return Path(settings.LAAR_HOME)


def prepare() -> None:
    """Make the home and its secret key, migrate the database, make anew what is compiled: the words, the style, the font."""
    (home() / "keys").mkdir(parents=True, exist_ok=True, mode=0o700)
    key = home() / "keys" / "django.key"
    if not key.exists() and not os.environ.get("LAAR_SECRET_KEY"):
        with os.fdopen(os.open(key, os.O_WRONLY | os.O_CREAT, 0o600), "w") as file:
            file.write(
                settings.SECRET_KEY
            )  # the one that this process works with already: what it hides is found again
    compile_texts()
    call_command("build_assets")
    migrate()


def migrate() -> None:
    """Bring the database to its newest form, whole or not at all.

    Django commits a change of the schema before it notes that it was made; killed in between, it could never go on. On
    PostgreSQL all of it is one transaction; on SQLite a new database gets its name when it is finished.
    """
    if connection.vendor == "postgresql":
        with transaction.atomic():
            call_command("migrate", verbosity=0, interactive=False)
        return
    name = Path(connection.settings_dict["NAME"])
    if name.exists():
        call_command("migrate", verbosity=0, interactive=False)
        return
    fresh = name.with_name(f"{name.name}.{os.getpid()}.new")
    connection.close()
    connection.settings_dict["NAME"] = str(fresh)
    try:
        call_command("migrate", verbosity=0, interactive=False)
    finally:
        connection.close()  # the last one to close brings the write-ahead log into the file
        connection.settings_dict["NAME"] = str(name)
    fresh.replace(name)


def compile_texts() -> None:
    """Compile the catalogues that were changed after they were compiled; one whose source is gone goes, too.

    Raises Refusal `home.words_unreadable` for words of the installation's own that are no catalogue.
    """
    for folder in map(Path, settings.LOCALE_PATHS):
        for target in folder.glob("*/LC_MESSAGES/*.mo"):
            if not target.with_suffix(".po").exists():
                target.unlink()
        for source in folder.glob("*/LC_MESSAGES/*.po"):
            target = source.with_suffix(".mo")
            if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
                try:
                    catalogue = polib.pofile(str(source))
                except (OSError, ValueError) as fault:
                    raise Refusal("home.words_unreadable", file=source, fault=fault) from None
                catalogue.save_as_mofile(str(target))


def need_programme() -> None:
    """Refuse a home without a programme. Raises Refusal `home.nothing_there`."""
    if connection.vendor == "sqlite" and not Path(connection.settings_dict["NAME"]).exists():
        raise Refusal("home.nothing_there", home=home())
    prepare()
    if not Programme.objects.exists():
        raise Refusal("home.nothing_there", home=home())
