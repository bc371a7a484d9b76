"""The demo city as it stands: everything the files tell happened, in time, and the public log holds."""

from collections import Counter
from itertools import pairwise
from types import ModuleType

import pytest
from django.test import Client
from django.urls import NoReverseMatch, include, path, reverse

from cast import NOW
from html_client import CityClient
from mitstadt.ground.people.models import Person
from mitstadt.methods.log import Content, Header, SignedHead, exported_lines, verify_log
from mitstadt.participation.drafting.demo.reading import read_text
from mitstadt.participation.drafting.models import Contribution, Edition
from mitstadt.participation.drafting.queries.reading import DESCENT
from mitstadt.site import urls as site_urls
from mitstadt.site.demo import builder, guide, visitors
from mitstadt.site.demo.own_file import open_file
from mitstadt.site.demo.reading import read_city
from mitstadt.site.demo.tests.conftest import MOST_SUPPORTS
from mitstadt.spine.actions.log import log_key
from mitstadt.spine.actors import GUEST
from mitstadt.spine.log import entry_of
from mitstadt.spine.models import (
    Act,
    ActContent,
    AnswerDecision,
    Comment,
    Commitment,
    Link,
    ModerationCase,
    Notice,
    Process,
    Record,
    RecordState,
    RoomStage,
    Translation,
    Turn,
)
from mitstadt.spine.models import SignedHead as KeptHead
from mitstadt.spine.queries.promises import PromiseState, promise_board
from mitstadt.spine.queries.trails import trail_of
from mitstadt.spine.queries.visibility import visible_to

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.usefixtures("built")]


WORDS = "# Ein Brief an den Kiez\n\nWir wünschen uns eine Bank.\n\nUnd einen Baum daneben.\n".encode()


@pytest.fixture
def text_process():
    return Process.objects.get(title=read_city().stories[0].title)


def test_everything_that_was_told_happened():
    said = [script for story in read_city().stories for script in read_text(story.folder).said]

    assert Contribution.objects.count() == len(said)
    assert Comment.objects.count() == sum(len(script.comments) for script in said)
    assert Turn.objects.count() == sum(min(script.supports, MOST_SUPPORTS) for script in said)
    assert Process.objects.count() == len(read_city().stories)


def test_nothing_happened_before_its_time_or_in_the_future():
    times = list(Act.objects.order_by("index").values_list("at", flat=True))

    assert all(earlier <= later for earlier, later in pairwise(times))
    assert times[-1] == NOW
    assert (NOW - times[0]).days > 100


def test_the_public_log_verifies_with_every_head_and_every_content(settings, log_key_file):
    settings.LOG_KEY_FILE = log_key_file
    heads = [SignedHead.from_text(head.text) for head in KeptHead.objects.order_by("size")]
    origin = heads[0].head.origin
    acts = list(Act.objects.order_by("index"))
    header = Header(origin, (log_key(),))
    contents = [
        Content(kept.act.index, kept.act.ref or None, bytes.fromhex(kept.salt), kept.content).line() + b"\n"
        for kept in ActContent.objects.select_related("act").order_by("act_id")
    ]

    found = verify_log(
        exported_lines(header, (entry_of(act).line() for act in acts), heads), contents=contents, known_heads=heads
    )

    assert found.sound, found.faults
    assert (found.entries, found.heads_confirmed) == (len(acts), len(heads))
    assert len(heads) > 10
    # What one author had erased is gone, and the log still holds.
    assert len({ref for _index, ref in found.erased_entries}) == 1


def test_promises_stand_in_every_state():
    states = [promise.state for promise in promise_board(now=NOW)]

    assert set(states) == set(PromiseState)
    assert states[0] == PromiseState.OVERDUE


def test_what_is_prepared_is_seen_by_its_host_alone():
    shown = visible_to(GUEST, Process.objects.all())

    assert Process.objects.count() - shown.count() == 2


def test_contributions_stand_in_every_state_with_every_decision():
    states = set(Contribution.objects.values_list("state", flat=True))
    decisions = set(Contribution.objects.values_list("answer_state", flat=True))

    assert states == {RecordState.PUBLISHED, RecordState.HIDDEN, RecordState.WITHDRAWN, RecordState.ERASED}
    assert decisions == {*AnswerDecision.values, ""}


def test_moderation_has_decided_and_has_work_left():
    cases = ModerationCase.objects.all()

    assert cases.filter(decided_at__isnull=True).count() == 2
    assert set(cases.exclude(verdict="").values_list("verdict", flat=True)) == {"hide", "keep"}
    assert set(cases.filter(appeal__isnull=False).values_list("appeal__upheld", flat=True)) == {True, False}
    assert cases.filter(proposed_by__isnull=False, decided_by__isnull=False).count() == 1


def test_the_second_edition_kept_changed_split_merged_dropped_and_added(text_process):
    first, second = Edition.objects.filter(text__room=text_process).order_by("number")
    arrows = Counter(Link.objects.filter(type__in=DESCENT).values_list("type", flat=True))
    gone = first.passages.exclude(links_out__type__in=DESCENT)
    new = second.passages.exclude(links_in__type__in=DESCENT)

    assert {kind: arrows[kind] > 0 for kind in DESCENT} == dict.fromkeys(DESCENT, True)
    assert [passage.body for passage in gone] == ["Am Baum steht, wann er zuletzt gegossen wurde."]
    assert new.count() == 2


