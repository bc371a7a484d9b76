"""The home page: what is open now, on the map and as a list; what was promised; what was done."""

import re
from datetime import timedelta

import pytest

from cast import AFTER_THE_PHASE, NOW, changed_by_two, closed_early, ida, jörg, malik, outcome, prepared_process
from mitstadt.ground import clock
from mitstadt.ground.areas.actions import load_shipped_city
from mitstadt.ground.areas.models import Area, Level
from mitstadt.spine.actions.answers import answer
from mitstadt.spine.amending import CANCEL
from mitstadt.spine.models import AnswerDecision, Commitment, Process
from mitstadt.spine.tests.trial_format import contribution, running_process

pytestmark = pytest.mark.django_db


@pytest.fixture
def berlin():
    load_shipped_city("berlin", now=NOW)


def home(client) -> str:
    return client.get("/").content.decode()


def counted(page: str) -> dict[str, int]:
    """The list of places: how much is open in each."""
    rows = re.findall(r"<dt>\s*<a [^>]*>([^<]*)</a>\s*</dt>\s*<dd>(\d+)</dd>", page)
    return {name: int(count) for name, count in rows}


def in_area(process: Process, area: Area) -> None:
    Process.objects.filter(pk=process.pk).update(area=area)


def district(name: str) -> Area:
    return Area.objects.get(level=Level.DISTRICT, official_name=name)


def test_a_city_without_areas_or_processes_still_welcomes(client):
    page = home(client)

    assert "Die Stadt plant gemeinsam." in page
    assert "Zurzeit läuft keine Beteiligung." in page
    assert "gehalten" not in page, "nothing was promised yet"


def test_the_city_is_called_by_its_name(client, berlin):
    assert "Berlin plant gemeinsam." in home(client)


def test_a_kiez_counts_for_its_district_and_the_whole_city_for_none(client, berlin):
    mitte = district("Mitte")
    kiez = Area.objects.filter(level=Level.PLANNING_AREA, path__startswith=mitte.path).first()
    in_area(running_process(title="Im Kiez?"), kiez)
    in_area(running_process(title="Im Bezirk?"), mitte)
    running_process(title="In der Stadt?")

    counts = counted(home(client))

    assert (counts["Mitte"], counts["Pankow"], counts["Ganze Stadt"]) == (2, 0, 1)


def test_only_what_can_be_taken_part_in_now_is_called_open(client, monkeypatch):
    running_process(title="Läuft?")
    prepared_process(title="Geheim?")
    assert "1 Frage ist gerade offen" in home(client)
    assert "Geheim?" not in home(client)

    monkeypatch.setattr(clock, "now", lambda: AFTER_THE_PHASE)

    assert "Zurzeit läuft keine Beteiligung." in home(client)


def section(page: str, heading: str) -> str:
    """The page from this heading to the end of its section."""
    return page.partition(f'id="{heading}"')[2].partition("</section>")[0]


def over(title: str, *, due_in_days: int) -> Process:
    """A process in which nothing is open any more, and an answer is owed."""
    process = running_process(title=title)
    process.phases.update(closes_at=NOW - timedelta(hours=1))
    Commitment.objects.filter(process=process).update(answer_by=NOW.date() + timedelta(days=due_in_days))
    return process


def test_each_process_stands_once_with_what_one_can_do_and_how_long(client):
    running_process(title="Läuft?")
    over("Wartet?", due_in_days=9)
    closed_early(running_process(title="Fertig?"))

    page = home(client)

    assert "Läuft?" in section(page, "jetzt")
    assert re.search(r"noch \d+ Tage", section(page, "jetzt"))
    assert "Antwort bis" in section(page, "jetzt")
    assert "Wartet?" in section(page, "versprochen")
    assert "Fertig?" in section(page, "geschafft")
    for title in ("Läuft?", "Wartet?", "Fertig?"):
        assert len(re.findall(rf"<h3[^>]*>\s*<a[^>]*>{re.escape(title)}</a>", page)) == 1


def test_the_last_days_are_told_as_pressing(client, monkeypatch):
    process = running_process(title="Läuft?")
    monkeypatch.setattr(clock, "now", lambda: process.phases.get().closes_at - timedelta(days=2, minutes=5))

    assert "badge--due" in section(home(client), "jetzt")
    assert "noch 2 Tage" in section(home(client), "jetzt")


def test_what_is_overdue_is_promised_first(client):
    over("Pünktlich?", due_in_days=9)
    over("Zu spät?", due_in_days=-3)

    promised = section(home(client), "versprochen")

    assert promised.index("Zu spät?") < promised.index("Pünktlich?")


def test_what_was_done_is_told_with_the_decision_the_counts_and_the_words_of_a_person(client):
    done = running_process(title="Fertig?")
    taken = contribution(
        done, actor=jörg(), body="Eine Steckdose neben der Bank, bitte niedrig genug für den Rollstuhl."
    )
    refused = contribution(done, actor=ida(), body="Eine Rutsche, so hoch wie das Haus gegenüber, für alle Kinder.")
    for record, decision in ((taken, AnswerDecision.TAKEN_UP), (refused, AnswerDecision.NOT)):
        answer([record], room=done, actor=malik(), decision=decision, reason="So ist es.", now=NOW)
    closed_early(done)

    told = section(home(client), "geschafft")

    assert outcome().sentence in told
    assert "Eine Steckdose neben der Bank" in told
    assert "Rutsche" not in told, "what was not taken up is not quoted as if it had been"
    assert "2 Beiträge: 1 übernommen, 1 nicht übernommen." in told


def test_what_was_cancelled_or_closed_without_an_answer_is_neither_done_nor_promised(client):
    cancelled, unanswered = running_process(title="Abgesagt?"), running_process(title="Ohne Antwort?")
    contribution(unanswered, actor=jörg())
    changed_by_two(cancelled, CANCEL, after={"stage": "closed"})
    closed_early(unanswered)

    page = home(client)
    promised, done = section(page, "versprochen"), section(page, "geschafft")

    assert "Ohne Antwort?" in promised
    assert "Abgesagt?" not in promised
    assert "Abgesagt?" not in done
    assert "Ohne Antwort?" not in done


def test_the_page_takes_the_same_queries_for_one_process_and_for_many(client, berlin, django_assert_num_queries):
    in_area(running_process(), district("Mitte"))
    home(client)
    with django_assert_num_queries(11):
        home(client)
    for number in range(8):
        in_area(running_process(title=f"Frage {number}?"), district("Pankow"))
    with django_assert_num_queries(11):
        home(client)
