"""A promise that was kept is open again as soon as something waits: the system says so, in public."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db.models import Q

from mitstadt.spine import verbs_of_change
from mitstadt.spine.actions.acts import hold_log, record_act
from mitstadt.spine.actions.notices import tell_followers
from mitstadt.spine.models import Commitment, Process

_SETTLED = Q(kept_at__isnull=False) | Q(released_at__isnull=False)


def open_promises_again(rooms: Collection[int], *, now: datetime) -> None:
    """Let what these rooms promised no longer count as kept, where it did; in the transaction of what is new.

    Whoever calls it has locked all records that change; the log comes next, and commitments that are settled after it.
    """
    if not Commitment.objects.filter(_SETTLED, process__in=rooms).exists():
        return
    hold_log()
    settled = Commitment.objects.select_for_update().filter(_SETTLED, process__in=rooms).order_by("pk")
    for commitment in settled:
        commitment.kept_at = commitment.released_at = None
        commitment.save(update_fields=["kept_at", "released_at"])
        process = Process.objects.select_related("organisation").get(pk=commitment.process_id)
        record_act(actor=None, verb=verbs_of_change.PROMISE_OPEN_AGAIN, record=process, now=now)
        tell_followers([process], verbs_of_change.PROMISE_OPEN_AGAIN, now=now)
