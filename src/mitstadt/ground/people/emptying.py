"""Empty a person's row by right: nothing in it leads back to anyone, and nobody can sign in with it again."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator

from mitstadt.ground.people.models import AccountEvent, DigestRhythm, Person
from mitstadt.ground.people.sessions import end_sessions


def empty_person(person: Person) -> None:
    """Remove addresses, keys and the name. Every session of theirs ends."""
    EmailAddress.objects.filter(user=person).delete()
    Authenticator.objects.filter(user=person).delete()
    AccountEvent.objects.filter(person=person).delete()
    end_sessions(person)
    person.email = None
    person.display_name = person.language = ""
    person.digest_rhythm = DigestRhythm.OFF
    person.digest_sent_at = person.last_login = person.name_clashes_since = None
    person.is_active = False
    person.set_unusable_password()
    person.save()
