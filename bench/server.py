"""What the server runs while pages are measured: the house, two views that do nothing, and a door for the invented."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "laar.settings")

from django.conf import settings
from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
settings.ROOT_URLCONF = "bench.addresses"
# Where there is a real programme, the real door lets nobody in who is invented: pages would be measured as strangers see them.
settings.AUTHENTICATION_BACKENDS = [*settings.AUTHENTICATION_BACKENDS, "tests.desk.clients.SideDoor"]
