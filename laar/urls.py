"""Mounts the doors. English has no prefix, Khmer is below /km/: an address says which language it is in."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

urlpatterns = i18n_patterns(path("", include("laar.desk.urls")), prefix_default_language=False)

handler404 = "laar.desk.refused.not_found"
