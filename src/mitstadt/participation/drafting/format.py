"""What the drafting format declares: what it opens, its pages, its desk, and what waits in a text."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mitstadt.participation.drafting.actions.editions import publish_edition
from mitstadt.participation.drafting.board import where_most_waits
from mitstadt.participation.drafting.demo.scene import SCENE
from mitstadt.participation.drafting.desk import DESK
from mitstadt.participation.drafting.models import FORMAT, Contribution, CoText, Shape
from mitstadt.spine import formats
from mitstadt.spine.actors import Actor
from mitstadt.spine.deeds import Deed
from mitstadt.spine.models import Part


def _is_ready(part: Part) -> bool:
    text = CoText.objects.filter(pk=part.pk).first()
    if text is None:
        return False
    return text.editions.exists() or text.working_passages.exclude(shape=Shape.FURNITURE).exists()


def _on_opening(part: Part, actor: Actor, now: datetime) -> None:
    text = CoText.objects.get(pk=part.pk)
    if not text.editions.exists():
        publish_edition(text, actor=actor, now=now)


def _page(name: str) -> Callable[[Part], str]:
    def address(part: Part) -> str:
        return reverse(name, args=[part.ref])

    return address


def _waiting(part: Part) -> str:
    return f"{reverse('editing_desk', args=[part.ref])}?stand=offen"


DRAFTING = formats.Format(
    key=FORMAT,
    name=_("Gemeinsam schreiben"),
    summary=_("Ein Text, Stelle für Stelle: kommentieren, fragen, eigene Wortlaute vorschlagen."),
    part=CoText,
    opens=frozenset({Deed.CONTRIBUTE, Deed.COMMENT, Deed.SUPPORT}),
    contribution_kinds=frozenset({Contribution.KIND}),
    is_ready=_is_ready,
    on_opening=_on_opening,
    call=_("Text lesen und mitreden"),
    take_part=_page("text"),
    paper_form=_page("text_paper"),
    results=_page("synopsis"),
    work=_page("editing_desk"),
    work_label=_("Antworten und Redaktion"),
    waiting=_waiting,
    prepare=formats.Preparation(_page("text_preview"), _("Text laden"), _("Text prüfen und ändern")),
    desk=DESK,
    board=where_most_waits,
    scene=SCENE,
)
