"""A site of nothing but the look, so that its tests need no other part."""

import pytest
from django.urls import include, path

from html_client import CityClient

_CONTEXT = "django.template.context_processors"


class Site:
    """The style page where a site mounts it."""

    urlpatterns = [path("muster/", include("mitstadt.ui.urls"))]


@pytest.fixture
def look(settings):
    """The settings that the look asks of a site (see docs/look.md)."""
    settings.INSTALLED_APPS = ["django.contrib.messages", "django.contrib.staticfiles", "mitstadt.ui"]
    settings.MIDDLEWARE = [
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
    ]
    settings.MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
    settings.TEMPLATES = [
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "APP_DIRS": True,
            "OPTIONS": {
                "context_processors": [
                    f"{_CONTEXT}.request",
                    "django.contrib.messages.context_processors.messages",
                    "mitstadt.ui.context.chrome",
                ]
            },
        }
    ]
    settings.STORAGES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    settings.STATIC_URL = "/static/"
    settings.FORM_RENDERER = "mitstadt.ui.forms.Renderer"
    settings.LANGUAGES = [("de", "Deutsch"), ("en", "English")]
    settings.ROOT_URLCONF = Site
    settings.UI_PLACES = {"home": "ui:home", "open": "ui:process", "search": "/suche/", "promises": "no-such-name"}
    return settings


@pytest.fixture
def client(look):
    """A client that reads every page strictly."""
    return CityClient()
