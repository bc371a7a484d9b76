"""The spine app."""

from django.apps import AppConfig


class SpineConfig(AppConfig):
    """Registers the spine under its short label."""

    name = "mitstadt.spine"
    label = "spine"

    def ready(self) -> None:
        """Declare the verbs, arrows, kinds and rooms of the spine itself."""
        from mitstadt.spine import checks, kinds, links, rooms, verbs, verbs_of_change
        from mitstadt.spine.own_kinds import KINDS
        from mitstadt.spine.processes import PROCESS_ROOM

        verbs.declare(verbs)
        verbs.declare(verbs_of_change)
        for link_type in links.LINK_TYPES:
            links.register(link_type)
        for kind in KINDS:
            kinds.register(kind)
        rooms.register(PROCESS_ROOM)
        checks.register()
