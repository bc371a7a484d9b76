"""A host tells what is new along the way; everyone reads it with its day and pictures, followers hear of it."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cast import NOW, ida, jörg, malik
from mitstadt.ground.files.tests.bytes_that_come import photo
from mitstadt.participation.drafting.tests.builders import hosted, opened
from mitstadt.spine.actions.announcements import announce
from mitstadt.spine.actions.follows import follow
from mitstadt.spine.actions.withdrawal import retract
from mitstadt.spine.models import Announcement, Notice
from visits import on_day, visit

pytestmark = [pytest.mark.django_db, pytest.mark.stands.with_args(opened)]
TOLD = {"title": "Der Entwurf hängt aus", "text": "Im Rathaus, bis Freitag."}


@pytest.fixture(autouse=True)
def day(monkeypatch):
    on_day(monkeypatch)


def page(process, end: str = "") -> str:
    return f"/beteiligungen/{process.ref}/{end}"


def test_news_stand_on_the_page_with_day_and_picture_once_however_often_they_are_sent():
    process, browser = hosted(opened()), visit(malik())
    picture = SimpleUploadedFile("aushang.jpg", photo(), content_type="image/jpeg")
    upload = {"documents-0-file": picture, "documents-0-description": "Der Aushang im Rathaus."}
    key = {"submission_key": str(uuid4())}

    assert browser.post(page(process, "leitung/neues/"), {**TOLD, **upload, **key}).status_code == 302
    assert browser.post(page(process, "leitung/neues/"), {**TOLD, **key}).status_code == 302

    told = visit().get(page(process)).content.decode()
    assert told.count("Der Entwurf hängt aus") == 1
    assert "4. Mai 2027" in told
    assert 'alt="Der Aushang im Rathaus."' in told


def test_who_follows_the_process_hears_of_it_and_others_write_none():
    process = hosted(opened())
    follow(process, actor=ida(), now=NOW)

    announce(process, actor=malik(), title=TOLD["title"], text=TOLD["text"], now=NOW)

    assert Notice.objects.filter(person=ida().person, event="announced").count() == 1
    assert visit(jörg()).post(page(process, "leitung/neues/"), TOLD).status_code == 403


def test_news_that_the_office_takes_back_leave_the_page_and_keep_their_trail():
    process = hosted(opened())
    told = announce(process, actor=malik(), title=TOLD["title"], text=TOLD["text"], now=NOW)

    retract(told, actor=malik(), reason="Falscher Tag.", now=NOW)

    assert TOLD["text"] not in visit().get(page(process)).content.decode()
    assert Announcement.objects.get().state == "withdrawn"
    assert "Falscher Tag." in visit().get(f"/werdegang/{told.ref}/").content.decode()


def test_older_news_stand_on_further_pages():
    process = hosted(opened())
    for number in range(8):
        announce(process, actor=malik(), title=f"Schritt {number}", text="Es geht voran.", now=NOW)

    first, second = (visit().get(page(process, end)).content.decode() for end in ("", "?neues=2"))

    assert ("Schritt 7" in first, "Schritt 0" in first) == (True, False)
    assert ("Schritt 7" in second, "Schritt 0" in second) == (False, True)
