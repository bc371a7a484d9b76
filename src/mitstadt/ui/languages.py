"""In which language somebody reads: what they chose and we remember, the one switch, and what their browser asks for.

A choice is remembered by a cookie, and by the account or the printed code of whoever is signed in. An address with the
short name of a language is always read in it; an address without one leads to the language that was chosen.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch, reverse, translate_url
from django.utils.translation import get_language_from_path, get_supported_language_variant, override, pgettext
from django.utils.translation.trans_real import parse_accept_lang_header

from mitstadt.ground.languages import base_of, own_name, read_language, written_language
from mitstadt.ground.people.models import Person
from mitstadt.ui.parts import Link
from mitstadt.ui.requests import page_shown

COOKIE = "sprache"
# Where the address stands to which one returns.
NEXT = "weiter"
# The language of a text alone, where it is another than that of the pages.
LANGUAGE = "sprache"
_KEPT_FOR = timedelta(days=365)


@dataclass(frozen=True)
class Offer:
    """That these pages exist in the language of this browser, said in that language."""

    language: str
    sentence: str
    take: Link
    leave: Link


def chosen_language(request: HttpRequest) -> str:
    """What this visitor chose: here by the cookie, else with their account or code; empty where they chose nothing."""
    here = request.COOKIES.get(COOKIE, "")
    if here in dict(settings.LANGUAGES):
        return here
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return ""
    kept = request.user.language if isinstance(request.user, Person) else ""
    return kept if kept in dict(settings.LANGUAGES) else ""


def switch(request: HttpRequest) -> tuple[Link, ...]:
    """The languages of the city, each under its own name; each link remembers it and leads back here."""
    here = page_shown(request)
    return tuple(
        Link(label=name, href=choosing(here, code), lang=code, current=code == read_language())
        for code, name in settings.LANGUAGES
    )


def alternates(request: HttpRequest) -> tuple[Link, ...]:
    """The same page in the other languages, for programs that look for them."""
    here = request.path
    found = ((code, in_language(here, code)) for code, _name in settings.LANGUAGES)
    return tuple(Link(label=own_name(code), href=href, lang=code) for code, href in found if href != here)


def language_wanted(request: HttpRequest) -> str:
    """In which language a text is read: that of the pages, where the address names no other."""
    return request.GET.get(LANGUAGE, "") or read_language()


def in_language(address: str, language: str) -> str:
    """The same page of this city in another language, whichever language is spoken just now."""
    with override(get_language_from_path(address) or settings.LANGUAGE_CODE):
        return translate_url(address, language)


def choosing(here: str, language: str) -> str:
    """The address that remembers this language and leads back here; where there is none, this page in it."""
    try:
        address = reverse("choose_language", args=[language])
    except NoReverseMatch:
        return in_language(here, language)
    return f"{address}?{urlencode({NEXT: here})}"


def offer(request: HttpRequest) -> Offer | None:
    """The language that this browser asks for first, where the city has it and nobody chose another one yet."""
    if COOKIE in request.COOKIES or getattr(request, "user", None) is None or request.user.is_authenticated:
        return None
    wanted, current = _asked_for(request), read_language()
    if not wanted or wanted == base_of(current):
        return None
    here = page_shown(request)
    with override(wanted):
        return Offer(
            wanted,
            # Each language says it of itself: the English words of this sentence speak of English.
            pgettext("offer", "Diese Seiten gibt es auch auf Deutsch."),
            Link(label=pgettext("offer", "Auf Deutsch lesen"), href=choosing(here, wanted)),
            Link(label=pgettext("offer", "Nein, danke"), href=choosing(here, current)),
        )


def _asked_for(request: HttpRequest) -> str:
    """Of the languages that the browser asks for, the first in which the city has pages; empty where there is none."""
    for asked, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        try:
            return base_of(get_supported_language_variant(asked))
        except LookupError:
            continue
    return ""


def remember(response: HttpResponse, language: str) -> None:
    """Keep the choice on this device for a year: a cookie that says a language, and nothing about who reads."""
    response.set_cookie(
        COOKIE,
        language,
        max_age=_KEPT_FOR,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def is_foreign(language: str) -> bool:
    """Whether words in this language are foreign to whoever reads these pages; plain German is German."""
    return bool(language) and base_of(language) != written_language()
