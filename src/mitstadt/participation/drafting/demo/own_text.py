"""Open someone's own text as a process of the demo city, with a complete commitment."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from mitstadt.ground.organisations.models import Organisation
from mitstadt.participation.drafting import computations
from mitstadt.participation.drafting.actions.working_copy import import_text
from mitstadt.participation.drafting.models import FORMAT, CoText, Shape
from mitstadt.spine.actions.parts import plan_part
from mitstadt.spine.actions.processes import open_process, prepare_process, write_commitment
from mitstadt.spine.actors import Actor
from mitstadt.spine.models import ParticipationLevel
from mitstadt.spine.stage import Opened

_OPEN_FOR = timedelta(days=42)
_ANSWERS_AFTER = timedelta(days=70)
_LONGEST_QUESTION = 200


def open_file(data: bytes, name: str, *, host: Organisation, owner: Actor, now: datetime) -> Opened:
    """Open the text to the city; the same text a second time leads to the one that is there.

    Raises a `ReadingError` with a sentence where the file cannot be read.
    """
    read = computations.read_file(data, name)
    there = _same_text(read, name, host)
    if there:
        return Opened(there, was_there=True)
    with transaction.atomic():
        return Opened(_opened(read, name, host=host, owner=owner, now=now), was_there=False)


def _opened(read: computations.ReadText, name: str, *, host: Organisation, owner: Actor, now: datetime) -> CoText:
    title = (read.title or name)[:_LONGEST_QUESTION]
    process = prepare_process(
        host=host,
        actor=owner,
        title=f"Was sagen Sie zu „{title}“?",
        body="Dieser Text wurde beim Start der Demo geladen. Lesen, kommentieren, fragen und ändern Sie ihn.",
        area_id=host.area_id,
        now=now,
    )
    write_commitment(process, actor=owner, fields=_commitment(host, now), now=now)
    part = plan_part(
        process,
        actor=owner,
        format_key=FORMAT,
        title="Gemeinsam schreiben",
        opens_at=now,
        closes_at=now + _OPEN_FOR,
        now=now,
    )
    text = CoText.objects.select_related("room__host").get(pk=part.pk)
    import_text(text, actor=owner, read=read, source_name=name, now=now)
    open_process(process, actor=owner, now=now)
    return CoText.objects.select_related("room").get(pk=text.pk)


def _commitment(host: Organisation, now: datetime) -> dict[str, object]:
    return {
        "what_is_open": "Jeder Absatz dieses Textes: was darin steht, was fehlt und wie es gesagt ist.",
        "what_is_fixed": "Nichts. Diese Beteiligung gibt es, um die Plattform auszuprobieren.",
        "decided_by_id": host.slug,
        "level": ParticipationLevel.COOPERATE,
        "use_of_results": "Jeder Beitrag wird beantwortet; daraus wird eine zweite Fassung und eine Synopse.",
        "answer_by": timezone.localdate(now + _ANSWERS_AFTER),
        "money": "Keines. Es ist eine Vorführung.",
    }


def _same_text(read: computations.ReadText, name: str, host: Organisation) -> CoText | None:
    words = [passage.words for passage in read.passages if passage.shape != Shape.FURNITURE]
    texts = CoText.objects.filter(source_name=name, organisation=host)
    for text in texts:
        first = text.editions.filter(number=1).first()
        if first and list(first.passages.order_by("position").values_list("body", flat=True)) == words:
            return text
    return None
