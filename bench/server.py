"""What the server runs while the lists are measured: the house, and two views that do nothing."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "laar.settings")

from django.conf import settings
from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
settings.ROOT_URLCONF = "bench.addresses"
