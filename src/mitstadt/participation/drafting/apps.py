"""The drafting app."""

from django.apps import AppConfig


class DraftingConfig(AppConfig):
    """Registers the drafting format."""

    name = "mitstadt.participation.drafting"
    label = "drafting"

    def ready(self) -> None:
        """Register the format and the kinds."""
        from mitstadt.participation.drafting.format import DRAFTING
        from mitstadt.participation.drafting.kinds import KINDS
        from mitstadt.spine import formats, kinds

        formats.register(DRAFTING)
        for kind in KINDS:
            kinds.register(kind)
