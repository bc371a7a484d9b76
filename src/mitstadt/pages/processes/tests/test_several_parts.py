"""A process of two parts: everyone can tell them apart, and nothing is offered that the part does not take now."""

from datetime import timedelta

import pytest

from cast import NOW, malik
from mitstadt.spine.actions.parts import open_part, plan_phase
from mitstadt.spine.deeds import Deed
from mitstadt.spine.tests.trial_format import part_in, running_process, trial_part
from visits import on_day, visit

pytestmark = pytest.mark.django_db


def ways_of(process) -> dict[str, str]:
    return {way.title: way.text for way in visit().get(f"/beteiligungen/{process.ref}/").context["ways"]}


def test_the_ways_into_two_parts_of_one_format_bear_the_names_of_the_parts(monkeypatch):
    on_day(monkeypatch)
    process = running_process()
    assert "Probe" in ways_of(process)
    assert "Auf Papier" in ways_of(process)
    second = trial_part(process)
    type(second).objects.filter(pk=second.pk).update(title="Wegeplan")
    open_part(second, actor=malik(), now=NOW)

    titles = list(ways_of(process))

    assert {"Probe: Sammeln", "Probe: Wegeplan", "Auf Papier: Sammeln", "Auf Papier: Wegeplan"} <= set(titles)
    assert len(titles) == len(set(titles))


def test_where_people_can_only_support_nobody_is_sent_to_write_or_to_fill_in_a_form(monkeypatch):
    on_day(monkeypatch)
    process = running_process()
    part = part_in(process)
    plan_phase(
        part,
        actor=malik(),
        title="Nur unterstützen",
        opens_at=NOW - timedelta(hours=1),
        closes_at=NOW + timedelta(days=40),
        deeds=[Deed.SUPPORT],
        reason="Es ist noch Zeit.",
        now=NOW,
    )
    part.phases.filter(title="Sammeln").update(closes_at=NOW - timedelta(hours=2))

    ways = ways_of(process)

    assert ways["Probe"].startswith("Jetzt möglich: unterstützen bis ")
    assert "beitragen" not in ways["Probe"]
    assert "Auf Papier" not in ways
