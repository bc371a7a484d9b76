"""A format for tests of the spine alone: people contribute plain records."""

from datetime import timedelta
from typing import Any

from cast import NOW, malik, prepared_process
from mitstadt.spine import formats
from mitstadt.spine.actions.processes import open_process, plan_phase
from mitstadt.spine.actions.records import publish_record
from mitstadt.spine.actors import Actor
from mitstadt.spine.deeds import Deed
from mitstadt.spine.models import Process, Record
from standing import once_a_file

TRIAL = formats.Format(
    key="trial",
    name="Probe",
    summary="Nur für Prüfungen.",
    opens=frozenset({Deed.CONTRIBUTE, Deed.COMMENT, Deed.SUPPORT}),
    contribution_kind="trial",
    is_ready=lambda phase: True,
    on_opening=lambda phase, actor, now: None,
    take_part=lambda phase: "/",
    paper_form=lambda phase: "/",
    results=lambda phase: "/",
    work=lambda phase: "/",
)


class TrialRecord(Record):
    """A contribution without a table of its own."""

    KIND = "trial"

    class Meta:
        proxy = True
        app_label = "spine"


@once_a_file
def running_process(**options: Any) -> Process:
    """A process that is open, with one running phase from NOW − 1 day to NOW + 30 days."""
    formats.register(TRIAL)
    process = prepared_process(**options)
    plan_phase(
        process,
        actor=malik(),
        format_key="trial",
        title="Sammeln",
        opens_at=NOW - timedelta(days=1),
        closes_at=NOW + timedelta(days=30),
        now=NOW - timedelta(days=5),
    )
    return open_process(process, actor=malik(), now=NOW - timedelta(days=2))


def contribution(process: Process, *, actor: Actor, body: str = "Mehr Bänke im Schatten.") -> Record:
    """A published contribution."""
    record = TrialRecord(body=body, process=process, author=actor.person)
    return publish_record(record, actor=actor, verb="contributed", now=NOW)
