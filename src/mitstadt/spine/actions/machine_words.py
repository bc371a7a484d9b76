"""Let the machine of the operator translate what is public, once for each language and wording."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from django.core.cache import cache
from django.db import transaction

from mitstadt.ground.languages import base_of
from mitstadt.ground.translating import service
from mitstadt.spine.actions.limits import count_one
from mitstadt.spine.actions.locking import lock
from mitstadt.spine.errors import Refused
from mitstadt.spine.models import MachineTranslation, Record
from mitstadt.spine.queries.machine_words import MOST_SIGNS, digest_of, is_for_all, machine_words, words_to_translate

TRANSLATIONS_PER_HOUR = 60
# After a failure nobody waits for the same machine again for so long.
_REST_SECONDS = 60
_RESTS = "translation-service-rests"
_log = logging.getLogger(__name__)

Ask = Callable[..., list[str]]


def translate_by_machine(
    record: Record, language: str, *, connection_address: str, now: datetime, ask: Ask = service.translate
) -> MachineTranslation:
    """What the machine says of a public record; asked once, then kept. No lock is held while it thinks.

    Refused where there is no service, where not everyone may read the record, and where the machine fails.
    """
    source = base_of(record.language)
    if not service.is_configured() or source == language:
        raise Refused("translation_not_offered")
    if not is_for_all(record):
        raise Refused("record_not_public")
    if made := machine_words(record, language):
        return made
    words = words_to_translate(record)
    if not words or sum(map(len, words.values())) > MOST_SIGNS:
        raise Refused("translation_not_offered")
    count_one("translation", connection_address, most=TRANSLATIONS_PER_HOUR, now=now)
    said = _asked(list(words.values()), source=source, target=language, ask=ask)
    return _keep(record, language, dict(zip(words, said, strict=True)), of=digest_of(words), now=now)


def _asked(texts: list[str], *, source: str, target: str, ask: Ask) -> list[str]:
    if cache.get(_RESTS):
        raise Refused("translation_failed")
    try:
        return ask(texts, source=source, target=target)
    except service.TranslationError as failure:
        cache.set(_RESTS, True, _REST_SECONDS)
        _log.warning("The translation service failed. %s", failure)
        raise Refused("translation_failed") from failure


def _keep(record: Record, language: str, said: dict[str, str], *, of: str, now: datetime) -> MachineTranslation:
    """Keep it, if the record still says what the machine was asked, and still says it to everyone."""
    with transaction.atomic():
        lock(record)
        if not is_for_all(record) or digest_of(words_to_translate(record)) != of:
            raise Refused("record_not_public")
        made, _new = MachineTranslation.objects.update_or_create(
            record_id=record.pk, language=language, defaults={"digest": of, "words": said, "made_at": now}
        )
    return made
