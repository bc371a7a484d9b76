"""``./mitstadt account``: help somebody who lost a device or an address, and let them know that it happened."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import override

from mitstadt.ground import clock
from mitstadt.ground.commands import Told, Typed
from mitstadt.ground.languages import of_the_city
from mitstadt.ground.mail.sending import Letter, send
from mitstadt.ground.people.events import note_event
from mitstadt.ground.people.factors import take_off_second_factor
from mitstadt.ground.people.models import EventKind, Person
from mitstadt.ground.people.sessions import end_sessions
from mitstadt.methods.shared.errors import MethodError
from mitstadt.pages.people.adapter import shared_context


def run(options: Typed) -> Told:
    """Do what was asked, all or nothing, and end every session of the account."""
    wanted = _address(options.new_address) if options.new_address else ""
    if not (options.take_off_second_factor or options.end_sessions or wanted):
        raise MethodError("nothing_asked", "Say what to do: --take-off-second-factor, --end-sessions or --new-address.")
    with transaction.atomic():
        rows = Person.objects.select_for_update().filter(email__iexact=options.address.strip(), is_active=True)
        person = rows.first()
        if person is None:
            raise MethodError("no_such_account", f"There is no account with the address “{options.address}”.")
        told = _done(person, wanted, take_off=options.take_off_second_factor)
    return Told([f"{sentence}." for sentence in told], {"done": told})


def _done(person: Person, wanted: str, *, take_off: bool) -> list[str]:
    now, told = clock.now(), []
    # First, since it may be refused: then nobody is told anything.
    if wanted:
        old = str(person.email)
        _move(person, wanted)
        note_event(person, EventKind.ADDRESS_CHANGED, now=now)
        for address in (old, wanted):
            _tell(person, address, "email_changed", from_email=old, to_email=wanted)
        told.append(f"The address of the account is now {wanted}")
    if take_off:
        count = take_off_second_factor(person)
        note_event(person, EventKind.FACTOR_TAKEN_OFF, now=now)
        _tell(person, str(person.email), "factor_taken_off")
        told.append(f"Removed {count} apps, keys and sets of spare codes")
    ended = end_sessions(person)
    if ended:
        note_event(person, EventKind.SESSION_ENDED, now=now)
    return [*told, f"Ended {ended} sessions"]


def _move(person: Person, wanted: str) -> None:
    others = Person.objects.filter(email__iexact=wanted).exclude(pk=person.pk)
    if others.exists() or EmailAddress.objects.filter(email__iexact=wanted).exclude(user=person).exists():
        raise MethodError("address_taken", f"Another account has the address “{wanted}” already.")
    EmailAddress.objects.filter(user=person).delete()
    EmailAddress.objects.create(user=person, email=wanted, verified=True, primary=True)
    person.email = wanted
    person.save(update_fields=["email"])


def _address(typed: str) -> str:
    address = typed.strip().lower()
    try:
        validate_email(address)
    except ValidationError as error:
        raise MethodError("no_address", f"“{typed}” is no e-mail address.") from error
    return address


def _tell(person: Person, address: str, mail: str, **words: str) -> None:
    with override(of_the_city(person.language)):
        context = {**shared_context(), "timestamp": clock.now(), **words}
        subject = render_to_string(f"account/email/{mail}_subject.txt", context)
        send(Letter(address, subject, render_to_string(f"account/email/{mail}_message.txt", context)))
