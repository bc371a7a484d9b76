"""What search engines, browsers, people who found a weakness, and password managers ask for."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

from mitstadt.ground import clock

# A search engine finds all that is public; it has no business where one signs in, writes or works.
_NOT_FOR_ENGINES = (
    "konto",
    "arbeitsplatz",
    "meine-seite",
    "code",
    "moderation",
    "betrieb",
    "anmelden",
    "suche",
    "folgen",
    "mail-zur-antwort",
)
# RFC 9116: less than a year, so that what is out of date is known to be.
_SECURITY_VALID_FOR = timedelta(days=180)


@require_safe
def robots(_request: HttpRequest) -> HttpResponse:
    """In every language: addresses begin with its short name, but in German."""
    prefixes = ["/", *(f"/{code}/" for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE)]
    lines = [f"Disallow: {prefix}{name}/" for prefix in prefixes for name in _NOT_FOR_ENGINES]
    lines.append("Disallow: /sprache/")
    where = f"Sitemap: {settings.PUBLIC_URL}{reverse('sitemap')}"
    return _text(["User-agent: *", *lines, where])


@require_safe
def security(_request: HttpRequest) -> HttpResponse:
    """Whom to tell of a weakness (RFC 9116)."""
    home = settings.PUBLIC_URL
    contact = settings.SECURITY_CONTACT or f"{home}{reverse('imprint')}"
    expires = (clock.now() + _SECURITY_VALID_FOR).strftime("%Y-%m-%dT00:00:00Z")
    lines = [
        f"Contact: {contact}",
        f"Expires: {expires}",
        "Preferred-Languages: de, en",
        f"Canonical: {home}{reverse('security_txt')}",
    ]
    return _text(lines)


@require_safe
def favicon(_request: HttpRequest) -> HttpResponse:
    """For browsers that do not read the page: the same sign."""
    return redirect(static("ui/sign.svg"), permanent=True)


@require_safe
def change_password(_request: HttpRequest) -> HttpResponse:
    """Where password managers send their people."""
    return redirect("account_change_password")


def _text(lines: list[str]) -> HttpResponse:
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
