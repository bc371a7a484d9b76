"""Counts answers; installed only where somebody may read the figures."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from mitstadt.site.metrics.counts import REQUESTS, SECONDS

_METHODS = frozenset({"GET", "HEAD", "POST"})


class CountingMiddleware:
    """Counts each answer by the name of its page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, and count."""
        started = time.perf_counter()
        response = self.get_response(request)
        match = request.resolver_match
        page = (match.url_name if match else None) or "other"
        method = request.method if request.method in _METHODS else "other"
        REQUESTS.labels(page, method, f"{response.status_code // 100}xx").inc()
        SECONDS.labels(page).observe(time.perf_counter() - started)
        return response
