"""The link at the foot of a digest: it ends the digest of one person without a sign-in, and does nothing else."""

from __future__ import annotations

from django.core import signing

from mitstadt.ground.people.models import DigestRhythm, Person

_SALT = "mitstadt.digest.off"


def token_for(person: Person) -> str:
    """A signed word for this person; it does not expire, since people find old mails."""
    return signing.Signer(salt=_SALT).sign(str(person.pk))


def end_digest(token: str) -> bool:
    """End the digest of the person to whom the token belongs; False for a token that we did not sign."""
    try:
        key = signing.Signer(salt=_SALT).unsign(token)
    except signing.BadSignature:
        return False
    Person.objects.filter(pk=key).update(digest_rhythm=DigestRhythm.OFF)
    return True


def is_ours(token: str) -> bool:
    """Whether we signed this token."""
    try:
        signing.Signer(salt=_SALT).unsign(token)
    except signing.BadSignature:
        return False
    return True
