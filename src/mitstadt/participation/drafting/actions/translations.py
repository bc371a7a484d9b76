"""Put an edition beside itself in another language or in plain language, passage by passage."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from mitstadt.participation.drafting import verbs
from mitstadt.participation.drafting.actions.changing import changing
from mitstadt.participation.drafting.models import Edition
from mitstadt.spine.actions.acts import record_act
from mitstadt.spine.actions.records import checked_text
from mitstadt.spine.actors import Actor
from mitstadt.spine.errors import Refused
from mitstadt.spine.kept_words import translations_of
from mitstadt.spine.models import Translation
from mitstadt.spine.search.indexing import refresh_entry


def translate_edition(
    edition: Edition,
    *,
    actor: Actor,
    language: str,
    words: Mapping[str, str],
    now: datetime,
    made_by_machine: bool = False,
) -> int:
    """Give passages their words in a language, by their numbers; returns how many. Earlier words are replaced."""
    passages = {passage.number: passage for passage in edition.passages.filter(number__in=list(words))}
    if not words or passages.keys() != words.keys():
        raise Refused("passage_unknown")
    said = {number: checked_text(text) for number, text in words.items()}
    with changing(edition.text, actor=actor, now=now):
        Translation.objects.bulk_create(
            [
                Translation(
                    record_id=passages[number].pk,
                    language=language,
                    body=text,
                    made_by_machine=made_by_machine,
                )
                for number, text in said.items()
            ],
            update_conflicts=True,
            unique_fields=["record", "language"],
            update_fields=["title", "body", "made_by_machine"],
        )
        for number in said:
            refresh_entry(passages[number])
        record_act(
            actor=actor,
            verb=verbs.TRANSLATED_TEXT,
            record=edition.text,
            now=now,
            content=translations_of([passages[number] for number in said], language=language),
            details={"edition": edition.number, "language": language, "passages": len(words)},
        )
    return len(words)
