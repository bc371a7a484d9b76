"""The drafting app."""

from django.apps import AppConfig


class DraftingConfig(AppConfig):
    """Registers the drafting format."""

    name = "mitstadt.participation.drafting"
    label = "drafting"

    def ready(self) -> None:
        """Declare the format, and its kinds, verbs, arrows and reasons."""
        from mitstadt.participation.drafting import reasons, verbs
        from mitstadt.participation.drafting.counts import COUNTS
        from mitstadt.participation.drafting.format import DRAFTING
        from mitstadt.participation.drafting.kinds import KINDS
        from mitstadt.participation.drafting.links import LINK_TYPES
        from mitstadt.participation.drafting.own_personal import KEPT
        from mitstadt.spine import counts, formats, kinds, links, personal, texts
        from mitstadt.spine import verbs as declared_verbs

        formats.register(DRAFTING)
        for kind in KINDS:
            kinds.register(kind)
        for link_type in LINK_TYPES:
            links.register(link_type)
        for kept in COUNTS:
            counts.register(kept)
        declared_verbs.declare(verbs)
        personal.register(*KEPT)
        texts.register(reasons.REASONS)
