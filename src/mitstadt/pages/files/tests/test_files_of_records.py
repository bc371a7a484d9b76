"""A picture on a record: seen by those who may read the record, gone with it, and nothing of it left behind."""

import json
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.urls import reverse

from cast import LATER, NOW, ayşe, ida, jörg, malik
from mitstadt.ground.files import actions as storing
from mitstadt.ground.files.api import OFFICE, PICTURES, Accepted, FileSize, StoredFile, keep_upload, sweep_bytes
from mitstadt.ground.files.tests.bytes_that_come import PDF, SECRET, photo_with_a_place
from mitstadt.spine.actions import moderation
from mitstadt.spine.actions.attachments import DescribedFile, attach, detach, forget_unused_files
from mitstadt.spine.actions.authorship import invite, join
from mitstadt.spine.actions.withdrawal import erase
from mitstadt.spine.errors import Refused
from mitstadt.spine.models import Act, ActContent, Attachment, ModerationVerdict, Record, RecordState, ReportReason
from mitstadt.spine.queries.attachments import attachments_of
from mitstadt.spine.tests.trial_format import contribution, running_process
from mitstadt.ui.uploads.showing import address_of_file, downloads_of, pictures_of

pytestmark = pytest.mark.django_db
BOTH = Accepted(kinds=PICTURES | OFFICE)


def kept(data: bytes = b"", *, keeper: str = "somebody", now=NOW) -> StoredFile:
    data = data or photo_with_a_place(width=900, height=600)
    return keep_upload(BytesIO(data), len(data), accepted=BOTH, keeper=keeper, now=now)


@pytest.fixture
def said():
    return contribution(running_process(), actor=jörg())


@pytest.fixture
def shown(said):
    [made] = attach(said, [DescribedFile(kept(), "Eine Bank ohne Lehne")], actor=jörg(), now=NOW)
    return made


def _stored() -> set[str]:
    return {
        f"files/{folder}/{name}"
        for folder in (default_storage.listdir("files")[0] if default_storage.exists("files") else [])
        for name in default_storage.listdir(f"files/{folder}")[1]
    }


def _address(shown: Attachment) -> str:
    return address_of_file(shown, shown.largest)


def test_everyone_sees_the_picture_of_a_public_record_and_browsers_keep_it(
    client, shown, django_assert_max_num_queries
):
    address = _address(shown)
    with django_assert_max_num_queries(1):
        answer = client.get(address)

    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "image/webp"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "public" in answer.headers["Cache-Control"]
    assert "Cookie" not in answer.headers.get("Vary", "")
    body = answer.getvalue()
    assert len(body) == int(answer.headers["Content-Length"])
    assert SECRET not in body
    assert client.get(_address(shown), headers={"if-none-match": answer.headers["ETag"]}).status_code == 304


@pytest.mark.parametrize(
    ("state", "status"),
    [(RecordState.HIDDEN, 410), (RecordState.HELD, 404), (RecordState.DRAFT, 404), (RecordState.WITHDRAWN, 410)],
)
def test_what_hangs_on_a_record_that_is_not_public_is_not_shown_to_strangers(client, shown, state, status):
    Record.objects.filter(pk=shown.record_id).update(state=state)

    assert client.get(_address(shown)).status_code == status
    client.force_login(ida().person)
    assert client.get(_address(shown)).status_code == status
    for actor in (jörg(), malik(), ayşe()):
        client.force_login(actor.person)
        answer = client.get(_address(shown))
        assert answer.getvalue()
        assert answer.headers["Cache-Control"] == "private, no-store"


def test_a_picture_is_not_found_under_another_record(client, shown):
    other = contribution(shown.record.home, actor=ida())
    _, _, name = _address(shown).rpartition("/")

    assert client.get(f"/dateien/{other.ref}/{name}").status_code == 404
    assert client.get(f"/dateien/{shown.record.ref}/{'0' * 32}-320.webp").status_code == 404
    assert client.post(_address(shown)).status_code == 405


def test_a_document_is_only_ever_downloaded(client, said):
    [made] = attach(said, [DescribedFile(kept(PDF), "Lageplan")], actor=jörg(), now=NOW)
    [download] = downloads_of(attachments_of([said], actor=ida())[said.pk])

    answer = client.get(download.href)
    assert answer.getvalue() == PDF

    assert answer.headers["Content-Disposition"] == f'attachment; filename="{said.ref}-{made.position}.pdf"'
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert (download.label, download.kind, download.bytes) == ("Lageplan", "PDF", len(PDF))


