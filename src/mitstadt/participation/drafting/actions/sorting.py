"""Sort contributions by theme, so that those who answer see together what belongs together."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from mitstadt.participation.drafting import verbs
from mitstadt.participation.drafting.models import Contribution, CoText
from mitstadt.spine.actions.acts import record_act
from mitstadt.spine.actions.tallies import recounted
from mitstadt.spine.actors import Actor
from mitstadt.spine.deeds import Deed
from mitstadt.spine.errors import Refused, require
from mitstadt.spine.permits import permit

MOST_CHARACTERS = 60


def set_theme(
    text: CoText, contributions: Collection[Contribution], *, actor: Actor, theme: str, now: datetime
) -> None:
    """Give all these contributions one theme; an empty one takes theirs away."""
    require(permit(actor, Deed.ANSWER, text, now=now))
    theme = " ".join(theme.split())
    if len(theme) > MOST_CHARACTERS:
        raise Refused("theme_too_long")
    if not contributions:
        raise Refused("nothing_to_answer")
    with transaction.atomic():
        keys = [one.pk for one in contributions]
        with recounted(keys):
            Contribution.objects.filter(pk__in=keys).update(theme=theme)
        refs = sorted(one.ref for one in contributions)
        record_act(actor=actor, verb=verbs.SET_THEME, record=text, now=now, details={"theme": theme, "on": refs})
