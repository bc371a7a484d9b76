"""``./mitstadt manage found_city``: the first organisation of a new city, and the person who leads it."""

from argparse import ArgumentParser
from typing import Any

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction

from mitstadt.ground import clock
from mitstadt.ground.areas.actions import load_shipped_city
from mitstadt.ground.areas.reading.sets import AreaFileError
from mitstadt.ground.organisations.models import OrganisationKind, Role
from mitstadt.ground.people.models import Person
from mitstadt.spine.actions.organisations import OrganisationFacts, found_platform, give_membership
from mitstadt.spine.errors import Refused


class Command(BaseCommand):
    """Everything else is done on the pages; a second call changes nothing that is there."""

    help = "Loads the areas, founds the organisation that runs this platform, and gives one person the lead."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What a new city has to say."""
        parser.add_argument("--organisation", required=True, help="its name, as people know it")
        parser.add_argument("--leader", required=True, metavar="E-MAIL", help="address of the person who leads it")
        parser.add_argument("--leader-name", default="Leitung", help="the name under which that person is shown")
        parser.add_argument("--areas", default="berlin", help="areas to load; “none” if you import your own")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it, all or nothing, and say what is next."""
        now = clock.now()
        email = _checked_address(options["leader"])
        try:
            with transaction.atomic():
                if options["areas"] != "none":
                    stored = load_shipped_city(options["areas"], now=now)
                    self.stdout.write(
                        f"Areas of {options['areas']}: {stored.created} new, {stored.unchanged} unchanged."
                    )
                facts = OrganisationFacts(options["organisation"].strip(), OrganisationKind.ADMINISTRATION)
                platform = found_platform(facts, now=now)
                self.stdout.write(f"This platform is run by: {platform.name}.")
                self._lead(email, options["leader_name"])
                give_membership(platform, actor=None, email=email, role=Role.OWNER, now=now)
        except AreaFileError as error:
            raise CommandError("\n".join(finding.sentence for finding in error.findings), returncode=2) from error
        except Refused as refusal:
            if refusal.reason != "role_given_already":
                raise CommandError(str(refusal.sentence), returncode=2) from refusal
        self.stdout.write(
            f"{email} leads it. They sign in by a mail link on /konto/login/ and go on at /arbeitsplatz/."
        )

    def _lead(self, email: str, name: str) -> None:
        if Person.objects.filter(email__iexact=email).exists():
            return
        person = Person.objects.create_account(email=email, display_name=name)
        # Who may run this command vouches for the address; the mail link proves it again at each sign-in.
        EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)
        self.stdout.write(f"A new account for {email}.")


def _checked_address(typed: str) -> str:
    try:
        validate_email(typed.strip())
    except ValidationError:
        raise CommandError(f"“{typed}” is no e-mail address.", returncode=2) from None
    return typed.strip().lower()
