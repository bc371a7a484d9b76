"""What a city does once a day: publish the log's head, forget what is no longer needed, send digests."""

import logging
from collections.abc import Callable
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from mitstadt.ground import clock
from mitstadt.spine.actions.attachments import forget_unused_files
from mitstadt.spine.actions.limits import forget_old_counts
from mitstadt.spine.actions.log import publish_head

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    """Runs every daily task; one that fails does not keep the others from running."""

    help = "Publishes the head of the log, forgets old counts and sessions, sends digests. Run it once a day."

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the tasks in turn and name those that failed."""
        tasks: dict[str, Callable[[], object]] = {
            "head of the log": lambda: f"size {publish_head(now=clock.now()).size}",
            "old counts": lambda: f"{forget_old_counts(now=clock.now())} forgotten",
            "unused files": lambda: f"{forget_unused_files(now=clock.now())} forgotten",
            "old sessions": lambda: call_command("clearsessions") or "cleared",
            "digests": lambda: call_command("send_digests", stdout=self.stdout) or "done",
        }
        failed = [name for name, task in tasks.items() if not self._run(name, task)]
        if failed:
            raise CommandError(f"Failed: {', '.join(failed)}. See the log.")

    def _run(self, name: str, task: Callable[[], object]) -> bool:
        try:
            self.stdout.write(f"{name}: {task()}")
        except Exception:
            logger.exception("The daily task “%s” failed.", name)
            return False
        return True
