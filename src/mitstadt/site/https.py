"""A city with an https address is always answered as such: whoever comes without TLS is sent there, once."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect

_MARK = "mitstadt_https"
_MARK_S = 30


class SecureAddressMiddleware:
    """Tells Django that a visitor came with TLS, unless our proxy says they did not; then it sends them to https.

    A proxy that forgets X-Forwarded-Proto, or an inner one that says “http” of what an outer one deciphered, must not
    send people round in circles. Our cookies come back with TLS alone: whoever brings one has come by https, whatever
    the header says. The redirect leaves such a mark for half a minute.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request, or lead to the same page by https."""
        if not settings.SERVED_SECURELY:
            return self.get_response(request)
        if _came_without_tls(request):
            answer = HttpResponsePermanentRedirect(settings.PUBLIC_URL + request.get_full_path())
            answer.headers["Cache-Control"] = "no-store"
            answer.set_cookie(_MARK, "1", max_age=_MARK_S, secure=True, httponly=True, samesite="Lax")
            return answer
        request.META["wsgi.url_scheme"] = "https"
        request.environ["wsgi.url_scheme"] = "https"  # type: ignore[attr-defined]  # every server hands it over
        return self.get_response(request)


def _came_without_tls(request: HttpRequest) -> bool:
    said = request.headers.get("X-Forwarded-Proto", "") if settings.TRUSTED_PROXIES else ""
    by_tls_alone = {_MARK, settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME}
    return said.rpartition(",")[2].strip().lower() == "http" and not by_tls_alone & request.COOKIES.keys()
