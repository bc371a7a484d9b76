"""What the drafting format declares: what it opens, its paper form, result page and export."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mitstadt.participation.drafting.actions.editions import publish_edition
from mitstadt.participation.drafting.models import Contribution, CoText, Shape
from mitstadt.spine import formats
from mitstadt.spine.actors import Actor
from mitstadt.spine.deeds import Deed
from mitstadt.spine.models import Phase

KEY = "drafting"


def _is_ready(phase: Phase) -> bool:
    text = CoText.objects.filter(phase=phase).first()
    if text is None:
        return False
    return text.editions.exists() or text.working_passages.exclude(shape=Shape.FURNITURE).exists()


def _on_opening(phase: Phase, actor: Actor, now: datetime) -> None:
    text = CoText.objects.get(phase=phase)
    if not text.editions.exists():
        publish_edition(text, actor=actor, now=now)


def _page(name: str) -> Callable[[Phase], str]:
    def address(phase: Phase) -> str:
        return reverse(name, args=[phase.process.ref])

    return address


DRAFTING = formats.Format(
    key=KEY,
    name=_("Gemeinsam schreiben"),
    summary=_("Ein Text, Absatz für Absatz: kommentieren, fragen, eigene Wortlaute vorschlagen."),
    opens=frozenset({Deed.CONTRIBUTE, Deed.COMMENT, Deed.SUPPORT}),
    contribution_kind=Contribution.KIND,
    is_ready=_is_ready,
    on_opening=_on_opening,
    take_part=_page("text"),
    paper_form=_page("text_paper"),
    results=_page("synopsis"),
    work=_page("editing_desk"),
    prepare=_page("text_preview"),
    # The addresses of a text carry the ref of its process, on paper too.
    once=True,
)
