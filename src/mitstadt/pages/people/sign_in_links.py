"""A link that signs one account in, once, within an hour: for the first day, and where no mail arrives.

Only who runs the machine can make one. It holds no password and is kept nowhere: it is signed with what the account is
at this moment, so that signing in, by this link or otherwise, ends it.
"""

from __future__ import annotations

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.crypto import salted_hmac

from mitstadt.ground.people.models import Person

VALID_FOR_S = 3600
_SALT = "sign-in-link"


def sign_in_link(person: Person) -> str:
    """The whole address; whoever has it is this person until it is used."""
    token = signing.dumps([person.pk, _as_it_is(person)], salt=_SALT)
    return f"{settings.PUBLIC_URL}{reverse('sign_in_link', args=[token])}"


def person_of(token: str) -> Person | None:
    """Whom the link signs in; nobody where it is too old, was used, or was never made here."""
    try:
        key, as_it_was = signing.loads(token, salt=_SALT, max_age=VALID_FOR_S)
    except (signing.BadSignature, ValueError):
        return None
    person = Person.objects.filter(pk=key, is_active=True).first()
    return person if person is not None and _as_it_is(person) == as_it_was else None


def _as_it_is(person: Person) -> str:
    """A mark that changes when somebody signs in, or with the address or the password; it tells nothing by itself."""
    last = person.last_login.isoformat() if person.last_login else ""
    parts = [last, person.email or "", person.get_session_auth_hash()]
    return salted_hmac(_SALT, "\n".join(parts)).hexdigest()[:32]
