"""At the door of the city: who asks for another host is told so, and every answer says what a page may not use."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse

from mitstadt.ui.bare import unknown_host

# Nothing here asks for any of them; the sign-in alone uses keys.
_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer", "autoplay", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer",
        "microphone", "midi", "payment", "usb",
    )
)  # fmt: skip


class DoorMiddleware:
    """A sentence (400) under a host name that is not ours; scanners ask so all day, and leave one line in the log."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer of the city, or the sentence."""
        try:
            request.get_host()
        except DisallowedHost:
            answer = unknown_host(settings.PUBLIC_URL)
        else:
            answer = self.get_response(request)
        answer.headers["Permissions-Policy"] = _POLICY
        return answer
