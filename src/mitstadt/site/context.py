"""Who asks, for the frame of every page."""

from typing import Any

from django.http import HttpRequest

from mitstadt.spine.actors import Actor
from mitstadt.spine.queries.news import fresh_count


def who_asks(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `user` and `actor`, both lazy; and how many news the person has, asked by who shows it."""
    actor = getattr(request, "actor", None)
    return {"user": request.user, "actor": actor, "fresh_news": lambda: _fresh_news(actor)}


def _fresh_news(actor: Actor | None) -> int:
    """Nothing for guests and people with a code, who are told nothing; one query for everyone else."""
    person = actor.person if actor else None
    return fresh_count(person) if person and person.has_account else 0
