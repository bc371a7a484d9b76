"""The languages of the city, by their own names, and the one that people write where they read plain words."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.utils.translation import get_language

# Each language under its own name, so that those who need it find it.
OWN_NAMES = {
    "de": "Deutsch",
    "de-simple": "Einfache Sprache",
    "en": "English",
    "tr": "Türkçe",
    "ar": "العربية",
    "uk": "Українська",
    "ru": "Русский",
    "pl": "Polski",
    "vi": "Tiếng Việt",
    "fr": "Français",
    "es": "Español",
}


def own_name(language: str) -> str:
    """What those who speak it call it."""
    return OWN_NAMES.get(language, language)


def named(languages: Iterable[str]) -> list[tuple[str, str]]:
    """These languages with their own names, as settings and fields of choice take them."""
    return [(language, own_name(language)) for language in languages]


def base_of(language: str) -> str:
    """The language whose plain words these are: ``de`` for ``de-simple``."""
    return language.split("-")[0]


def read_language() -> str:
    """The language of the pages that are read right now."""
    return get_language() or settings.LANGUAGE_CODE


def written_language() -> str:
    """In which language somebody writes who reads these pages: plain German is read, and German is written."""
    return base_of(read_language())


def of_the_city(language: str) -> str:
    """This language where the city has pages in it, else that of the city: so that every link in a mail opens."""
    known = dict(settings.LANGUAGES)
    return next((code for code in (language, base_of(language)) if code in known), settings.LANGUAGE_CODE)
