"""Invite somebody by mail to a role: the link sets up an account or adds the role to one; it lapses or is revoked."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language, gettext

from mitstadt.ground import codes
from mitstadt.ground.mail.sending import Letter, send
from mitstadt.ground.organisations.models import Organisation, Role
from mitstadt.ground.people.models import Person
from mitstadt.spine import office_verbs as verbs
from mitstadt.spine.actions.acts import record_act
from mitstadt.spine.actions.locking import lock, lock_row
from mitstadt.spine.actors import Actor, actor_for
from mitstadt.spine.deeds import Deed
from mitstadt.spine.errors import Refused, require
from mitstadt.spine.models import RoleInvitation, Room
from mitstadt.spine.permits import Permit, permit, permit_leading
from mitstadt.spine.verbs import Verb

HOLDS_FOR = timedelta(days=14)
MOST_OPEN = 100
# When one ended, its address is kept so long, for those who ask what became of it.
FORGET_AFTER = timedelta(days=90)


def account_of(email: str) -> Person | None:
    """The person whose account has this address."""
    return Person.objects.filter(email__iexact=email.strip(), is_active=True).first()


def invite(place: Organisation | Room, *, actor: Actor, email: str, role: Role, now: datetime) -> RoleInvitation:
    """Send the link; asked again for the same role, the earlier link ends and the new one holds."""
    address = email.strip().lower()
    where = _at(place)
    secret = codes.new_code(secrets.token_bytes)
    with transaction.atomic():
        _hold(place)
        require(_permit_giving(place, actor=actor, now=now))
        if open_invitations(now).filter(**where).count() >= MOST_OPEN:
            raise Refused("invitations_enough")
        unanswered = RoleInvitation.objects.filter(**where, email=address, role=role, accepted_at=None)
        unanswered.filter(revoked_at=None).update(revoked_at=now)
        made = RoleInvitation.objects.create(
            **where,
            email=address,
            role=role,
            digest=_digest(secret),
            invited_by=actor.person,
            invited_at=now,
            expires_at=now + HOLDS_FOR,
        )
        _record(made, verbs.INVITED_TO_ROLE, actor=actor, now=now)
        send(_letter(made, place_name(made), secret))
    return made


def revoke(made: RoleInvitation, *, actor: Actor, now: datetime) -> None:
    """Let the link lead nowhere any more."""
    with transaction.atomic():
        place = made.organisation or made.room
        _hold(place)
        kept = lock_row(made, reason="invitation_to_role_unknown")
        require(_permit_giving(place, actor=actor, now=now))
        if kept.accepted_at or kept.revoked_at:
            raise Refused("invitation_to_role_unknown")
        kept.revoked_at = now
        kept.save(update_fields=["revoked_at"])
        _record(kept, verbs.REVOKED_ROLE_INVITATION, actor=actor, now=now)


def invitation_to_role(typed: str, *, now: datetime) -> RoleInvitation:
    """The open invitation of this link."""
    read = codes.parse_code(typed)
    if isinstance(read, str):
        rows = open_invitations(now).select_related("organisation", "room__host", "invited_by")
        for found in rows.filter(digest=_digest(read)):
            if is_backed(found, now=now):
                return found
    raise Refused("invitation_to_role_unknown")


def accept(typed: str, *, actor: Actor, now: datetime) -> RoleInvitation:
    """Take on the role with the account that has the invited address."""
    if actor.person is None or not actor.person.has_account:
        raise Refused("needs_account")
    with transaction.atomic():
        made = _locked(typed, now=now)
        if (actor.person.email or "").lower() != made.email.lower():
            raise Refused("invitation_to_another")
        _give(made, actor.person, now=now)
    return made


def set_up(typed: str, *, display_name: str, now: datetime) -> Person:
    """A new account for the invited address, with the role; the link was sent there, so the address is proved."""
    with transaction.atomic():
        made = _locked(typed, now=now)
        if account_of(made.email) is not None:
            raise Refused("has_an_account")
        try:
            with transaction.atomic():
                person = Person.objects.create_account(email=made.email, display_name=display_name)
        except IntegrityError as error:
            raise Refused("has_an_account") from error
        person.language = get_language() or ""
        person.save(update_fields=["language"])
        EmailAddress.objects.create(user=person, email=made.email, verified=True, primary=True)
        _give(made, person, now=now)
    return person


def open_invitations(now: datetime) -> QuerySet[RoleInvitation]:
    """Those whose link still leads somewhere."""
    return RoleInvitation.objects.filter(accepted_at=None, revoked_at=None, expires_at__gt=now)


def is_backed(made: RoleInvitation, *, now: datetime) -> bool:
    """Whether whoever invited still leads there: nobody gives a role after they lost their own."""
    place = made.organisation or made.room
    return bool(_permit_giving(place, actor=actor_for(made.invited_by), now=now))


def place_name(made: RoleInvitation) -> str:
    """To which organisation or room it invites."""
    return made.organisation.name if made.organisation else made.room.title if made.room else ""


def forget_old_invitations(*, now: datetime) -> int:
    """Delete those that ended long ago, with the addresses in them."""
    limit = now - FORGET_AFTER
    ended = Q(accepted_at__lt=limit) | Q(revoked_at__lt=limit) | Q(accepted_at=None, expires_at__lt=limit)
    return RoleInvitation.objects.filter(ended).delete()[0]


def _give(made: RoleInvitation, person: Person, *, now: datetime) -> None:
    from mitstadt.spine.actions.organisations import give  # it invites, too
    from mitstadt.spine.actions.roles import give_in_room

    made.accepted_at, made.accepted_by = now, person
    made.save(update_fields=["accepted_at", "accepted_by"])
    role, actor = Role(made.role), actor_for(person)
    _record(made, verbs.ACCEPTED_ROLE, actor=actor, now=now)
    try:
        if made.organisation:
            give(made.organisation, person=person, role=role, actor=actor, now=now)
        elif made.room:
            give_in_room(made.room, person=person, role=role, actor=actor, now=now)
    except Refused as refusal:
        if refusal.reason != "role_given_already":
            raise


def _locked(typed: str, *, now: datetime) -> RoleInvitation:
    found = invitation_to_role(typed, now=now)
    _hold(found.organisation or found.room)
    kept = lock_row(found, reason="invitation_to_role_unknown")
    if not (open_invitations(now).filter(pk=kept.pk).exists() and is_backed(kept, now=now)):
        raise Refused("invitation_to_role_unknown")
    return kept


def _hold(place: Organisation | Room | None) -> None:
    """Wait until nobody else gives, takes or offers roles there."""
    if isinstance(place, Room):
        lock(place)
    elif place is not None:
        lock_row(place)


def _permit_giving(place: Organisation | Room | None, *, actor: Actor, now: datetime) -> Permit:
    if isinstance(place, Room):
        return permit(actor, Deed.ASSIGN_ROLES, place, now=now)
    return permit_leading(actor, place.pk if place else None)


def _at(place: Organisation | Room) -> dict[str, Organisation | Room]:
    return {"room": place} if isinstance(place, Room) else {"organisation": place}


def _digest(secret: str) -> str:
    return codes.digest(secret, pepper=settings.CODE_PEPPER)


def _letter(made: RoleInvitation, place: str, secret: str) -> Letter:
    context = {
        "site_name": settings.UI_SITE_NAME,
        "role": Role(made.role).label,
        "place": place,
        "days": HOLDS_FOR.days,
        "url": f"{settings.PUBLIC_URL}{reverse('role_invitation', args=[secret])}",
    }
    return Letter(
        to=made.email,
        subject=gettext("%(site)s: Einladung zu einer Aufgabe") % {"site": settings.UI_SITE_NAME},
        text=render_to_string("spine/role_invitation.txt", context),
        html=render_to_string("spine/role_invitation.html", context),
    )


def _record(made: RoleInvitation, verb: Verb, *, actor: Actor, now: datetime) -> None:
    details = {"role": made.role, **({"organisation": made.organisation.slug} if made.organisation else {})}
    record_act(actor=actor, verb=verb, record=made.room, now=now, content={"invitation": made.pk}, details=details)