def test_a_picture_is_shown_in_the_width_that_fits(shown):
    [picture] = pictures_of(attachments_of([shown.record], actor=ida())[shown.record_id])

    assert [source.width for source in picture.sources] == [320, 640, 900]
    assert picture.src.endswith("-640.jpeg")
    assert (picture.alt, picture.width, picture.height) == ("Eine Bank ohne Lehne", 900, 600)


def test_lists_show_pictures_with_as_many_queries_however_many_records(said, django_assert_num_queries):
    records = [said, *(contribution(said.home, actor=jörg()) for _ in range(3))]
    for record in records:
        attach(record, [DescribedFile(kept(), "Bank"), DescribedFile(kept(PDF), "Plan")], actor=jörg(), now=NOW)

    reader = ida()
    with django_assert_num_queries(2):
        found = attachments_of(records, actor=reader)
        shown = [pictures_of(files) + downloads_of(files) for files in found.values()]

    assert [len(one) for one in shown] == [2, 2, 2, 2]


def test_the_visitors_name_for_the_file_is_nowhere(shown):
    names = FileSize.objects.values_list("name", flat=True)

    assert all(name.startswith(f"files/{shown.file.key[:2]}/{shown.file.key}-") for name in names)
    assert _stored() == set(names)


def test_a_file_is_used_once_and_only_within_its_day(said):
    file = kept()
    attach(said, [DescribedFile(file, "Bank")], actor=jörg(), now=NOW)

    with pytest.raises(Refused, match="file_gone"):
        attach(said, [DescribedFile(StoredFile.objects.get(pk=file.pk), "Bank")], actor=jörg(), now=NOW)
    late = kept()
    with pytest.raises(Refused, match="file_gone"):
        attach(said, [DescribedFile(late, "Bank")], actor=jörg(), now=NOW + timedelta(hours=25))


def test_a_picture_is_described_or_said_to_be_decoration(said):
    with pytest.raises(Refused, match="file_not_described"):
        attach(said, [DescribedFile(kept(), " ")], actor=jörg(), now=NOW)
    with pytest.raises(Refused, match="file_not_described"):
        attach(said, [DescribedFile(kept(PDF), decorative=True)], actor=jörg(), now=NOW)
    [made] = attach(said, [DescribedFile(kept(), "überzählig", decorative=True)], actor=jörg(), now=NOW)
    assert made.description == ""
    with pytest.raises(IntegrityError), transaction.atomic():
        Attachment.objects.filter(pk=made.pk).update(decorative=False)


def test_a_record_takes_only_so_many_files(said, monkeypatch):
    monkeypatch.setattr("mitstadt.spine.actions.attachments.MOST_ON_A_RECORD", 1)

    with pytest.raises(Refused) as refused:
        attach(said, [DescribedFile(kept(), "a"), DescribedFile(kept(), "b")], actor=jörg(), now=NOW)

    assert "höchstens 1" in str(refused.value.sentence)
    assert not Attachment.objects.exists()


def test_the_log_promises_the_file_under_salt(shown):
    act = Act.objects.get(verb="attached")

    assert act.details == {"files": 1}
    assert ActContent.objects.get(act=act).content["files"][0]["sha256"] == shown.file.sha256


def test_erasing_the_record_erases_every_byte(shown, django_capture_on_commit_callbacks):
    assert len(_stored()) == 4

    with django_capture_on_commit_callbacks(execute=True):
        erase(shown.record, actor=jörg(), now=LATER)

    assert _stored() == set()
    assert not StoredFile.objects.exists()
    assert not ActContent.objects.filter(record_id=shown.record_id).exists()


def test_an_erasure_that_fails_loses_no_byte(shown, django_capture_on_commit_callbacks, monkeypatch):
    monkeypatch.setattr("mitstadt.spine.actions.withdrawal.record_act", lambda **_: 1 / 0)

    with django_capture_on_commit_callbacks(execute=True), pytest.raises(ZeroDivisionError):
        erase(shown.record, actor=jörg(), now=LATER)

    assert len(_stored()) == 4
    assert StoredFile.objects.count() == 1


def test_a_hidden_record_keeps_its_picture_for_the_appeal(shown, django_capture_on_commit_callbacks):
    case = moderation.report(shown.record, actor=ida(), reason=ReportReason.INSULT, text="", now=NOW).case
    with django_capture_on_commit_callbacks(execute=True):
        moderation.decide(
            case, actor=ayşe(), verdict=ModerationVerdict.HIDE, rule=ReportReason.INSULT, reason="Weil.", now=LATER
        )

    assert len(_stored()) == 4


