"""The spine app."""

from django.apps import AppConfig


class SpineConfig(AppConfig):
    """Registers the spine under its short label."""

    name = "mitstadt.spine"
    label = "spine"

    def ready(self) -> None:
        """Tell the spine the rules of its own kinds."""
        from mitstadt.spine import kinds
        from mitstadt.spine.actions.comments import count_comment
        from mitstadt.spine.models import Answer, Comment
        from mitstadt.spine.queries.open_data import facts_of_answers, facts_of_comments

        kinds.register(Comment.KIND, kinds.KindRules(count=count_comment, facts=facts_of_comments))
        kinds.register(Answer.KIND, kinds.KindRules(facts=facts_of_answers))
