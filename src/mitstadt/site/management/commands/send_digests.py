"""Send everyone who is due what happened to the records they follow."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from mitstadt.ground import clock
from mitstadt.spine.actions.digests import send_digests


class Command(BaseCommand):
    """Sends the digests that are due; running it twice sends nothing twice."""

    help = "Sends the digests that are due."

    def handle(self, *args: Any, **options: Any) -> None:
        """Send, and fail at the end where the mail server refused some: those go with the next run."""
        sent = send_digests(now=clock.now())
        self.stdout.write(f"{sent.mails} digests sent.")
        if sent.failed:
            raise CommandError(f"{sent.failed} digests were not sent and wait for the next run. See the log.")
