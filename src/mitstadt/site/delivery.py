"""How answers travel: compressed where that gives no secret away, and not sent again where nothing changed."""

from __future__ import annotations

import re
from collections.abc import Callable
from hashlib import blake2b

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import get_conditional_response
from django.utils.crypto import salted_hmac

from mitstadt.ui.requests import shows_a_secret

_COMPRESSED = re.compile(r"text/(?!event-stream)|application/(?:json|jsonl|xml|[\w.+-]+\+(?:json|xml))|image/svg\+xml")
_TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="\w+"')
# Cookies that hold words of one visit: who is signed in, what the last deed said.
_OF_A_VISIT = (settings.SESSION_COOKIE_NAME, "messages")


class CompressionMiddleware(GZipMiddleware):
    """Compresses text, with Django's padding of random length; never an answer that shows a secret.

    The length of a compressed page tells whether its secret resembles what an attacker put beside it. The key of a
    form is masked anew in every page, so only pages that show a code, a key or the like must stay as they are.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """The answer, compressed where that is safe and worth it."""
        if shows_a_secret(request) or _is_of_an_account(request):
            return response
        if not _COMPRESSED.match(response.get("Content-Type", "")):
            return response
        compressed: HttpResponseBase = super().process_response(request, response)
        return compressed


def _is_of_an_account(request: HttpRequest) -> bool:
    """Pages of the sign-in hold codes for mails, for apps and for lost phones."""
    match = request.resolver_match
    return match is not None and match.func.__module__.startswith("allauth.")


class FreshnessMiddleware:
    """Says who may keep an answer, and answers 304 to a guest who has it already.

    Whoever is signed in keeps nothing. Guests ask each time whether it still holds; shared caches may keep only what
    is the same for every guest: no key of a form, no cookie.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer with its rules for caches."""
        response = self.get_response(request)
        if any(name in request.COOKIES or name in response.cookies for name in _OF_A_VISIT):
            response["Cache-Control"] = "private, no-store"
            return response
        if (
            not isinstance(response, HttpResponse)
            or request.method not in {"GET", "HEAD"}
            or response.status_code != 200
        ):
            return response
        if response.has_header("Cache-Control"):
            return response
        has_keys = _TOKEN.search(response.content) is not None
        response["Cache-Control"] = "private, no-cache" if has_keys or response.cookies else "no-cache"
        if shows_a_secret(request):
            return response
        response["ETag"] = f'"{_mark(request, response.content, has_keys=has_keys)}"'
        return get_conditional_response(request, etag=response["ETag"], response=response) or response


def _mark(request: HttpRequest, content: bytes, *, has_keys: bool) -> str:
    """Changes with the words of a page, and with the secret behind its form keys, but not with their masks."""
    mark = blake2b(_TOKEN.sub(b"", content), digest_size=16)
    if has_keys:
        mark.update(salted_hmac("mitstadt.site.delivery", request.META.get("CSRF_COOKIE", "")).digest())
    return mark.hexdigest()
