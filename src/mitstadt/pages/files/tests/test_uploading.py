"""A form with pictures and no JavaScript: what was uploaded stays while the rest is put right, for its sender alone."""

import html
from datetime import timedelta

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.template import engines
from django.urls import path

from cast import NOW, ida, jörg
from html_client import CityClient
from mitstadt.ground import clock
from mitstadt.ground.files.api import OFFICE, Accepted, StoredFile
from mitstadt.ground.files.tests.bytes_that_come import PDF, photo
from mitstadt.site.urls import urlpatterns as city
from mitstadt.spine.actions.attachments import attach
from mitstadt.spine.errors import Refused
from mitstadt.spine.models import Attachment
from mitstadt.spine.tests.trial_format import contribution, running_process
from mitstadt.ui.assisted import AssistedForm
from mitstadt.ui.uploads.bounds import takes_files
from mitstadt.ui.uploads.fields import UploadsField
from mitstadt.ui.uploads.keeping import uploads_of

pytestmark = pytest.mark.django_db
PAGE = """{% extends "ui/form_page.html" %}{% block title %}Melden{% endblock %}
{% block question %}Was ist los?{% endblock %}"""


class ReportForm(AssistedForm):
    """A report with a picture and, where one has them, papers."""

    words = forms.CharField(label="Was ist los?")
    pictures = UploadsField(label="Bilder", most=2, captions=True)
    papers = UploadsField(label="Unterlagen", accepted=Accepted(kinds=OFFICE))


@takes_files(40_000_000)
def report(request):
    """What a slice's view does."""
    form = ReportForm(request.POST or None, request.FILES or None, uploads=uploads_of(request, now=clock.now()))
    if request.method == "POST" and form.is_valid():
        made = contribution(running_process(), actor=jörg(), body=form.cleaned_data["words"])
        attach(made, form.cleaned_data["pictures"] + form.cleaned_data["papers"], actor=jörg(), now=clock.now())
        return HttpResponse(made.ref, content_type="text/plain")
    page = engines["django"].from_string(PAGE)
    return HttpResponse(page.render({"form": form}, request), status=422 if form.errors else 200)


class Site:
    """The city with one form more."""

    urlpatterns = [path("melden/", report, name="report"), *city]


@pytest.fixture(autouse=True)
def _site(settings):
    settings.ROOT_URLCONF = Site


def picture(name: str = "bank.jpg", data: bytes = b"") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data or photo(64, 64), "image/jpeg")


def send(client, **fields):
    """Send the form; double underscores part a field from its place and part."""
    return client.post("/melden/", {name.replace("__", "-"): value for name, value in fields.items()})


def faults(answer) -> str:
    """The error summary of the page."""
    page = html.unescape(answer.content.decode())
    return page.partition("error-summary")[2].partition("</div>")[0]


def test_a_described_picture_arrives_with_the_words(client):
    answer = send(client, words="Kaputt", pictures__0__file=picture(), pictures__0__description="Eine Bank")

    assert answer.status_code == 200, faults(answer)
    made = Attachment.objects.get()
    assert (made.description, made.record.body, made.file.keep_until) == ("Eine Bank", "Kaputt", None)


def test_a_page_alone_begins_no_session(client):
    assert client.get("/melden/").status_code == 200
    assert not client.cookies.get("mitstadt_session")


def test_what_was_uploaded_is_still_there_when_another_answer_is_missing(client):
    answer = send(client, words="", pictures__0__file=picture(), pictures__0__description="Eine Bank")

    assert answer.status_code == 422
    kept = StoredFile.objects.get()
    page = answer.content.decode()
    assert f'value="{kept.key}"' in page
    assert 'value="Eine Bank"' in page
    assert client.get(f"/hochgeladen/{kept.key}/").getvalue()
    again = send(client, words="Kaputt", pictures__0__kept=kept.key, pictures__0__description="Eine Bank")
    assert again.status_code == 200
    assert Attachment.objects.get().file == kept


