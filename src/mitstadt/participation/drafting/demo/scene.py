"""The scene of writing together: which stories it tells, and what to look at in the first of them."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mitstadt.participation.drafting.demo.own_text import open_file
from mitstadt.participation.drafting.demo.writing import Writing
from mitstadt.participation.drafting.models import Contribution, CoText
from mitstadt.spine.models import AnswerDecision, Appeal, Process, RecordState
from mitstadt.spine.stage import Place, Scene

# The text that most of the city is about comes first.
STORIES = (
    "leitbild",
    "leopoldplatz",
    "gropiusstadt",
    "lichtenberg",
    "marzahn",
    "toiletten",
    "pankow",
    "koepenick",
    "florastrasse",
    "spandau",
)


def places(process: Process) -> Iterator[Place]:
    """The text, and contributions that went different ways."""
    if text := CoText.objects.filter(room=process.pk).order_by("pk").first():
        yield Place(_("Das Leitbild, an dem Mitte gemeinsam schreibt"), reverse("text", args=[text.ref]), text.ref)
    for says, found in _trails(process):
        if record := found.order_by("-support_count", "pk").first():
            yield Place(says, reverse("trail", args=[record.ref]), record.ref)


def _trails(process: Process) -> Iterator[tuple[str | Promise, QuerySet[Contribution]]]:
    said = Contribution.objects.filter(room=process)
    public = said.filter(state=RecordState.PUBLISHED)
    restored = Appeal.objects.filter(upheld=True).values("case__record")
    yield _("Ein Vorschlag, der wörtlich im Text steht"), public.filter(links_out__type="taken_up_in")
    yield (
        _("Ein Beitrag, der teilweise übernommen wurde, mit Grund"),
        public.filter(answer_state=AnswerDecision.PARTLY, channel="paper"),
    )
    yield _("Ein Beitrag, der ausgeblendet und nach Widerspruch wieder gezeigt wurde"), public.filter(pk__in=restored)
    yield _("Ein Beitrag, den jemand zurückgezogen hat"), said.filter(state=RecordState.WITHDRAWN)


SCENE = Scene(
    content=files("mitstadt.participation.drafting.demo") / "content",
    stories=STORIES,
    perform=Writing,
    places=places,
    open_file=open_file,
)
