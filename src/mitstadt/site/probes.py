"""Answers to machines, before anything else: whether this process lives, whether the city can work here, the figures.

They come first in the middleware: a load balancer asks by the number of the machine and without TLS, and must be
answered while the database is away.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from mitstadt.site.metrics.page import metrics
from mitstadt.site.readiness import troubles


class ProbesMiddleware:
    """Answers the three addresses, whatever host was asked for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a machine, or let the city answer."""
        answer = _ANSWERS.get(request.path_info)
        if answer is None:
            return self.get_response(request)
        response = answer(request) if request.method in {"GET", "HEAD"} else _plain("Nur GET.", 405)
        response.headers["Cache-Control"] = "no-store"
        return response


def _lives(_request: HttpRequest) -> HttpResponse:
    return _plain("Es geht mir gut.")


def _ready(_request: HttpRequest) -> HttpResponse:
    found = troubles()
    return _plain("\n".join(found), 503) if found else _plain("Bereit.")


def _plain(text: str, status: int = 200) -> HttpResponse:
    return HttpResponse(f"{text}\n", content_type="text/plain; charset=utf-8", status=status)


_ANSWERS: dict[str, Callable[[HttpRequest], HttpResponse]] = {
    "/gesund/": _lives,
    "/bereit/": _ready,
    "/metriken/": metrics,
}
