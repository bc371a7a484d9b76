"""Anyone reads the public log, takes it home, and checks it without the platform."""

import json

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from cast import NOW, jörg
from html_client import CityClient
from mitstadt.ground.tasks.schedule import SCHEDULE, Every
from mitstadt.methods.log import InclusionProof, verify_log
from mitstadt.participation.drafting.tests.builders import comment_at, opened, passage
from mitstadt.site.commandline.__main__ import main
from mitstadt.spine import own_verbs as verbs
from mitstadt.spine.actions import withdrawal
from mitstadt.spine.actions.acts import record_act
from mitstadt.spine.actions.log import log_key, publish_head
from mitstadt.spine.models import Act, LogNode
from mitstadt.spine.queries.log_export import content_lines, latest_head, log_lines, log_size, proof_of
from mitstadt.spine.tasks import sign_log
from mitstadt.spine.verbs import in_the_log

pytestmark = pytest.mark.django_db


def _acts(count: int) -> None:
    with transaction.atomic():
        for number in range(count):
            record_act(actor=None, verb=verbs.OPENED, record=None, now=NOW, details={"number": number})


def test_the_page_tells_the_signed_head_and_the_newest_acts():
    text = opened()
    head = publish_head(now=NOW)
    said = comment_at(passage(text, "Der Platz"), actor=jörg())

    page = CityClient().get(reverse("log")).content.decode()

    assert f"{head.size} Vorgänge, unterschrieben am" in page
    assert "1 neuer Vorgang kommt in den nächsten Stand." in page
    assert str(log_key()) in page
    assert page.index(said.ref) < page.index(text.room.ref)
    assert "Jörg" not in page


def test_a_page_of_the_log_costs_the_same_however_long_it_is(django_assert_num_queries):
    _acts(10)
    with django_assert_num_queries(4):
        CityClient().get(reverse("log"))
    _acts(200)

    with django_assert_num_queries(4):
        CityClient().get(reverse("log"), {"seite": "3"})


def test_pages_follow_each_other_without_gap_or_repetition():
    _acts(120)

    shown = [
        act.index
        for page in (1, 2, 3)
        for act in CityClient(unique_titles=False).get(reverse("log"), {"seite": page}).context["acts"]
    ]

    assert shown == list(range(119, -1, -1))


def test_the_acts_of_one_record_are_told_oldest_first():
    text = opened()
    said = comment_at(passage(text, "Der Platz"), actor=jörg())
    withdrawal.withdraw(said, actor=jörg(), now=NOW)

    page = CityClient().get(reverse("log_of", args=[said.ref])).content.decode()

    assert page.index(in_the_log("contributed")) < page.index(in_the_log("withdrew"))
    assert Act.objects.filter(ref=said.ref).first().leaf_hash in page


def test_a_ref_without_acts_has_no_page():
    assert Client().get(reverse("log_of", args=["7K3Q-M9XD"])).status_code == 404