def test_wordings_that_were_taken_over_stand_in_the_text_and_lead_there(text_process):
    taken = Contribution.objects.filter(links_out__type="taken_up_in")

    assert taken.count() == 7
    for contribution in taken.exclude(passage__number="1.2-5"):
        assert Record.objects.filter(links_in__source=contribution, body=contribution.wording).exists()
        assert "taken_up_in" in {step.link for step in trail_of(contribution).steps}


def test_passages_that_stayed_keep_their_translations(text_process):
    second = Edition.objects.get(text__room=text_process, number=2)
    stayed = Link.objects.filter(type="kept_as", target__as_passage__edition=second)
    words = {(words.record_id, words.language): words.body for words in Translation.objects.all()}

    assert stayed.count() > 30
    for language in ("en", "de-simple"):
        assert [one for one in stayed if words[one.target_id, language] != words[one.source_id, language]] == []


@pytest.mark.parametrize("language", ["en", "de-simple"])
def test_the_second_edition_has_words_of_its_own_for_every_passage(text_process, language):
    second = Edition.objects.get(text__room=text_process, number=2)
    said = set(Translation.objects.filter(record__in=second.passages.all(), language=language).values_list("record"))

    assert [passage.number for passage in second.passages.all() if (passage.pk,) not in said] == []


def test_people_hear_what_became_of_what_they_said():
    assert set(Notice.objects.values_list("event", flat=True)) >= {
        "answered_taken_up",
        "next_edition",
        "kept_promise",
        "changed_commitment",
        "hidden",
    }


def test_the_city_knows_that_it_is_built():
    standing = builder.standing()

    assert standing is not None
    assert standing.is_current
    assert not builder.is_stale(standing, now=NOW)


# The demo's own page: anyone's place with one click, and only in a demo.


@pytest.fixture
def demo(settings, tmp_path):
    """A client in a city that is a demo."""
    addresses = ModuleType("addresses")
    ours = [path("", include("mitstadt.site.demo.urls")), *site_urls.urlpatterns]
    setattr(addresses, "urlpatterns", ours)  # noqa: B010  # a module has any name
    settings.DEMO, settings.ROOT_URLCONF, settings.VAR = True, addresses, tmp_path
    return CityClient()


def signed_in(client) -> Person | None:
    key = client.session.get("_auth_user_id")
    return Person.objects.get(pk=key) if key else None


def test_a_real_city_has_no_such_page(client):
    assert client.get("/demo/").status_code == 404
    assert client.post("/demo/malik/").status_code == 404
    with pytest.raises(NoReverseMatch):
        reverse("demo")


def test_the_page_shows_who_can_be_played_where_to_look_and_codes_to_try(built, demo):
    visitors.keep_codes(built.spare_codes)

    page = demo.get("/demo/").content.decode()

    assert all(seat.name in page for seat in guide.seats())
    assert all(code in page for code in built.spare_codes)
    assert len(built.spare_codes) == 3
    assert reverse("text", args=[guide.main_process().records.get(kind="text").ref]) in page


@pytest.mark.parametrize("seat", guide.seats(), ids=lambda seat: seat.key)
def test_one_click_takes_the_place_of_someone(built, demo, seat):
    response = demo.post(f"/demo/{seat.key}/")

    assert response.url in {reverse("home"), reverse("workplace")}
    assert signed_in(demo).display_name == seat.name


def test_linh_takes_part_with_a_code_and_no_data(demo):
    demo.post("/demo/linh/")

    linh = signed_in(demo)
    assert (linh.has_account, linh.email) == (False, None)
    assert linh.participation_code.room == guide.main_process()


def test_looking_signs_nobody_in_and_nobody_outside_the_cast_can_be_played(demo):
    stranger = Client()

    assert stranger.get("/demo/malik/").status_code == 405
    assert stranger.post("/demo/hanne/").status_code == 404
    assert stranger.post("/demo/niemand/").status_code == 404
    assert signed_in(stranger) is None


def test_a_stranger_cannot_sign_people_in_from_another_page(demo):
    strict = Client(enforce_csrf_checks=True)

    assert strict.post("/demo/malik/").status_code == 403


def test_the_places_worth_seeing_lead_somewhere(demo):
    found = guide.places()

    assert len({place.address for place in found}) == len(found) == 8
    demo.post("/demo/malik/")
    for place in found:
        assert demo.get(place.address, follow=True).status_code == 200


def test_ones_own_text_opens_with_a_whole_promise_and_only_once():
    opened = open_file(WORDS, "brief.md", now=NOW)
    again = open_file(WORDS, "brief.md", now=NOW)
    other = open_file(WORDS.replace(b"Baum", b"Brunnen"), "brief.md", now=NOW)

    assert (opened.part.home.stage, opened.was_there) == (RoomStage.OPEN, False)
    assert Commitment.objects.get(process_id=opened.part.room_id).missing_fields == ()
    assert (again.part.pk, again.was_there) == (opened.part.pk, True)
    assert other.part.pk != opened.part.pk
