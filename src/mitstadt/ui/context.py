"""What the frame of every page needs: the city's name, languages, and the ways to the main places."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse, translate_url
from django.utils.translation import get_language

from mitstadt.ui.parts import Link


@dataclass(frozen=True, kw_only=True)
class Chrome:
    """The frame of a page. `places` maps the names that `ui/base.html` lists to addresses; unknown ones stay away."""

    site_name: str
    operator: str
    languages: tuple[Link, ...]
    places: Mapping[str, str]
    path: str


def chrome(request: HttpRequest) -> dict[str, Any]:
    """Context processor: ``chrome``, from the settings ``UI_SITE_NAME``, ``UI_OPERATOR`` and ``UI_PLACES``."""
    return {
        "chrome": Chrome(
            site_name=getattr(settings, "UI_SITE_NAME", "Mitstadt"),
            operator=getattr(settings, "UI_OPERATOR", ""),
            languages=_languages(request),
            places={**places(), **_sign_in_from(request)},
            path=request.path,
        )
    }


def _languages(request: HttpRequest) -> tuple[Link, ...]:
    current = get_language()
    path = request.get_full_path()
    return tuple(
        Link(label=str(name), href=translate_url(path, code), lang=code, current=code == current)
        for code, name in settings.LANGUAGES
    )


def _sign_in_from(request: HttpRequest) -> dict[str, str]:
    """The sign-in that leads back to this page; to the pages of the sign-in itself nobody is led back."""
    address = places().get("sign_in", "")
    accounts = address.rsplit("/", 2)[0] if address else ""
    if not address or request.method != "GET" or request.path.startswith(f"{accounts}/"):
        return {}
    return {"sign_in": f"{address}?{urlencode({'next': request.get_full_path()})}"}


def places() -> dict[str, str]:
    """The addresses of the places of ``UI_PLACES`` whose page is installed."""
    found = {}
    for place, name in getattr(settings, "UI_PLACES", {}).items():
        try:
            found[place] = name if "/" in name else reverse(name)
        except NoReverseMatch:
            continue
    return found
