"""Everything that we hold about a person, as one JSON file, written while it is sent."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model, QuerySet
from django.db.models.options import Options

from mitstadt.ground.organisations.models import Membership
from mitstadt.ground.people.models import Person
from mitstadt.spine.authorship import authored_by, written_by
from mitstadt.spine.formats import all_formats
from mitstadt.spine.models import (
    Act,
    Appeal,
    Attachment,
    Authorship,
    Carried,
    Follow,
    ModerationCase,
    Notice,
    ParticipationCode,
    Place,
    Record,
    Report,
    RoomRole,
    Translation,
    Turn,
)

_AT_ONCE = 500
_PERSON = (
    "kind",
    "email",
    "display_name",
    "language",
    "digest_rhythm",
    "digest_sent_at",
    "created_at",
    "last_login",
)
_RECORD = (
    "ref",
    "kind",
    "state",
    "title",
    "body",
    "language",
    "room__ref",
    "area__official_name",
    "organisation__name",
    "channel",
    "created_at",
    "changed_at",
    "answer_state",
    "theme",
    "support_count",
    "guest_support_count",
    "held_support_count",
    "comment_count",
)


def everything_about(person: Person) -> Iterator[str]:
    """The file, piece by piece; a section a query, none of them held in memory as a whole."""
    yield "{" + f'\n"person": {_text({name: getattr(person, name) for name in _PERSON})}'
    for name, rows in _sections(person).items():
        yield f',\n"{name}": ['
        yield from _rows(rows)
        yield "]"
    yield "\n}\n"


def _rows(rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    for index, row in enumerate(rows):
        yield f"{',' if index else ''}\n{_text(row)}"


def _text(row: Mapping[str, Any]) -> str:
    return json.dumps(dict(row), cls=DjangoJSONEncoder, ensure_ascii=False)


def _sections(person: Person) -> dict[str, Iterable[Mapping[str, Any]]]:
    return {**_of_the_account(person), **_of_their_words(person), **_of_their_deeds(person), **_of_judgements(person)}


def _of_the_account(person: Person) -> dict[str, Iterable[Mapping[str, Any]]]:
    """Who they are here, with which tasks and codes."""
    return {
        "email_addresses": _values(EmailAddress.objects.filter(user=person), "email", "verified", "primary"),
        "sign_in_keys": _values(Authenticator.objects.filter(user=person), "type", "created_at", "last_used_at"),
        "memberships": _values(Membership.objects.filter(person=person), "organisation__name", "role"),
        "room_roles": _values(RoomRole.objects.filter(person=person), "room__ref", "role"),
        "participation_codes": _values(
            ParticipationCode.objects.filter(person=person), "room__ref", "channel", "issued_at", "first_used_at"
        ),
    }


def _of_their_words(person: Person) -> dict[str, Iterable[Mapping[str, Any]]]:
    """What they wrote, with all that hangs on it."""
    return {
        "records": _values(Record.objects.filter(written_by(person)), *_RECORD),
        **{f"{model.KIND}_details": _details(model, person) for model in _kinds()},
        **_kept_by_formats(person),
        "translations": _values(
            Translation.objects.filter(authored_by(person, "record__")), "record__ref", "language", "title", "body"
        ),
        "written_with_others": _values(
            Authorship.objects.filter(person=person),
            "record__ref",
            "organisation__name",
            "origin__ref",
            "invited_at",
            "confirmed_at",
        ),
        "places": _values(
            Place.objects.filter(authored_by(person, "record__")),
            "record__ref",
            "longitude",
            "latitude",
            "precision",
            "words",
        ),
        "files": _values(
            Attachment.objects.filter(authored_by(person, "record__")),
            "record__ref",
            "position",
            "file__key",
            "file__kind",
            "file__sha256",
            "description",
            "caption",
        ),
    }


def _of_their_deeds(person: Person) -> dict[str, Iterable[Mapping[str, Any]]]:
    """What they did besides, and what they were told."""
    return {
        "entered_for_others": _values(Record.objects.filter(entered_by=person), "ref", "created_at"),
        "turns": _values(Turn.objects.filter(person=person), "record__ref", "deed", "standing", "channel", "day", "at"),
        "went_on": _values(
            Carried.objects.filter(person=person), "what", "succession__source__ref", "succession__target__ref"
        ),
        "follows": _values(Follow.objects.filter(person=person), "record__ref", "created_at"),
        "notices": _values(
            Notice.objects.filter(person=person), "record__ref", "event", "created_at", "sent_at", "seen_at"
        ),
    }


def _of_judgements(person: Person) -> dict[str, Iterable[Mapping[str, Any]]]:
    """What they reported, what was decided about their words, and what the log says of them."""
    cases = ModerationCase.objects.filter(authored_by(person, "record__"))
    own = Record.objects.filter(written_by(person))
    return {
        "reports": _values(Report.objects.filter(reporter=person), "case__record__ref", "reason", "text", "created_at"),
        "moderation": _values(cases, "record__ref", "opened_at", "verdict", "rule", "reason", "decided_at"),
        "appeals": _values(
            Appeal.objects.filter(authored_by(person, "case__record__")),
            "case__record__ref",
            "text",
            "created_at",
            "upheld",
            "reason",
            "decided_at",
        ),
        "public_log": _values(
            Act.objects.filter(ref__in=own.values("ref")).order_by("index"), "index", "at", "verb", "ref"
        ),
    }


def _kept_by_formats(person: Person) -> dict[str, Iterable[Mapping[str, Any]]]:
    """What formats keep about a person in rows that are no records, each under the name of its format."""
    kept = {declared.key: declared.personal(person) for declared in all_formats() if declared.personal}
    return {f"{key}_{name}": rows for key, sections in kept.items() for name, rows in sections.items()}


def _values(rows: QuerySet[Any], *names: str) -> Iterable[Mapping[str, Any]]:
    ordered = rows if rows.query.order_by else rows.order_by("pk")
    return ordered.values(*names).iterator(chunk_size=_AT_ONCE)


def _kinds() -> list[type[Record]]:
    """Every kind of record that keeps a table of its own beside the record."""
    return [model for model in Record.__subclasses__() if not _options(model).proxy]


def _details(model: type[Record], person: Person) -> Iterable[Mapping[str, Any]]:
    """What the kind's own table says. Row numbers mean nothing to a person; the refs of the record say where it is."""
    names = [field.attname for field in _options(model).local_concrete_fields if not field.is_relation]
    return _values(QuerySet(model).filter(written_by(person)), "ref", *names)


def _options(model: type[Model]) -> Options[Any]:
    return model._meta  # noqa: SLF001  # Django's documented way to ask a model for its fields
