"""The addresses of the house, and one view that does nothing: what any page costs through the same middleware."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from laar import urls


def nothing(_request: HttpRequest) -> HttpResponse:
    return HttpResponse(b"")


def whoever(request: HttpRequest) -> HttpResponse:
    """As empty, but it asks who is signed in, as every page of the desk must."""
    return HttpResponse(str(request.user.pk))


urlpatterns = [path("nothing/", nothing), path("whoever/", whoever), *urls.urlpatterns]