@pytest.mark.parametrize("count", [1, 2, 31, 32, 33, 64, 100, 257])
def test_every_act_is_proved_in_few_queries_whatever_the_length(count, django_assert_max_num_queries):
    _acts(count)
    head = publish_head(now=NOW)
    for index in {0, count // 3, count // 2, count - 1}:
        act = Act.objects.get(index=index)
        with django_assert_max_num_queries(2):
            proof = proof_of(act, head)
        assert proof.holds(log_key())


def test_the_nodes_kept_for_proofs_are_one_for_every_32_acts():
    _acts(256)

    assert LogNode.objects.count() == 8 + 4 + 2 + 1


def test_a_proof_is_downloaded_and_holds_and_a_false_one_does_not(tmp_path):
    _acts(40)
    publish_head(now=NOW)

    text = CityClient().get(reverse("log_proof", args=[17])).content.decode()

    assert InclusionProof.from_text(text).holds(log_key())
    file = tmp_path / "proof.txt"
    file.write_text(text)
    assert main(["log", "check-proof", str(file), "--key", str(log_key())]) == 0
    Act.objects.filter(index=17).update(verb="closed")
    forged = CityClient().get(reverse("log_proof", args=[17])).content.decode()
    assert not InclusionProof.from_text(forged).holds(log_key())


@pytest.mark.parametrize(("name", "arguments"), [("log_proof", [5]), ("log_head", []), ("log_export", [])])
def test_no_reader_signs_and_the_page_says_within_what_time_the_city_does(name, arguments):
    _acts(6)

    answer = CityClient().get(reverse(name, args=arguments))

    assert answer.status_code == 404

    assert "spätestens in einer Minute" in answer.content.decode()
    assert answer.headers["Retry-After"] == "60"
    assert latest_head() is None


def test_an_act_that_no_head_covers_yet_has_its_proof_once_the_city_signed():
    _acts(5)
    publish_head(now=NOW)
    _acts(1)
    address = reverse("log_proof", args=[5])
    page = CityClient().get(reverse("log")).content.decode()
    assert address not in page
    assert "Beleg mit dem nächsten Stand" in page
    assert "Die Stadt unterschreibt jede Minute" in page
    assert Client().get(address).status_code == 404
    assert latest_head().size == 5

    sign_log.call()

    assert address in CityClient().get(reverse("log")).content.decode()
    assert InclusionProof.from_text(CityClient().get(address).content.decode()).holds(log_key())
    assert SCHEDULE.entries["sign_log"].rhythm == Every(minutes=1)


def test_there_is_no_proof_of_what_did_not_happen():
    _acts(3)

    assert Client().get(reverse("log_proof", args=[3])).status_code == 404
    assert Client().get("/protokoll/beleg-99999999999999999999999.txt").status_code == 404


def test_the_downloaded_log_is_sound_and_one_changed_act_is_found():
    text = opened()
    comment_at(passage(text, "Der Platz"), actor=jörg())
    publish_head(now=NOW)

    lines = b"".join(CityClient().get(reverse("log_export"))).splitlines(keepends=True)

    sound = verify_log(lines, keys=[log_key()])
    assert sound.sound
    assert sound.entries == log_size()
    Act.objects.filter(index=1).update(details={"forged": True})
    assert not verify_log(log_lines(log_key()), keys=[log_key()]).sound


def test_the_downloaded_head_is_the_one_that_the_log_ends_with():
    _acts(4)
    publish_head(now=NOW)

    head = CityClient().get(reverse("log_head")).content.decode()

    last = b"".join(log_lines(log_key())).splitlines()[-1]
    assert json.loads(last)["head"] == head


def test_the_command_writes_a_log_that_the_command_verifies_and_tells_what_was_erased(tmp_path, capsys):
    text = opened()
    said = comment_at(passage(text, "Der Platz"), actor=jörg())
    withdrawal.erase(said, actor=jörg(), now=NOW)
    log, contents = tmp_path / "log.jsonl", tmp_path / "contents.jsonl"

    assert main(["log", "export", str(log), "--contents", str(contents)]) == 0

    assert contents.stat().st_mode & 0o777 == 0o600
    assert main(["log", "verify", str(log), "--contents", str(contents), "--key", str(log_key())]) == 0
    printed = capsys.readouterr().out
    assert "erased: 1" in printed
    assert said.ref in printed
    log.write_bytes(log.read_bytes().replace(b'"verb":"contributed"', b'"verb":"commented"'))
    assert main(["log", "verify", str(log)]) == 1


def test_contents_that_were_changed_are_found():
    text = opened()
    comment_at(passage(text, "Der Platz"), actor=jörg(), body="Bänke")
    publish_head(now=NOW)

    told = [line.replace("Bänke".encode(), "Zäune".encode()) for line in content_lines()]

    assert not verify_log(log_lines(log_key()), contents=told, keys=[log_key()]).sound


def test_a_place_that_cannot_be_written_is_told_in_a_sentence(tmp_path, capsys):
    assert main(["log", "export", str(tmp_path)]) == 2

    assert "cannot be written: is a directory" in capsys.readouterr().err
