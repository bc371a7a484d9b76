"""What the demo city says of itself in the log."""

from django.utils.translation import gettext_lazy as _

from mitstadt.spine.verbs import By, Untold, Verb

# Said once in the public log, so that nobody takes the demo for a real city.
BUILT_DEMO = Verb("built_demo", By.SYSTEM, _("Vorführstadt angelegt"), Untold.LOG_ONLY)
