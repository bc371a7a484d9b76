"""Several offices invite together, one of them answers; and an internal process names who reads it before it opens."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cast import NOW, ayşe, jörg, malik, office, person, with_role
from mitstadt.ground.organisations.models import Role
from mitstadt.participation.drafting.tests.builders import hosted, imported, opened
from mitstadt.spine.deeds import Deed
from mitstadt.spine.models import Act, Process, RecordState, RoomHost, RoomReader
from mitstadt.spine.permits import permit
from visits import on_day, visit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def day(monkeypatch):
    on_day(monkeypatch)


@pytest.fixture
def process():
    return hosted(opened())


@pytest.fixture
def pankow():
    return office("Bezirksamt Pankow", "ba-pankow")


def address(process, end="stellen/"):
    return f"/beteiligungen/{process.ref}/leitung/{end}"


def added(process, organisation):
    return visit(malik()).post(address(process), {"do": "add", "organisation": organisation.slug})


def test_an_office_that_invites_too_is_named_on_the_page_the_card_and_its_own_list(process, pankow):
    assert added(process, pankow).headers["Location"] == address(process)
    page = visit().get(f"/beteiligungen/{process.ref}/").content.decode()

    assert "Gemeinsam mit" in page
    assert '<a href="/organisationen/ba-pankow/">Bezirksamt Pankow</a>' in page
    assert "Antworten gibt: Bezirksamt Mitte." in page
    assert "Bezirksamt Mitte gemeinsam mit Bezirksamt Pankow" in visit().get("/beteiligungen/").content.decode()
    assert process.title in visit().get("/organisationen/ba-pankow/").content.decode()
    assert Act.objects.get(verb="added_host").details == {"host": "ba-pankow"}


def test_its_people_work_there_and_neither_answer_nor_decide(process, pankow):
    svenja = with_role(person("Svenja"), Role.OWNER, pankow)
    assert visit(svenja).get(address(process, "")).status_code == 403
    added(process, pankow)
    svenja = with_role(person("Svenja"), Role.OWNER, pankow)

    assert visit(svenja).get(address(process, "")).status_code == 200
    assert permit(svenja, Deed.PREPARE, process, now=NOW)
    assert not permit(svenja, Deed.ANSWER, process, now=NOW)
    assert visit(svenja).get(address(process)).status_code == 403


def test_an_office_is_let_go_again_and_cannot_be_let_go_twice(process, pankow):
    added(process, pankow)
    browser = visit(malik())

    assert browser.post(address(process), {"do": "end", "organisation": "ba-pankow"}).status_code == 302
    again = browser.post(address(process), {"do": "end", "organisation": "ba-pankow"})
    assert again.status_code == 422
    assert "lädt hier nicht mit ein" in again.content.decode()
    assert not RoomHost.objects.exists()


@pytest.mark.parametrize("sent", [{}, {"organisation": "ba-mitte"}, {"organisation": "gibt-es-nicht"}])
def test_nobody_and_the_answering_host_cannot_be_added(process, sent):
    assert visit(malik()).post(address(process), {"do": "add", **sent}).status_code == 422


def test_only_who_assigns_tasks_names_hosts(process, pankow):
    for stranger in (None, jörg(), ayşe()):
        assert visit(stranger).get(address(process)).status_code == 403
        answer = visit(stranger).post(address(process), {"do": "add", "organisation": pankow.slug})
        assert answer.status_code == 403


def test_the_list_takes_the_same_queries_however_many_invite(process, pankow):
    browser, counts = visit(), []
    browser.get("/beteiligungen/")
    for slug in ("ba-pankow", "a", "b"):
        added(process, office(slug, slug) if len(slug) == 1 else pankow)
        with CaptureQueriesContext(connection) as queries:
            browser.get("/beteiligungen/")
        counts.append(len(queries))

    assert len(set(counts)) == 1


def test_who_reads_an_internal_process_is_said_before_it_opens(pankow):
    process = hosted(imported())
    step = address(process, "vorbereiten/sichtbarkeit/")
    browser = visit(malik())
    sent = {"visibility": "internal", "readers": [str(pankow.pk)]}

    assert browser.post(step, sent).headers["Location"] == address(process, "vorbereiten/inhalt/")
    assert (
        "nur für die genannten Stellen: Bezirksamt Pankow" in browser.get(address(process, "pruefen/")).content.decode()
    )
    assert "checked" in browser.get(step).content.decode().split("Bezirksamt Pankow")[0].rsplit("<input", 1)[1]
    browser.post(address(process, "pruefen/"))
    process = Process.objects.get(pk=process.pk)
    assert process.state == RecordState.INTERNAL
    assert [reader.organisation for reader in RoomReader.objects.filter(room=process)] == [pankow]


def test_an_internal_process_is_listed_for_its_readers_alone(pankow):
    process = hosted(imported())
    step = address(process, "vorbereiten/sichtbarkeit/")
    visit(malik()).post(step, {"visibility": "internal", "readers": [str(pankow.pk)]})
    visit(malik()).post(address(process, "pruefen/"))
    reader = with_role(person("Nina"), Role.CASE_OFFICER, pankow)

    for someone, sees in ((None, False), (jörg(), False), (reader, True), (malik(), True)):
        assert (process.title in visit(someone).get("/beteiligungen/").content.decode()) is sees
        page = visit(someone).get(f"/beteiligungen/{process.ref}/")
        assert page.status_code == (200 if sees else 404)
    assert process.title not in visit(reader).get("/").content.decode()


def test_offices_named_for_what_all_may_read_are_a_mistake_that_is_said(pankow):
    process = hosted(imported())
    step = address(process, "vorbereiten/sichtbarkeit/")
    refused = visit(malik()).post(step, {"visibility": "public", "readers": [str(pankow.pk)]})

    assert refused.status_code == 422
    assert "Wenn alle lesen, müssen Sie keine Stelle nennen." in refused.content.decode()
