"""``./mitstadt manage found_city``: the first organisation of a new city, and the person who leads it."""

from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction

from mitstadt.ground import clock
from mitstadt.ground.areas.actions import load_shipped_city
from mitstadt.ground.areas.reading.sets import AreaFileError
from mitstadt.ground.conditions import answers
from mitstadt.ground.organisations.models import Membership, OrganisationKind, Role
from mitstadt.ground.organisations.queries import platform
from mitstadt.ground.people.models import Person
from mitstadt.pages.people.sign_in_links import sign_in_link
from mitstadt.site.migrating import make_or_migrate
from mitstadt.spine.actions.organisations import OrganisationFacts, found_platform
from mitstadt.spine.errors import Refused


class Command(BaseCommand):
    """Everything else is done on the pages; a second call makes a new link and changes nothing that is there."""

    help = "Loads the areas, founds the organisation that runs this platform, and gives one person the lead."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What a new city has to say."""
        parser.add_argument("--organisation", required=True, help="its name, as people know it")
        parser.add_argument("--leader", required=True, metavar="E-MAIL", help="address of the person who leads it")
        parser.add_argument("--leader-name", default="Leitung", help="the name under which that person is shown")
        parser.add_argument(
            "--further-leader",
            action="store_true",
            help="give the lead to this person, too, where others have it already",
        )
        parser.add_argument("--areas", required=True, help="areas to load: “berlin”, or “none” if you import your own")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it, all or nothing, and say what is next."""
        now = clock.now()
        make_or_migrate()
        email = _checked_address(options["leader"])
        name = options["organisation"].strip()
        if not name:
            raise CommandError("The organisation has no name. Say --organisation “Senatskanzlei”.", returncode=2)
        _require_same_city(name, email, further=options["further_leader"])
        try:
            with transaction.atomic():
                areas = options["areas"]
                stored = None if areas == "none" else load_shipped_city(areas, now=now)
                leader, is_new = _leader(email, options["leader_name"])
                facts = OrganisationFacts(name, OrganisationKind.ADMINISTRATION)
                founded = found_platform(facts, leader=leader, now=now)
        except AreaFileError as error:
            raise CommandError("\n".join(finding.sentence for finding in error.findings), returncode=2) from error
        except Refused as refusal:
            raise CommandError(str(refusal.sentence), returncode=2) from refusal
        if stored:
            self.stdout.write(f"Areas of {areas}: {stored.created} new, {stored.unchanged} unchanged.")
        self.stdout.write(f"This platform is run by: {founded.name}.")
        self.stdout.write(f"{email} leads it{' and has a new account' if is_new else ''}.")
        self.stdout.write("They sign in once by this link, within an hour, and go on at their workplace:")
        self.stdout.write(f"  {sign_in_link(leader)}")
        self._warn(now)

    def _warn(self, now: datetime) -> None:
        """What hurts from the first day on; ./mitstadt doctor tells all."""
        [mail] = [one for one in answers(now=now, ask_others=True) if one.condition.key == "mail_server"]
        if not mail.is_fine:
            self.stderr.write(f"{mail.finding.sentence} {mail.finding.step}")
        self.stdout.write("What else is to be done says ./mitstadt doctor.")


def _require_same_city(name: str, email: str, *, further: bool) -> None:
    """Refuse what would only half happen, or make somebody a leader by a slip of the keyboard."""
    there = platform()
    if there is None:
        return
    if there.name != name:
        raise CommandError(
            f"This platform is run by {there.name} already, not by {name}. Its name changes on the page of the "
            "organisation.",
            returncode=2,
        )
    leaders = Membership.objects.filter(organisation=there, role=Role.OWNER, person__is_active=True)
    if leaders.exists() and not leaders.filter(person__email__iexact=email).exists() and not further:
        raise CommandError(
            f"Somebody else leads this platform already. Say --further-leader to give {email} the lead, too.",
            returncode=2,
        )


def _leader(email: str, name: str) -> tuple[Person, bool]:
    """The account of this address, and whether it was made just now."""
    known = Person.objects.filter(email__iexact=email).first()
    if known and not known.is_active:
        raise CommandError(f"The account of {email} is closed. Name another address.", returncode=2)
    if known:
        return known, False
    made = Person.objects.create_account(email=email, display_name=name)
    # Who may run this command vouches for the address; the mail link proves it again at each sign-in.
    EmailAddress.objects.create(user=made, email=email, verified=True, primary=True)
    return made, True


def _checked_address(typed: str) -> str:
    try:
        validate_email(typed.strip())
    except ValidationError:
        raise CommandError(f"“{typed}” is no e-mail address.", returncode=2) from None
    return typed.strip().lower()
