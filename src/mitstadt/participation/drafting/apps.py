"""The drafting app."""

from django.apps import AppConfig


class DraftingConfig(AppConfig):
    """Registers the drafting format."""

    name = "mitstadt.participation.drafting"
    label = "drafting"

    def ready(self) -> None:
        """Register the format and the rules of its kinds."""
        from mitstadt.participation.drafting.actions.contributions import (
            count_contribution,
            erase_contribution,
            words_of_contribution,
        )
        from mitstadt.participation.drafting.format import DRAFTING
        from mitstadt.participation.drafting.models import Contribution, Passage
        from mitstadt.participation.drafting.queries.open_data import facts_of_contributions, facts_of_passages
        from mitstadt.spine import formats, kinds

        formats.register(DRAFTING)
        kinds.register(
            Contribution.KIND,
            kinds.KindRules(count_contribution, erase_contribution, words_of_contribution, facts_of_contributions),
        )
        kinds.register(Passage.KIND, kinds.KindRules(facts=facts_of_passages))
