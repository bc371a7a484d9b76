"""The spine app."""

from django.apps import AppConfig


class SpineConfig(AppConfig):
    """Registers the spine under its short label."""

    name = "mitstadt.spine"
    label = "spine"

    def ready(self) -> None:
        """Declare the kinds of the spine itself."""
        from mitstadt.spine import kinds, rooms
        from mitstadt.spine.own_kinds import KINDS
        from mitstadt.spine.processes import PROCESS_ROOM

        for kind in KINDS:
            kinds.register(kind)
        rooms.register(PROCESS_ROOM)
