"""Sort what people contributed by theme, so that those who answer see together what belongs together."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from mitstadt.ground.words import clean_words
from mitstadt.spine import own_verbs as verbs
from mitstadt.spine.actions.acts import record_act
from mitstadt.spine.actions.locking import lock_all
from mitstadt.spine.actions.notices import tell_of_theme
from mitstadt.spine.actions.tallies import recounted
from mitstadt.spine.actors import Actor
from mitstadt.spine.deeds import Deed
from mitstadt.spine.errors import Refused, require
from mitstadt.spine.models import Part, Record
from mitstadt.spine.permits import permit
from mitstadt.spine.search.indexing import refresh_entry

MOST_CHARACTERS = 60


def set_theme(part: Part, records: Collection[Record], *, actor: Actor, theme: str, now: datetime) -> None:
    """Give all these records of the part one theme; an empty one takes theirs away."""
    theme = " ".join(clean_words(theme).split())
    if len(theme) > MOST_CHARACTERS:
        raise Refused("theme_too_long")
    if not records or any(record.part_id != part.pk for record in records):
        raise Refused("nothing_to_answer")
    with transaction.atomic():
        records = lock_all(records)
        require(permit(actor, Deed.ANSWER, part, now=now))
        keys = [one.pk for one in records]
        newly = {one.pk for one in records if one.theme != theme}
        with recounted(keys):
            Record.objects.filter(pk__in=keys).update(theme=theme)
        for one in records:
            one.theme = theme
            refresh_entry(one)
        refs = sorted(one.ref for one in records)
        tell_of_theme([one for one in records if one.pk in newly], theme, now=now)
        record_act(actor=actor, verb=verbs.SET_THEME, record=part, now=now, details={"theme": theme, "on": refs})
