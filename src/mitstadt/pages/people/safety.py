"""What follows when something about an account changes: its owner can read it, other sessions end, a line is logged."""

from __future__ import annotations

from typing import Any

from allauth.account import signals as account
from allauth.account.adapter import get_adapter
from allauth.mfa import signals as factors
from allauth.mfa.models import Authenticator
from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.http import HttpRequest

from mitstadt.ground import clock
from mitstadt.ground.people.events import note_event, tell_operator
from mitstadt.ground.people.models import EventKind, Person
from mitstadt.ground.people.sessions import end_sessions, note_beginning


def connect() -> None:
    """Listen to the sign-in library."""
    user_logged_in.connect(_signed_in, dispatch_uid="safety")
    user_login_failed.connect(_sign_in_failed, dispatch_uid="safety")
    for refused in (account.login_code_rejected, factors.authentication_failed):
        refused.connect(_code_refused, dispatch_uid="safety")
    for changed in (account.password_set, account.password_changed, account.password_reset):
        changed.connect(_password_changed, dispatch_uid="safety")
    account.email_changed.connect(_address_changed, dispatch_uid="safety")
    factors.authenticator_added.connect(_factor_added, dispatch_uid="safety")
    factors.authenticator_removed.connect(_factor_removed, dispatch_uid="safety")
    factors.authenticator_reset.connect(_spare_codes_made, dispatch_uid="safety")


def tell_deleted(address: str) -> None:
    """A last mail to whoever had the account; afterwards we do not know the address any more."""
    tell_operator("account_deleted")
    get_adapter().send_mail("account/email/account_deleted", address, {})


def _signed_in(request: HttpRequest, user: Person, **_more: Any) -> None:
    note_beginning(request.session, user_agent=request.META.get("HTTP_USER_AGENT", ""))
    note_event(user, EventKind.SIGNED_IN, now=clock.now())


def _sign_in_failed(credentials: dict[str, Any], **_more: Any) -> None:
    address = str(credentials.get("email", ""))
    person = Person.objects.filter(email__iexact=address, is_active=True).first() if address else None
    if person is None:
        tell_operator(EventKind.SIGN_IN_FAILED)
    else:
        note_event(person, EventKind.SIGN_IN_FAILED, now=clock.now())


def _code_refused(user: Person | None = None, **_more: Any) -> None:
    if isinstance(user, Person):
        note_event(user, EventKind.SIGN_IN_FAILED, now=clock.now())


def _password_changed(request: HttpRequest, user: Person, **_more: Any) -> None:
    _changed(request, user, EventKind.PASSWORD_CHANGED)


def _address_changed(request: HttpRequest, user: Person, from_email_address: object = None, **_more: Any) -> None:
    # The first address of a new account is no change.
    if from_email_address is not None:
        _changed(request, user, EventKind.ADDRESS_CHANGED)


def _factor_added(request: HttpRequest, user: Person, authenticator: Authenticator, **_more: Any) -> None:
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        note_event(user, EventKind.SPARE_CODES_MADE, now=clock.now())
    else:
        _changed(request, user, EventKind.FACTOR_ADDED)


def _factor_removed(user: Person, authenticator: Authenticator, **_more: Any) -> None:
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        note_event(user, EventKind.FACTOR_REMOVED, now=clock.now())


def _spare_codes_made(user: Person, **_more: Any) -> None:
    note_event(user, EventKind.SPARE_CODES_MADE, now=clock.now())


def _changed(request: HttpRequest, person: Person, kind: EventKind) -> None:
    """Note it, and end the sessions elsewhere: whoever sits there signed in by what no longer holds."""
    now = clock.now()
    note_event(person, kind, now=now)
    here = request.session.session_key if request.user == person else None
    if end_sessions(person, but=here):
        note_event(person, EventKind.SESSION_ENDED, now=now)