@pytest.mark.parametrize("who", [jörg, ayşe])
def test_the_author_and_the_moderation_can_take_one_picture_off(shown, who, django_capture_on_commit_callbacks):
    with pytest.raises(Refused, match="not_yours"):
        detach(shown, actor=ida(), now=LATER)

    with django_capture_on_commit_callbacks(execute=True):
        detach(shown, actor=who(), now=LATER)

    assert _stored() == set()
    assert Record.objects.get(pk=shown.record_id).state == RecordState.PUBLISHED
    assert not ActContent.objects.filter(act__verb="attached").exists()


def test_the_author_removes_one_of_two_pictures_on_a_page(client, shown, django_capture_on_commit_callbacks):
    attach(shown.record, [DescribedFile(kept(PDF), "Plan")], actor=jörg(), now=NOW)
    page = reverse("record_files", args=[shown.record.ref])
    client.force_login(ida().person)
    assert client.get(page).status_code == 403
    assert client.post(page, {"key": shown.file.key}).status_code == 403
    client.force_login(jörg().person)
    assert "Datei 2 für immer entfernen" in client.get(page).content.decode()
    assert page in client.get(reverse("own_record", args=[shown.record.ref])).content.decode()

    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(page, {"key": shown.file.key}, follow=True)

    assert "Die Datei ist gelöscht" in answer.content.decode()
    assert [one.description for one in Attachment.objects.all()] == ["Plan"]
    assert client.post(page, {"key": shown.file.key}).status_code == 404


def test_what_was_never_sent_is_swept_after_a_day_and_what_is_used_stays(shown, django_capture_on_commit_callbacks):
    kept(now=NOW)
    used = {size.name for size in shown.file.sizes.all()}

    with django_capture_on_commit_callbacks(execute=True):
        assert forget_unused_files(now=NOW + timedelta(hours=23)) == 0
        assert forget_unused_files(now=NOW + timedelta(hours=25)) >= 1

    assert _stored() == used


def test_bytes_without_a_row_are_swept_but_not_those_of_this_moment(shown, monkeypatch):
    monkeypatch.setattr(StoredFile.objects, "create", lambda **_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        kept()
    written = default_storage.get_modified_time(next(iter(_stored())))
    assert len(_stored()) == 8

    assert sweep_bytes(now=written + timedelta(hours=1)) == 0
    assert sweep_bytes(now=written + timedelta(hours=25)) == 4
    assert len(_stored()) == 4


def test_one_browser_cannot_fill_the_store(monkeypatch):
    monkeypatch.setattr(storing, "MOST_KEPT", 2)
    kept(), kept()

    with pytest.raises(ValueError, match="too_many_kept"):
        kept()
    kept(keeper="another")
    kept(now=NOW + timedelta(days=2))


def test_open_data_name_the_public_file(client, shown):
    told = json.loads(client.get(reverse("process_json", args=[shown.record.home.ref])).getvalue())

    [[file]] = [row["files"] for row in told["records"] if row["ref"] == shown.record.ref]
    assert file["description"] == "Eine Bank ohne Lehne"
    assert client.get(f"/dateien/{shown.record.ref}/{file['name']}").getvalue()


def test_a_file_that_lost_its_record_is_swept(shown, django_capture_on_commit_callbacks):
    shown.delete()

    with django_capture_on_commit_callbacks(execute=True):
        assert forget_unused_files(now=NOW) >= 1

    assert not StoredFile.objects.exists()


def test_who_was_invited_takes_no_file_off_over_the_heads_of_the_others(shown):
    join(invite(shown.record, actor=jörg(), now=NOW), actor=ida(), now=NOW)

    for author in (ida(), jörg()):
        with pytest.raises(Refused, match="others_wrote_it_too"):
            detach(Attachment.objects.get(), actor=author, now=LATER)

    detach(Attachment.objects.get(), actor=ayşe(), now=LATER)
    assert not Attachment.objects.exists()


def test_a_file_is_taken_off_once_and_told_once(shown):
    once, again = Attachment.objects.get(), Attachment.objects.get()
    for one in (once, again):
        detach(one, actor=jörg(), now=LATER)

    assert Act.objects.filter(verb="detached").count() == 1
