"""Found an organisation, say what it is, and give people their roles in it; the log says that it happened."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from datetime import datetime

from django.db import IntegrityError, transaction

from mitstadt.ground.areas.api import slug_text
from mitstadt.ground.organisations.contact import Contact, columns_of, contact_of
from mitstadt.ground.organisations.models import Article, Level, Membership, Organisation, OrganisationKind, Role
from mitstadt.ground.organisations.queries import platform
from mitstadt.ground.people.events import note_event
from mitstadt.ground.people.models import EventKind, Person
from mitstadt.ground.words import clean_words
from mitstadt.spine import office_verbs
from mitstadt.spine import own_verbs as verbs
from mitstadt.spine.actions.acts import record_act
from mitstadt.spine.actions.invitations import account_of, invite
from mitstadt.spine.actions.locking import lock_row
from mitstadt.spine.actions.names import look_at_names_again
from mitstadt.spine.actions.records import checked_reason, reason_if_any
from mitstadt.spine.actions.resting import rest, resume, tell_of_role
from mitstadt.spine.actors import Actor
from mitstadt.spine.errors import Refused, require
from mitstadt.spine.models import Act, RoleInvitation
from mitstadt.spine.permits import permit_leading
from mitstadt.spine.verbs import Verb

# What stands in an address in the place of a slug.
_NO_SLUGS = frozenset({"neu"})


@dataclass(frozen=True)
class OrganisationFacts:
    """What is said of an organisation in public."""

    name: str
    kind: OrganisationKind
    contact: Contact = field(default_factory=Contact)
    level: Level | None = None
    article: Article = Article.NONE
    # Whether its answers take a second person.
    answers_take_two: bool = False


def facts_of(organisation: Organisation) -> OrganisationFacts:
    """What is said of it now."""
    return OrganisationFacts(
        organisation.name,
        OrganisationKind(organisation.kind),
        contact_of(organisation),
        level_of(organisation.level),
        Article(organisation.article),
        organisation.answers_take_two,
    )


def level_of(said: str) -> Level | None:
    """The level at which an organisation decides; none for the many that decide nothing."""
    return Level(said) if said else None


def found_organisation(facts: OrganisationFacts, *, actor: Actor, now: datetime) -> Organisation:
    """A new organisation; those who lead the platform may."""
    with transaction.atomic():
        require(permit_leading(actor, None))
        return _found(facts, actor=actor, now=now)


def found_platform(facts: OrganisationFacts, *, leader: Person, now: datetime) -> Organisation:
    """The organisation that runs this platform, led by this person; what is there already stays as it is.

    For the command line alone: nobody has a role yet who could be asked for a permit.
    """
    with transaction.atomic():
        there = platform() or _found(facts, actor=None, now=now, runs_platform=True)
        if not Membership.objects.filter(organisation=there, person=leader, role=Role.OWNER).exists():
            give(there, person=leader, role=Role.OWNER, actor=None, now=now)
    return there


def change_organisation(
    organisation: Organisation, facts: OrganisationFacts, *, actor: Actor, now: datetime
) -> Organisation:
    """Say it anew; the address of its page stays."""
    facts = _clean(facts)
    with transaction.atomic():
        kept = lock_row(organisation)
        require(permit_leading(actor, kept.pk))
        if facts == facts_of(kept):
            raise Refused("unchanged")
        if kept.answers_take_two and not facts.answers_take_two:
            _require_somebody_elses_word(kept, actor)
        _require_free_name(facts.name, other_than=kept)
        columns = _columns(facts)
        for name, value in columns.items():
            setattr(kept, name, value)
        kept.save(update_fields=list(columns))
        _record(kept, verbs.CHANGED_ORGANISATION, actor=actor, now=now, content=_content(facts))
        look_at_names_again()
    return kept


def _require_somebody_elses_word(kept: Organisation, actor: Actor) -> None:
    """Less care takes somebody else: whoever answers here does not lift the rule that binds them."""
    if permit_leading(actor, None) and not Membership.objects.filter(organisation=kept, person=actor.person).exists():
        return
    raise Refused("two_by_somebody_else")


def give_membership(
    organisation: Organisation, *, actor: Actor, email: str, role: Role, now: datetime
) -> Membership | RoleInvitation:
    """Give this role to the person with this address; whoever has no account yet is invited to it by mail."""
    with transaction.atomic():
        lock_row(organisation)
        require(permit_leading(actor, organisation.pk))
        person = account_of(email)
        if person is None:
            return invite(organisation, actor=actor, email=email, role=role, now=now)
        return give(organisation, person=person, role=role, actor=actor, now=now)


def end_membership(
    organisation: Organisation, *, actor: Actor, email: str, role: Role, now: datetime, reason: str = ""
) -> None:
    """Take the role back; the last one who leads stays until somebody else does. The person reads the reason."""
    said = reason_if_any(reason)
    with transaction.atomic():
        given = _locked_membership(organisation, email, role, actor=actor)
        _require_another_leader(given)
        _record_role(given, verbs.ENDED_MEMBERSHIP, actor=actor, now=now)
        note_event(given.person, EventKind.ROLE_ENDED, now=now)
        given.delete()
        look_at_names_again()
        tell_of_role(given, "role_ended", organisation.name, reason=said, now=now)


def rest_membership(
    organisation: Organisation, *, actor: Actor, email: str, role: Role, reason: str, now: datetime
) -> None:
    """Let the role permit nothing for a while; the person reads why. The last one who leads cannot rest."""
    said = checked_reason(reason)
    with transaction.atomic():
        given = _locked_membership(organisation, email, role, actor=actor)
        _require_another_leader(given)
        rest(given, reason=said, now=now)
        _record_role(given, office_verbs.PAUSED_ROLE, actor=actor, now=now)
        tell_of_role(given, "role_paused", organisation.name, reason=said, now=now)


def resume_membership(organisation: Organisation, *, actor: Actor, email: str, role: Role, now: datetime) -> None:
    """Let the role permit again what it did."""
    with transaction.atomic():
        given = _locked_membership(organisation, email, role, actor=actor)
        resume(given)
        _record_role(given, office_verbs.RESUMED_ROLE, actor=actor, now=now)
        tell_of_role(given, "role_resumed", organisation.name, now=now)


def _locked_membership(organisation: Organisation, email: str, role: Role, *, actor: Actor) -> Membership:
    # Two who end each other's lead at the same moment wait here for each other.
    lock_row(organisation)
    require(permit_leading(actor, organisation.pk))
    members = Membership.objects.filter(organisation=organisation, role=role)
    given = members.filter(person__email__iexact=email.strip()).first()
    if given is None:
        raise Refused("role_not_given")
    return given


def _require_another_leader(given: Membership) -> None:
    if given.role != Role.OWNER or given.paused_at:
        return
    leaders = Membership.objects.filter(organisation=given.organisation_id, role=Role.OWNER, paused_at=None)
    if not leaders.exclude(pk=given.pk).exists():
        raise Refused("last_leader")


def give(organisation: Organisation, *, person: Person, role: Role, actor: Actor | None, now: datetime) -> Membership:
    """Let this person have the role; whoever calls it asked for the permit, or holds an invitation."""
    with transaction.atomic():
        given, new = Membership.objects.get_or_create(
            organisation=organisation, person=person, role=role, defaults={"given_at": now}
        )
        if not new:
            raise Refused("role_given_already")
        _record_role(given, verbs.GAVE_MEMBERSHIP, actor=actor, now=now)
        note_event(person, EventKind.ROLE_GIVEN, now=now)
        look_at_names_again()
        # Whoever founds a city on the command line knows, and may have no mail server yet.
        if actor is not None:
            tell_of_role(given, "role_given", organisation.name, now=now)
    return given


def _found(
    facts: OrganisationFacts, *, actor: Actor | None, now: datetime, runs_platform: bool = False
) -> Organisation:
    facts = _clean(facts)
    _require_free_name(facts.name)
    try:
        with transaction.atomic():
            made = Organisation.objects.create(
                **_columns(facts),
                slug=_free_slug(facts.name),
                runs_platform=runs_platform,
            )
            _record(made, verbs.FOUNDED_ORGANISATION, actor=actor, now=now, content=_content(facts))
            look_at_names_again()
    except IntegrityError as error:
        # Someone founded one of this name at the same moment; the database holds that its address is one.
        raise Refused("organisation_name_taken") from error
    return made


def _clean(facts: OrganisationFacts) -> OrganisationFacts:
    said = {name: clean_words(words).strip() for name, words in asdict(facts.contact).items()}
    return replace(facts, name=clean_words(facts.name).strip(), contact=Contact(**said))


def _columns(facts: OrganisationFacts) -> dict[str, object]:
    return {
        "name": facts.name,
        "kind": facts.kind.value,
        "level": facts.level.value if facts.level else "",
        "article": facts.article.value,
        "answers_take_two": facts.answers_take_two,
        **columns_of(facts.contact),
    }


def _require_free_name(name: str, *, other_than: Organisation | None = None) -> None:
    others = Organisation.objects.exclude(pk=other_than.pk) if other_than else Organisation.objects.all()
    if others.filter(name__iexact=name).exists():
        raise Refused("organisation_name_taken")


def _free_slug(name: str) -> str:
    wanted = slug_text(name)[:70].strip("-") or "organisation"
    # Also the names of those that are gone: in the log they mean them for good.
    gone = Act.objects.filter(verb=office_verbs.REMOVED_ORGANISATION.key).values_list(
        "details__organisation", flat=True
    )
    standing = Organisation.objects.filter(slug__startswith=wanted).values_list("slug", flat=True)
    taken = {*standing, *gone, *_NO_SLUGS}
    spellings = [wanted, *(f"{wanted}-{number}" for number in range(2, len(taken) + 2))]
    return next(slug for slug in spellings if slug not in taken)


def _content(facts: OrganisationFacts) -> dict[str, object]:
    return {**_columns(facts)}


def _record(
    organisation: Organisation, verb: Verb, *, actor: Actor | None, now: datetime, content: dict[str, object]
) -> None:
    details = {"organisation": organisation.slug}
    record_act(actor=actor, verb=verb, record=None, now=now, content=content, details=details)


def _record_role(given: Membership, verb: Verb, *, actor: Actor | None, now: datetime) -> None:
    record_act(
        actor=actor,
        verb=verb,
        record=None,
        now=now,
        content={"person": given.person_id},
        details={"organisation": given.organisation.slug, "role": given.role},
    )
