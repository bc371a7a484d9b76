"""What a clerk types from a slip about a text, looked up: passages by number or ref."""

from __future__ import annotations

from mitstadt.ground.refs import parse_ref
from mitstadt.participation.drafting.models import CoText, Passage


def passage_named(text: CoText, typed: str) -> Passage | None:
    """The passage of the newest edition with this number, or the passage of any edition with this ref."""
    passages = Passage.objects.filter(edition__text=text).select_related("edition", "room__host", "part__room")
    number = "".join(typed.split()).replace(",", ".").replace("–", "-").strip(".")
    found = passages.filter(number__iexact=number).order_by("-edition__number").first() if number else None
    if found is not None:
        return found
    ref = parse_ref(typed)
    return passages.filter(ref=ref).first() if isinstance(ref, str) else None


def passage_choices(text: CoText) -> list[tuple[str, str]]:
    """Number and beginning of every passage of the newest edition; two queries."""
    edition = text.editions.order_by("-number").first()
    if edition is None:
        return []
    rows = edition.passages.order_by("position").values_list("number", "body")
    return [(number, body[:80]) for number, body in rows]
