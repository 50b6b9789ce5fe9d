"""What the server runs while the lists are measured: the house, and two views that do nothing."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "laar.settings")

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from tests.desk.clients import SIDE_DOOR

application = get_wsgi_application()
settings.ROOT_URLCONF = "bench.addresses"
settings.AUTHENTICATION_BACKENDS = [
    *settings.AUTHENTICATION_BACKENDS,
    SIDE_DOOR,
]  # the real one lets nobody invented in
