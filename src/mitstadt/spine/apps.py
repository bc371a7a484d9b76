"""The spine app."""

from django.apps import AppConfig


class SpineConfig(AppConfig):
    """Registers the spine under its short label."""

    name = "mitstadt.spine"
    label = "spine"

    def ready(self) -> None:
        """Declare the verbs, arrows, kinds and rooms of the spine itself."""
        from mitstadt.spine import (
            checks,
            counts,
            kinds,
            links,
            office_reasons,
            office_verbs,
            own_verbs,
            personal,
            rooms,
            texts,
            verbs,
            verbs_of_change,
        )
        from mitstadt.spine.own_counts import COUNTS
        from mitstadt.spine.own_kinds import KINDS
        from mitstadt.spine.own_personal import KEPT
        from mitstadt.spine.own_personal_work import WORK
        from mitstadt.spine.processes import PROCESS_ROOM

        verbs.declare(own_verbs)
        verbs.declare(office_verbs)
        texts.register(office_reasons.REASONS)
        verbs.declare(verbs_of_change)
        for link_type in links.LINK_TYPES:
            links.register(link_type)
        for kind in KINDS:
            kinds.register(kind)
        for kept in COUNTS:
            counts.register(kept)
        rooms.register(PROCESS_ROOM)
        personal.register(*KEPT, *WORK)
        checks.register()
