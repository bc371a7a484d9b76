"""The made-up slice."""

from django.apps import AppConfig


class SecondConfig(AppConfig):
    """Registers the made-up slice."""

    name = "mitstadt.site.tests.second"
    label = "second"

    def ready(self) -> None:
        """Declare format, room, kinds and verbs, as every slice does."""
        from mitstadt.site.tests.second import verbs
        from mitstadt.site.tests.second.format import WISHES
        from mitstadt.site.tests.second.kinds import KINDS
        from mitstadt.site.tests.second.room import CATALOGUE
        from mitstadt.spine import formats, kinds, rooms
        from mitstadt.spine import verbs as declared_verbs

        formats.register(WISHES)
        rooms.register(CATALOGUE)
        for kind in KINDS:
            kinds.register(kind)
        declared_verbs.declare(verbs)
