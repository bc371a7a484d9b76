"""Everyone may take a process's public records home; what is not public stays."""

import csv
import io
import json

import pytest
from django.test import Client
from django.urls import reverse

from cast import LATER, NOW, ida, jörg, malik
from html_client import CityClient
from mitstadt.participation.drafting.tests.builders import comment_at, imported, opened, passage, wording_for
from mitstadt.spine.actions import comments, supports, withdrawal
from mitstadt.spine.actions.answers import answer
from mitstadt.spine.actions.codes import participant
from mitstadt.spine.actions.corrections import reword
from mitstadt.spine.actors import GUEST
from mitstadt.spine.models import AnswerDecision, Stance
from mitstadt.spine.queries import open_data

pytestmark = [pytest.mark.django_db, pytest.mark.stands.with_args(opened)]


def _fetched(process, name: str) -> str:
    response = CityClient().get(reverse(name, args=[process.ref]))
    assert response.status_code == 200
    return b"".join(response).decode("utf-8-sig")


def _said():
    text = opened()
    said = wording_for(passage(text, "Der Platz"), "Der Platz lädt ein.", actor=jörg(), body="Kürzer.")
    comments.comment(said, actor=ida(), text="Ja, kürzer.", stance=Stance.FOR, now=NOW)
    decision = AnswerDecision.NOT
    answer([said], room=text.home, actor=malik(), decision=decision, reason="Zu kurz.", now=NOW)
    return text, said


def test_people_and_guests_who_support_are_told_apart_in_both_files():
    text, said = _said()
    supports.support(said, actor=ida(), now=NOW)
    for _ in range(2):
        supports.support(said, actor=participant(GUEST, text.home, now=NOW)[0], now=NOW)

    [told] = [one for one in json.loads(_fetched(text.room, "process_json"))["records"] if one["ref"] == said.ref]
    [row] = [one for one in csv.DictReader(io.StringIO(_fetched(text.room, "process_csv"))) if one["ref"] == said.ref]

    assert (told["supports"], told["guest_supports"]) == (1, 2)
    assert (row["supports"], row["guest_supports"]) == ("1", "2")


def test_the_file_holds_promise_phases_records_with_their_facts_and_links():
    text, said = _said()

    data = json.loads(_fetched(text.room, "process_json"))

    assert data["commitment"]["what_is_fixed"] == "Die alten Bäume bleiben."
    assert data["phases"][0]["format"] == "drafting"
    records = {record["ref"]: record for record in data["records"]}
    told = records[said.ref]
    assert told["wording"] == "Der Platz lädt ein."
    assert told["author"] == "Jörg"
    assert told["answer"] == "not"
    assert records[told["passage"]]["number"] == said.passage.number
    [comment] = [record for record in data["records"] if record["kind"] == "comment"]
    assert (comment["target"], comment["stance"]) == (said.ref, "for")
    [given] = [record for record in data["records"] if record["kind"] == "answer"]
    assert given["decision"] == "not"
    assert {"source": given["ref"], "type": "answers", "target": said.ref}.items() <= data["links"][0].items()


def test_the_file_tells_what_stood_there_before_and_who_supported_that():
    text = opened()
    said = comment_at(passage(text, "Wege"), actor=jörg(), body="Mehr Licth.")
    supports.support(said, actor=ida(), now=NOW)
    reword(said, actor=jörg(), texts={"body": "Mehr Licht."}, reason="Vertippt.", now=LATER)

    [told] = [one for one in json.loads(_fetched(text.room, "process_json"))["records"] if one["ref"] == said.ref]

    assert (told["body"], told["reworded_at"]) == ("Mehr Licht.", LATER.isoformat())
    assert told["earlier_words"] == [
        {
            "until": LATER.isoformat(),
            "by": "author",
            "reason": "Vertippt.",
            "words": {"body": "Mehr Licth."},
            "supports": 1,
            "guest_supports": 0,
        }
    ]
    withdrawal.erase(said, actor=jörg(), now=LATER)
    assert "Licth" not in _fetched(text.room, "process_json")


def test_the_table_holds_the_same_records_and_runs_nothing():
    text, _ = _said()
    comment_at(passage(text, "Wege"), actor=jörg(), body="@SUM(1)")

    rows = list(csv.DictReader(io.StringIO(_fetched(text.room, "process_csv"), newline="")))

    data = json.loads(_fetched(text.room, "process_json"))
    assert [row["ref"] for row in rows] == [record["ref"] for record in data["records"]]
    assert "'@SUM(1)" in [row["body"] for row in rows]
    assert json.loads(next(row["facts"] for row in rows if row["kind"] == "comment"))["stance"] == "for"


def test_what_was_withdrawn_or_erased_is_not_in_the_file():
    text = opened()
    where = passage(text, "Der Platz")
    withdrawal.withdraw(comment_at(where, actor=jörg(), body="Geheim eins"), actor=jörg(), now=NOW)
    withdrawal.erase(comment_at(where, actor=jörg(), body="Geheim zwei"), actor=jörg(), now=NOW)

    assert "Geheim" not in _fetched(text.room, "process_json")
    assert "Geheim" not in _fetched(text.room, "process_csv")


def test_the_number_of_queries_grows_with_batches_not_with_records(monkeypatch, django_assert_num_queries):
    text, _ = _said()
    for number in range(30):
        comment_at(passage(text, "Wege"), actor=jörg(), body=f"Beitrag {number}")

    with django_assert_num_queries(14):
        _fetched(text.room, "process_json")
    monkeypatch.setattr(open_data, "BATCH", 20)
    assert len(json.loads(_fetched(text.room, "process_json"))["records"]) > 30


def test_no_address_of_a_person_leaves():
    text, _ = _said()

    assert "@example.org" not in _fetched(text.room, "process_json")


@pytest.mark.parametrize("name", ["process_json", "process_csv"])
def test_a_process_in_preparation_gives_strangers_nothing(name):
    text = imported()

    assert Client().get(reverse(name, args=[text.room.ref])).status_code == 404
