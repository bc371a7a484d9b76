"""Who asks, for the frame of every page."""

from typing import Any

from django.http import HttpRequest


def who_asks(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `user` and `actor`, both lazy."""
    return {"user": request.user, "actor": getattr(request, "actor", None)}
