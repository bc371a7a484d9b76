"""A made-up table of ballots, for tests alone."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any, ClassVar

from django.db import connection, models

from cast import NOW, malik, prepared_process
from mitstadt.spine import formats, kinds
from mitstadt.spine.actions.parts import describe_part, plan_part
from mitstadt.spine.actions.processes import open_process
from mitstadt.spine.deeds import Deed
from mitstadt.spine.models import Access, Part, RecordManager, SecretRow


class TrialBallotPart(Part):
    """A part in which ballots are cast."""

    KIND = "trial_ballots"
    objects = RecordManager()

    class Meta:
        proxy = True
        app_label = "spine"


kinds.register(
    kinds.Kind(key="trial_ballots", label="Probewahl", labels="Probewahlen", accepts=kinds.JUDGED | {Deed.VOTE})
)
formats.register(
    formats.Format(
        key="trial_ballots",
        name="Probewahl",
        summary="Nur für Prüfungen.",
        opens=frozenset({Deed.VOTE}),
        part=TrialBallotPart,
        contribution_kinds=frozenset(),
        is_ready=lambda part: True,
        on_opening=lambda part, actor, now: None,
        take_part=lambda part: "/",
        paper_form=lambda part: "/",
        results=lambda part: "/",
        work=lambda part: "/",
        work_label="Probewahl leiten",
        waiting=lambda part: "/",
    )
)


class TrialBallot(SecretRow):
    """A ballot whose content is any JSON."""

    objects: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta(SecretRow.Meta):
        app_label = "trial"
        db_table = "trial_ballot"


class TellingBallot(models.Model):
    """A table that would tell whose its rows are: no table of secret rows, only checked as if it were."""

    cast_at = models.DateTimeField()
    voter = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    id = models.UUIDField(primary_key=True)

    class Meta:
        app_label = "trial"


@contextmanager
def ballot_table() -> Iterator[None]:
    """The table, for as long as a test runs."""
    with connection.schema_editor() as editor:
        editor.create_model(TrialBallot)
    try:
        yield
    finally:
        with connection.schema_editor() as editor:
            editor.delete_model(TrialBallot)


def running_ballot(*, access: Access = Access.ANYONE) -> Part:
    """A part of an open process in which ballots are cast from NOW − 1 day to NOW + 30 days."""
    process = prepared_process()
    part = plan_part(
        process,
        actor=malik(),
        format_key="trial_ballots",
        title="Abstimmen",
        opens_at=NOW - timedelta(days=1),
        closes_at=NOW + timedelta(days=30),
        now=NOW - timedelta(days=5),
    )
    describe_part(part, actor=malik(), fields={"access": access}, now=NOW)
    open_process(process, actor=malik(), now=NOW - timedelta(days=2))
    return Part.objects.select_related("room__host").prefetch_related("phases").get(pk=part.pk)
