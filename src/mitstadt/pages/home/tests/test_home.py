"""The home page: what is open now, on the map and as a list; what was promised; what was done."""

import re
from datetime import timedelta

import pytest

from cast import AFTER_THE_PHASE, NOW, changed_by_two, closed_early, jörg, prepared_process
from mitstadt.ground import clock
from mitstadt.ground.areas.actions import load_shipped_city
from mitstadt.ground.areas.models import Area, Level
from mitstadt.spine.amending import CANCEL
from mitstadt.spine.models import Commitment, Process
from mitstadt.spine.tests.trial_format import contribution, running_process

pytestmark = pytest.mark.django_db


@pytest.fixture
def berlin():
    load_shipped_city("berlin", now=NOW)


def home(client) -> str:
    return client.get("/").content.decode()


def counted(page: str) -> dict[str, int]:
    """The list of places beside the map: how much is open in each."""
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


def test_what_is_overdue_is_promised_first_and_what_is_closed_is_done(client):
    running_process(title="Pünktlich?")
    late, done = running_process(title="Zu spät?"), running_process(title="Fertig?")
    Commitment.objects.filter(process=late).update(answer_by=NOW.date() - timedelta(days=3))
    closed_early(done)

    promised = home(client).partition('id="versprochen"')[2]

    assert promised.index("Zu spät?") < promised.index("Pünktlich?")
    assert "Fertig?" in promised.partition('id="geschafft"')[2]


def test_what_was_cancelled_or_closed_without_an_answer_is_neither_done_nor_promised(client):
    cancelled, unanswered = running_process(title="Abgesagt?"), running_process(title="Ohne Antwort?")
    contribution(unanswered, actor=jörg())
    changed_by_two(cancelled, CANCEL, after={"stage": "closed"})
    closed_early(unanswered)

    promised, _heading, done = home(client).partition('id="versprochen"')[2].partition('id="geschafft"')

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
