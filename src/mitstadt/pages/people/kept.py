"""What is kept about a person: the account and its keys, all that spine and slices declared, and what formats tell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mitstadt.ground.people.models import AccountEvent, Person
from mitstadt.ground.people.sessions import sessions_of
from mitstadt.spine.formats import all_formats
from mitstadt.spine.personal import Kept, all_kept

PERSON_FIELDS = (
    "kind",
    "email",
    "display_name",
    "language",
    "digest_rhythm",
    "digest_sent_at",
    "is_paused",
    "created_at",
    "last_login",
    "name_clashes_since",
)
# Of the account's own row everything is told but these: a secret, and what follows from the row being there.
NOT_TOLD = frozenset({"id", "password", "is_active"})

ACCOUNT = (
    Kept(
        key="person",
        what=_("Ihr Konto oder Ihr Code: Name, Adresse, Sprache, wann Sie zuletzt da waren"),
        why=_("Damit Sie sich anmelden können und Ihr Name neben Ihren Worten steht."),
        how_long=_("Bis Sie es löschen."),
        can=_("Sie ändern alles in den Einstellungen oder löschen das Konto. Das Passwort kennen wir nicht lesbar."),
        rows=lambda person: Person.objects.filter(pk=person.pk),
        columns=PERSON_FIELDS,
        page="my_settings",
    ),
    Kept(
        key="email_addresses",
        what=_("Ihre E-Mail-Adressen"),
        why=_("Damit wir Ihnen den Link zum Anmelden schicken."),
        how_long=_("Bis Sie das Konto löschen."),
        can=_("Sie ändern die Adresse in den Einstellungen."),
        rows=lambda person: EmailAddress.objects.filter(user=person),
        columns=("email", "verified", "primary"),
        covers=frozenset({"account.EmailAddress.user"}),
        page="my_settings",
    ),
    Kept(
        key="sign_in_keys",
        what=_("Ihre Passkeys und Nummerncodes, ohne ihr Geheimnis"),
        why=_("Damit Sie sich sicher anmelden können."),
        how_long=_("Bis Sie sie entfernen."),
        can=_("Sie entfernen sie bei „Anmelden ohne Passwort und zweite Sicherung“."),
        rows=lambda person: Authenticator.objects.filter(user=person),
        columns=("type", "created_at", "last_used_at"),
        covers=frozenset({"mfa.Authenticator.user"}),
    ),
    Kept(
        key="sessions",
        what=_("Wo Sie angemeldet sind: Browser, System und seit wann"),
        why=_("Damit Sie angemeldet bleiben und sehen, wenn es jemand anderes ist."),
        how_long=_("Bis Sie sich abmelden, höchstens zwei Wochen nach Ihrem letzten Besuch."),
        can=_("Sie beenden jede Anmeldung einzeln oder alle zusammen."),
        rows=sessions_of,
        columns=("device", "began_at", "expire_date"),
        covers=frozenset({"people.Session.person"}),
        page="my_sessions",
    ),
    Kept(
        key="account_events",
        what=_("Was an Ihrem Konto geschah: Anmeldungen, geänderte Adresse, Aufgaben"),
        why=_("Damit Sie merken, wenn jemand anderes Ihr Konto benutzt."),
        how_long=_("Ein Jahr."),
        can=_("Es verschwindet, wenn Sie Ihr Konto löschen."),
        rows=lambda person: AccountEvent.objects.filter(person=person),
        columns=("kind", "at", "count"),
        covers=frozenset({"people.AccountEvent.person"}),
        page="my_events",
    ),
)


@dataclass(frozen=True)
class ToldRows:
    """One section of the page."""

    kept: Kept
    count: int
    href: str


def kept_about() -> tuple[Kept, ...]:
    """Every table that is told, the account first."""
    return (*ACCOUNT, *all_kept())


def told_to(person: Person) -> tuple[list[ToldRows], list[Kept]]:
    """What there is about this person, each with its number, and what there is not."""
    counted = [(kept, kept.rows(person).order_by().count()) for kept in kept_about()]
    there = [ToldRows(kept, count, _href(person, kept)) for kept, count in counted if count]
    return there, [kept for kept, count in counted if not count]


def _href(person: Person, kept: Kept) -> str:
    of_accounts = {"my_follows", "my_notices", "my_alerts", "my_sessions", "my_events"}
    return reverse(kept.page) if kept.page and (person.has_account or kept.page not in of_accounts) else ""


def kept_by_formats(person: Person) -> dict[str, Iterable[Mapping[str, Any]]]:
    """What formats keep about a person in rows that point to nobody, each under the name of its format."""
    kept = {declared.key: declared.personal(person) for declared in all_formats() if declared.personal}
    return {f"{key}_{name}": rows for key, sections in kept.items() for name, rows in sections.items()}


def what_formats_keep() -> list[str]:
    """The formats that keep something of their own about people."""
    return [str(declared.name) for declared in all_formats() if declared.personal]
