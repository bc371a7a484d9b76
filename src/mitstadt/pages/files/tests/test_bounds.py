"""What is sent is bounded before anything of it is read, and no file reaches the disk where no page takes one."""

import tempfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.urls import path

from mitstadt.ui.uploads.bounds import takes_files

pytestmark = pytest.mark.django_db


def view(request):
    """A page that takes files."""
    return HttpResponse(f"{sum(file.size for file in request.FILES.values())} {request.POST.get('words')}")


class Addresses:
    """Two pages: one takes files."""

    urlpatterns = [path("nimmt/", takes_files(100_000)(view)), path("code/", lambda request: view(request))]


@pytest.fixture
def pages(settings):
    settings.ROOT_URLCONF = Addresses
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 50_000
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 10


@pytest.fixture
def written(monkeypatch):
    """Names of files that were written while a request was answered."""
    made, plain = [], tempfile.NamedTemporaryFile

    def watched(*args, **options):
        file = plain(*args, **options)
        made.append(file.name)
        return file

    monkeypatch.setattr("django.core.files.uploadedfile.tempfile.NamedTemporaryFile", watched)
    return made


def test_a_page_that_takes_files_gets_them(client, pages, written):
    answer = client.post("/nimmt/", {"file": SimpleUploadedFile("a.txt", b"x" * 60_000), "words": "Hallo"})

    assert answer.content == b"60000 Hallo"
    assert len(written) == 1


def test_a_page_that_takes_none_gets_the_words_and_writes_nothing(client, pages, written):
    answer = client.post("/code/", {"file": SimpleUploadedFile("a.txt", b"x" * 20_000), "words": "Hallo"})

    assert answer.content == b"0 Hallo"
    assert written == []


@pytest.mark.parametrize(("path", "size"), [("/nimmt/", 110_000), ("/code/", 60_000)])
def test_too_much_is_refused_by_its_announced_length_with_a_sentence(client, pages, written, path, size):
    answer = client.post(path, {"file": SimpleUploadedFile("a.txt", b"x" * size)})

    assert answer.status_code == 413
    assert "zu groß" in answer.content.decode()
    assert written == []


@pytest.mark.parametrize("announced", ["9" * 5_000, "-1", "viel"])
def test_a_length_that_is_none_is_refused(client, pages, announced):
    answer = client.generic("POST", "/code/", b"words=Hallo", CONTENT_LENGTH=announced)

    assert answer.status_code in {400, 413}
