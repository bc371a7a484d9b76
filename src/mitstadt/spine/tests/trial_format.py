"""A format for tests of the spine alone: people contribute plain records."""

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy

from cast import NOW, malik, prepared_process
from mitstadt.spine import formats, kinds
from mitstadt.spine.actions.parts import describe_part, plan_part
from mitstadt.spine.actions.processes import open_process
from mitstadt.spine.actions.records import publish_record
from mitstadt.spine.actors import Actor
from mitstadt.spine.deeds import Deed
from mitstadt.spine.models import Access, Part, Process, Record, RecordManager
from mitstadt.spine.queries.parts import parts_of
from mitstadt.spine.verbs import By, Untold, Verb, register
from standing import once_a_file


class TrialPart(Part):
    """A part without a table of its own."""

    KIND = "trial_part"
    objects = RecordManager()

    class Meta:
        proxy = True
        app_label = "spine"


TRIAL = formats.Format(
    key="trial",
    name="Probe",
    summary="Nur für Prüfungen.",
    opens=frozenset({Deed.CONTRIBUTE, Deed.COMMENT, Deed.SUPPORT}),
    part=TrialPart,
    contribution_kinds=frozenset({"trial"}),
    is_ready=lambda part: True,
    on_opening=lambda part, actor, now: None,
    take_part=lambda part: "/",
    paper_form=lambda part: "/",
    results=lambda part: "/",
    work=lambda part: "/",
    work_label="Proben ansehen",
    waiting=lambda part: "/",
)


TRIAL_KIND = kinds.register(
    kinds.Kind(
        key="trial",
        label="Probe",
        labels="Proben",
        accepts=kinds.OWN_WORDS
        | kinds.SHARED
        | kinds.MERGED_AND_SPLIT
        | {Deed.COMMENT, Deed.SUPPORT, Deed.FOLLOW, Deed.ANSWER},
        spoken=True,
        answerable=True,
        piece=lambda record, words: TrialRecord(body=words),
    )
)


TRIAL_PART = kinds.register(kinds.Kind(key="trial_part", label="Probeteil", labels="Probeteile"))
TRIED = Verb("tried", By.PEOPLE, gettext_lazy("Probe eingegangen"), Untold.BEGINS)
register(TRIED)


class TrialRecord(Record):
    """A contribution without a table of its own."""

    KIND = "trial"
    objects = RecordManager()

    class Meta:
        proxy = True
        app_label = "spine"


@once_a_file
def running_process(*, access: Access = Access.ANYONE, checks_first: bool = False, **options: Any) -> Process:
    """A process that is open, with one running phase from NOW − 1 day to NOW + 30 days."""
    process = prepared_process(**options)
    part = trial_part(process)
    describe_part(part, actor=malik(), fields={"access": access, "checks_first": checks_first}, now=NOW)
    return open_process(process, actor=malik(), now=NOW - timedelta(days=2))


def trial_part(process: Process) -> Part:
    """A part of this format, with one phase from NOW − 1 day to NOW + 30 days."""
    formats.register(TRIAL)
    return plan_part(
        process,
        actor=malik(),
        format_key="trial",
        title="Sammeln",
        opens_at=NOW - timedelta(days=1),
        closes_at=NOW + timedelta(days=30),
        now=NOW - timedelta(days=5),
    )


def part_in(process: Process) -> Part:
    """The first part of the process."""
    return parts_of(process)[0]


def contribution(
    process: Process, *, actor: Actor, body: str = "Mehr Bänke im Schatten.", now: datetime = NOW
) -> Record:
    """A published contribution."""
    record = TrialRecord(body=body, room=process, part=part_in(process), author=actor.person)
    return publish_record(record, actor=actor, verb=TRIED, now=now)
