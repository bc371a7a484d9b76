"""What can be followed, as its control shows it."""

from __future__ import annotations

from datetime import datetime

from mitstadt.spine.actors import Actor
from mitstadt.spine.deeds import Deed
from mitstadt.spine.following import Target
from mitstadt.spine.permits import Permit, permit_following, permit_on
from mitstadt.spine.queries.follows import follows_target
from mitstadt.ui import parts


def follow_control_of(target: Target, *, actor: Actor, now: datetime, refusal: str = "") -> parts.FollowControl | None:
    """The control of one target; nothing where nobody can follow it now. At most one query, none for guests."""
    permit = permit_to_follow(target, actor=actor, now=now)
    if not permit and permit.reason != "needs_account":
        return None
    return parts.FollowControl(
        kind=target.kind,
        words=target.words,
        name=target.name,
        language=target.language,
        address=target.address,
        is_followed=bool(permit) and follows_target(target, actor=actor),
        is_open=bool(permit),
        refusal=refusal,
    )


def permit_to_follow(target: Target, *, actor: Actor, now: datetime) -> Permit:
    """Whether this person may follow it, or why not."""
    if target.record is not None:
        return permit_on(actor, Deed.FOLLOW, target.record, now=now)
    return permit_following(actor)