def test_a_picture_without_a_description_is_asked_for_one_and_kept(client):
    answer = send(client, words="Kaputt", pictures__0__file=picture())

    assert "was auf dem Bild zu sehen ist" in faults(answer)
    key = StoredFile.objects.get().key
    assert send(client, words="Kaputt", pictures__0__kept=key, pictures__0__decorative="on").status_code == 200
    assert Attachment.objects.get().decorative


def test_a_kept_picture_belongs_to_its_browser_and_to_its_day(client, monkeypatch):
    send(client, words="", pictures__0__file=picture())
    key = StoredFile.objects.get().key
    stranger = CityClient(unique_titles=False)
    send(stranger, words="", pictures__0__file=picture())

    assert stranger.get(f"/hochgeladen/{key}/").status_code == 404
    taken = send(stranger, words="Meins", pictures__0__kept=key, pictures__0__description="Eine Bank")
    assert "zu lange hochgeladen" in faults(taken)
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(hours=25))
    assert client.get(f"/hochgeladen/{key}/").status_code == 404
    late = send(client, words="Spät", pictures__0__kept=key, pictures__0__description="Eine Bank")
    assert "zu lange hochgeladen" in faults(late)
    assert not Attachment.objects.exists()


def test_who_signs_in_on_the_way_keeps_the_picture_and_who_signs_out_does_not(client):
    send(client, words="", pictures__0__file=picture())
    key = StoredFile.objects.get().key

    client.force_login(ida().person)
    assert client.get(f"/hochgeladen/{key}/").getvalue()
    client.logout()
    assert client.get(f"/hochgeladen/{key}/").status_code == 404


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (picture("bank.jpg", b"<svg xmlns='x'><script/></svg>"), "Programmcode"),
        (picture("bank.jpg", PDF), "Möglich sind: JPEG, PNG, WebP"),
        (picture("bank.jpg", photo(300, 300)[:500]), "lässt sich nicht lesen"),
        (SimpleUploadedFile("bank.jpg", b""), "Datei ist leer"),
    ],
    ids=["svg", "pdf", "truncated", "empty"],
)
def test_a_file_that_is_not_taken_is_named_and_what_was_typed_stays(client, file, sentence):
    answer = send(client, words="Kaputt", pictures__1__file=file, pictures__1__description="Eine Bank")

    assert answer.status_code == 422
    assert sentence in faults(answer)
    assert "Datei 2:" in faults(answer)
    assert 'value="Eine Bank"' in answer.content.decode()
    assert not StoredFile.objects.exists()


def test_a_picture_can_be_left_out_again_or_replaced(client):
    send(client, words="", pictures__0__file=picture(), pictures__0__description="Eine Bank")
    first = StoredFile.objects.get().key
    without = send(
        client,
        words="Kaputt",
        pictures__0__kept=first,
        pictures__0__description="Eine Bank",
        **{"pictures__0__leave-out": "on"},
    )

    assert without.status_code == 200
    assert not Attachment.objects.exists()


def test_a_document_keeps_its_kind_whatever_it_is_called(client):
    wrong = SimpleUploadedFile("rechnung.docx", PDF, "application/msword")
    send(client, words="Kaputt", papers__0__file=wrong, papers__0__description="Lageplan")

    assert Attachment.objects.get().file.kind == "pdf"


def test_a_connection_that_uploads_without_end_is_paused(client, monkeypatch):
    monkeypatch.setattr("mitstadt.ui.uploads.keeping.UPLOADS_PER_HOUR", 1)
    send(client, words="", pictures__0__file=picture())

    answer = send(client, words="", pictures__0__file=picture())

    assert str(Refused("too_many_at_once").sentence) in faults(answer)


def test_the_field_says_in_a_sentence_what_it_takes(client):
    page = client.get("/melden/").content.decode()

    assert "JPEG, PNG, WebP, höchstens 10 MB. Bis zu 2 Dateien." in page
    assert 'accept="image/jpeg,image/png,image/webp"' in page


def test_a_kept_document_is_shown_to_nobody_before_it_hangs_on_a_record(client):
    send(client, words="", papers__0__file=SimpleUploadedFile("plan.pdf", PDF, "application/pdf"))

    assert client.get(f"/hochgeladen/{StoredFile.objects.get().key}/").status_code == 404
