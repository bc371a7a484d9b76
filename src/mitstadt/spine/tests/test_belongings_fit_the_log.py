"""Whoever moves a place or changes a file past the log is found; whoever does it by the house is not."""

from io import BytesIO

import pytest

from cast import LATER, NOW, ayşe, jörg
from mitstadt.ground.files.api import OFFICE, Accepted, StoredFile, keep_upload
from mitstadt.ground.files.tests.bytes_that_come import PDF
from mitstadt.spine.actions.attachments import DescribedFile, attach, detach
from mitstadt.spine.actions.blacking_out import black_out
from mitstadt.spine.actions.places import set_place
from mitstadt.spine.actions.withdrawal import erase
from mitstadt.spine.models import ActContent, Attachment, Place, Precision, Process, Record
from mitstadt.spine.places import ChosenPlace
from mitstadt.spine.queries.record_check import check_records
from mitstadt.spine.tests.trial_format import contribution, running_process

pytestmark = pytest.mark.django_db


@pytest.fixture
def process() -> Process:
    return running_process()


@pytest.fixture
def said(process) -> Record:
    """A contribution with a place and three documents, two of them put there together."""
    made = contribution(process, actor=jörg())
    _places(made, "Am Zaun")
    _attaches(made, "Plan", "Liste")
    _attaches(made, "Brief")
    return made


def _places(record: Record, words: str) -> None:
    chosen = ChosenPlace(point=None, area=None, precision=Precision.WORDS, words=words)
    set_place(record, chosen, actor=jörg(), now=NOW)


def _attaches(record: Record, *names: str) -> None:
    attach(record, [DescribedFile(_kept(), name, caption=f"{name} vom Mai") for name in names], actor=jörg(), now=NOW)


def _kept() -> StoredFile:
    return keep_upload(BytesIO(PDF), len(PDF), accepted=Accepted(kinds=OFFICE), keeper="somebody", now=NOW)


def _found() -> list[tuple[str, str]]:
    return [(one.ref, one.field) for one in check_records().differences]


def test_what_people_do_with_places_and_files_is_no_lie(said):
    assert _found() == []
    _places(said, "Am Brunnen")
    detach(said.attachments.get(description="Plan"), actor=jörg(), now=LATER)
    assert _found() == []
    _attaches(said, "Foto")
    assert _found() == []
    black_out(said, actor=ayşe(), words=["Brunnen", "Foto"], reason="Auf Bitte.", now=LATER)
    assert _found() == []
    erase(said, actor=jörg(), now=LATER)
    assert _found() == []


@pytest.mark.parametrize(
    "forged",
    [
        {"words": "Am Bach"},
        {"longitude": 13.4, "latitude": 52.5, "precision": Precision.EXACT},
    ],
    ids=["other words", "a point nobody named"],
)
def test_a_place_that_is_changed_past_the_log_is_found(said, forged):
    Place.objects.filter(record=said).update(**forged)

    assert _found() == [(said.ref, "place")]


def test_a_place_that_was_taken_away_or_made_up_past_the_log_is_found(process, said):
    Place.objects.filter(record=said).delete()
    assert _found() == [(said.ref, "place")]

    other = contribution(process, actor=jörg())
    Place.objects.create(record=other, precision=Precision.WORDS, words="Nirgends")
    assert _found() == [(said.ref, "place"), (other.ref, "place")]


@pytest.mark.parametrize("column", ["description", "caption"])
def test_what_a_file_is_called_is_held_against_its_act(said, column):
    Attachment.objects.filter(record=said, position=2).update(**{column: "Fälschung"})

    assert _found() == [(said.ref, "files")]


def test_other_bytes_under_the_same_name_are_found(said):
    StoredFile.objects.filter(attachment__record=said, attachment__position=1).update(sha256="0" * 64)

    assert _found() == [(said.ref, "files")]


def test_a_file_that_was_taken_off_or_added_past_the_log_is_found(said):
    first = said.attachments.get(position=1)
    first.position, first.pk = 9, None
    first.file = _kept()
    first.save()
    assert _found() == [(said.ref, "files")]
    first.delete()
    assert _found() == []

    said.attachments.get(position=3).delete()
    assert _found() == [(said.ref, "files")]


def test_after_one_was_taken_off_those_that_came_later_are_still_held(said):
    detach(said.attachments.get(description="Plan"), actor=jörg(), now=LATER)
    _attaches(said, "Foto")
    Attachment.objects.filter(record=said, description="Foto").update(description="Fälschung")

    assert _found() == [(said.ref, "files")]


@pytest.mark.parametrize("verb", ["placed", "attached"])
def test_a_promise_of_a_place_or_a_file_that_is_torn_out_past_the_log_is_missed(said, verb):
    ActContent.objects.filter(record=said, act__verb=verb).delete()

    assert _found() == [(said.ref, "contents")]
