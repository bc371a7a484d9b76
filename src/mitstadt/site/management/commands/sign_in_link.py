"""``./mitstadt manage sign_in_link``: a link that signs someone in once, where no mail arrives."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from mitstadt.ground.people.models import Person
from mitstadt.pages.people.sign_in_links import sign_in_link


class Command(BaseCommand):
    """Whoever may run this on the machine vouches for the person."""

    help = "Prints a link that signs the account of this address in, once, within an hour."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whose account."""
        parser.add_argument("address", metavar="E-MAIL", help="the address of the account")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print it, or say that there is no such account."""
        address = options["address"].strip()
        person = Person.objects.filter(email__iexact=address, is_active=True).first()
        if person is None:
            raise CommandError(f"No account has the address {address}, or it is closed.", returncode=2)
        self.stdout.write(sign_in_link(person))
