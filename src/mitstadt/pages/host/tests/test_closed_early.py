"""A process that is closed before its time offers nothing any more, and no date on it says otherwise."""

from datetime import timedelta
from typing import Any

import pytest

from cast import NOW, changed_by_two, closed_early, malik, prepared_process
from mitstadt.spine.actions.parts import describe_part, move_phase, plan_part, plan_phase
from mitstadt.spine.amending import CANCEL
from mitstadt.spine.errors import Refused
from mitstadt.spine.tests.trial_format import part_in, running_process, trial_part
from visits import on_day, visit

pytestmark = pytest.mark.django_db

WHY = "Es ist alles gesagt."
BEGINS, ENDS = NOW + timedelta(days=31), NOW + timedelta(days=50)


@pytest.fixture
def process(monkeypatch):
    on_day(monkeypatch)
    process = running_process()
    plan_phase(
        part_in(process), actor=malik(), title="Noch einmal", now=NOW, opens_at=BEGINS, closes_at=ENDS, reason=WHY
    )
    return closed_early(process, now=NOW - timedelta(minutes=1))


def page(address, actor=None) -> str:
    return visit(actor).get(address).content.decode()


def test_no_page_says_that_something_is_open_or_comes(process):
    for words in (
        page(f"/beteiligungen/{process.ref}/"),
        page(f"/beteiligungen/{process.ref}/leitung/", malik()),
        page(f"/teile/{part_in(process).ref}/leitung/", malik()),
    ):
        assert "jetzt bis" not in words
        assert "offen bis" not in words
        assert "Auf Papier" not in words
    assert "Noch einmal" not in page(f"/beteiligungen/{process.ref}/").partition("Was sich geändert hat")[0]


def test_what_was_planned_in_a_process_that_is_cancelled_did_not_take_place(monkeypatch):
    on_day(monkeypatch)
    process = running_process()
    days: dict[str, Any] = {"opens_at": BEGINS, "closes_at": ENDS}
    plan_phase(part_in(process), actor=malik(), title="Noch einmal", now=NOW, reason=WHY, **days)
    changed_by_two(process, CANCEL, after={"stage": "closed"})

    assert "fand nicht mehr statt" in page(f"/beteiligungen/{process.ref}/")


def test_a_promise_can_still_be_kept_in_it(process):
    host = f"/beteiligungen/{process.ref}/leitung/"
    assert "Erklären: Die Zusage ist gehalten" in page(host, malik())

    visit(malik()).post(f"{host}gehalten/")

    assert "Die Zusage ist gehalten, seit dem" in page(host, malik())


def test_no_more_time_is_planned_in_it(process):
    part = part_in(process)
    phase = part.phases.first()

    assert "Einen weiteren Teil planen" not in page(f"/beteiligungen/{process.ref}/leitung/", malik())
    assert "Verschieben" not in page(f"/teile/{part.ref}/leitung/", malik())
    for plan in (
        lambda: plan_part(
            process, actor=malik(), format_key="trial", title="Neu", now=NOW, opens_at=BEGINS, closes_at=ENDS
        ),
        lambda: plan_phase(part, actor=malik(), title="Neu", now=NOW, opens_at=BEGINS, closes_at=ENDS),
        lambda: move_phase(phase, actor=malik(), now=NOW, opens_at=BEGINS, closes_at=ENDS),
    ):
        with pytest.raises(Refused, match="room_closed"):
            plan()


def test_before_opening_each_part_says_who_takes_part_where_they_differ(monkeypatch):
    on_day(monkeypatch)
    process = prepared_process()
    trial_part(process)
    second = trial_part(process)
    check = f"/beteiligungen/{process.ref}/leitung/pruefen/"
    assert "Sammeln: alle mit Konto" not in page(check, malik())

    describe_part(second, actor=malik(), fields={"access": "account", "checks_first": True, "title": "Wege"}, now=NOW)

    assert "Wege: alle mit Konto" in page(check, malik())
    assert "Sammeln: alle, auch ohne Konto und ohne Code" in page(check, malik())
    assert "Wege: Beiträge werden vorher gelesen." in page(check, malik())
