"""Very many guests from one connection: nobody is refused, what is beyond the measure waits, a moderator decides."""

from datetime import timedelta

import pytest

from cast import NOW, ayşe, ida, jörg, krüger, malik
from mitstadt.participation.drafting.models import Contribution
from mitstadt.participation.drafting.tests.builders import comment_at, opened, passage
from mitstadt.spine.actions.bursts import GUESTS_THAT_COUNT, forget_keys, judge_burst
from mitstadt.spine.actions.carrying import recount_supports
from mitstadt.spine.actions.codes import issue_codes, redeem
from mitstadt.spine.actions.limits import guests_today
from mitstadt.spine.actions.supports import support
from mitstadt.spine.actors import actor_by_code
from mitstadt.spine.errors import Refused
from mitstadt.spine.models import (
    Act,
    Burst,
    Channel,
    Comment,
    Counting,
    ModerationCase,
    ParticipationCode,
    Process,
    RateCount,
    RecordState,
    Turn,
)
from mitstadt.spine.queries.bursts import bursts_of, waiting_bursts
from visits import on_day, visit

pytestmark = [pytest.mark.django_db, pytest.mark.stands.with_args(opened)]
LIBRARY = "203.0.113.7"


@pytest.fixture(autouse=True)
def measure(monkeypatch):
    on_day(monkeypatch)
    monkeypatch.setattr("mitstadt.spine.actions.bursts.GUESTS_THAT_COUNT", 3)


@pytest.fixture
def said():
    return comment_at(passage(opened(), "Für Kinder"), actor=jörg(), body="Mehr Bänke im Schatten.")


def guests(said, count, *, address=LIBRARY, deed="unterstuetzen", **fields):
    """So many fresh browsers behind one connection do the same; their answers."""
    return [
        visit().post(
            f"/eintraege/{said.ref}/{deed}/", {key: value(one) for key, value in fields.items()}, REMOTE_ADDR=address
        )
        for one in range(count)
    ]


def counts(said):
    said.refresh_from_db()
    return said.support_count, said.guest_support_count, said.held_support_count


def page_of(said):
    return visit().get(f"/werdegang/{said.ref}/").content.decode()


def test_thirty_people_in_a_library_are_all_let_in(said):
    answers = guests(said, 30)

    assert {answer.status_code for answer in answers} == {302}
    assert counts(said) == (0, 3, 27)
    assert GUESTS_THAT_COUNT > 3


def test_the_page_says_how_many_wait_and_counts_them_nowhere(said):
    guests(said, 10)

    assert "dazu 3 Gäste, 7 weitere werden geprüft" in page_of(said)


def test_a_guest_who_waits_reads_why_and_what_to_do(said):
    guests(said, 3)
    browser = visit()
    answer = browser.post(f"/eintraege/{said.ref}/unterstuetzen/", REMOTE_ADDR=LIBRARY, follow=True)

    assert "wird geprüft" in answer.content.decode()
    assert "Mit einem Konto oder einem gedruckten Code zählt sie sofort." in answer.content.decode()


def test_another_connection_and_another_day_count(said, monkeypatch):
    guests(said, 4)
    guests(said, 1, address="203.0.113.8")
    on_day(monkeypatch, NOW + timedelta(days=1))
    guests(said, 1)

    assert counts(said) == (0, 5, 1)


def test_whoever_has_an_account_or_a_printed_code_is_never_held(said):
    guests(said, 5)
    visit(ida()).post(f"/eintraege/{said.ref}/unterstuetzen/", REMOTE_ADDR=LIBRARY)
    code = redeem(issue_codes(said.home, actor=malik(), count=1, channel=Channel.PAPER, now=NOW)[0], now=NOW)
    visit(actor_by_code(code, code.person, Channel.WEB)).post(
        f"/eintraege/{said.ref}/unterstuetzen/", REMOTE_ADDR=LIBRARY
    )

    assert counts(said) == (2, 3, 2)


@pytest.mark.parametrize("model", [Turn, ParticipationCode])
def test_the_database_holds_no_printed_code_and_no_account(said, model):
    from django.db import IntegrityError

    issue_codes(said.home, actor=malik(), count=1, channel=Channel.PAPER, now=NOW)
    support(said, actor=ida(), now=NOW)

    with pytest.raises(IntegrityError):
        model.objects.update(counting=Counting.HELD)


def test_what_they_write_waits_too_in_one_line(said):
    answers = guests(
        said,
        5,
        deed="kommentieren",
        text=lambda one: f"Das ist mein Wort {one}.",
        stance=lambda _one: "neutral",
        submission_key=_key,
    )

    assert {answer.status_code for answer in answers} == {302}
    assert [one.state for one in Comment.objects.order_by("pk")] == ["published"] * 3 + ["held"] * 2
    page = visit(ayşe()).get("/moderation/").content.decode()
    assert "2 Gäste mehr als sonst von einem Anschluss" in page
    assert page.count("work-list__item") == 0


def _key(one):
    return f"00000000-0000-4000-8000-{one:012d}"


def test_ayşe_counts_them_with_one_click_and_the_line_is_gone(said):
    guests(
        said,
        5,
        deed="kommentieren",
        text=lambda one: f"Mein Wort {one}.",
        stance=lambda _one: "neutral",
        submission_key=_key,
    )
    guests(said, 2)
    burst = Burst.objects.get()
    browser = visit(ayşe())
    answer = browser.post("/moderation/", {"burst": burst.pk, "counts": "ja", "reason": ""})

    assert answer.status_code == 302
    assert counts(said) == (0, 2, 0)
    assert set(Comment.objects.values_list("state", flat=True)) == {RecordState.PUBLISHED}
    assert "mehr als sonst" not in browser.get("/moderation/").content.decode()
    guests(said, 3)
    assert counts(said) == (0, 5, 0), "Whoever comes after a moderator has looked is counted anew from the start."


def test_what_does_not_count_says_so_with_its_reason_to_everyone(said):
    guests(said, 8)
    visit(ayşe()).post(
        "/moderation/",
        {"burst": Burst.objects.get().pk, "counts": "nein", "reason": "Fünf in einer Sekunde: ein Programm."},
    )

    assert counts(said) == (0, 3, 0)
    assert "Fünf in einer Sekunde: ein Programm." in page_of(said)
    assert Act.objects.filter(verb="burst_not_counted").count() == 2
    recount_supports(said.pk)
    assert counts(said) == (0, 3, 0)


def test_not_to_count_needs_a_reason_and_the_line_stays(said):
    guests(said, 5)
    answer = visit(ayşe()).post("/moderation/", {"burst": Burst.objects.get().pk, "counts": "nein", "reason": " "})

    assert answer.status_code == 422
    assert "Die Begründung fehlt." in answer.content.decode()
    assert counts(said) == (0, 3, 2)


def test_words_that_do_not_count_are_hidden_with_the_reason_and_may_be_appealed(said):
    guests(
        said,
        4,
        deed="kommentieren",
        text=lambda one: f"Kauft hier {one}!",
        stance=lambda _one: "neutral",
        submission_key=_key,
    )
    judge_burst(Burst.objects.get(), actor=ayşe(), counts=False, reason="Werbung eines Programms.", now=NOW)
    case = ModerationCase.objects.get()

    assert case.record.state == RecordState.HIDDEN
    assert (case.verdict, case.rule, case.reason) == ("hide", "flood", "Werbung eines Programms.")
    assert visit().get(f"/melden/{case.record.ref}/").status_code == 410


def test_where_two_decide_the_words_of_a_burst_wait_for_the_second(said):
    Process.objects.filter(pk=said.room_id).update(four_eyes=True)
    guests(
        said,
        4,
        deed="kommentieren",
        text=lambda one: f"Kauft hier {one}!",
        stance=lambda _one: "neutral",
        submission_key=_key,
    )
    judge_burst(Burst.objects.get(), actor=ayşe(), counts=False, reason="Werbung eines Programms.", now=NOW)
    case = ModerationCase.objects.get()

    assert (case.record.state, case.proposed_verdict) == (RecordState.HELD, "hide")
    assert case.record.ref in visit(malik()).get("/moderation/?stapel=zu-zweit").content.decode()


def test_a_guest_who_waits_takes_it_back_and_gives_it_again(said):
    guests(said, 3)
    browser = visit()
    for deed, expected in (("unterstuetzen", 1), ("nicht-mehr-unterstuetzen", 0), ("unterstuetzen", 1)):
        browser.post(f"/eintraege/{said.ref}/{deed}/", REMOTE_ADDR=LIBRARY)
        assert counts(said) == (0, 3, expected)


def test_a_guest_of_whom_it_was_decided_that_they_do_not_count_is_not_counted_later(said):
    guests(said, 3)
    browser = visit()
    browser.post(f"/eintraege/{said.ref}/unterstuetzen/", REMOTE_ADDR=LIBRARY)
    judge_burst(Burst.objects.get(), actor=ayşe(), counts=False, reason="Ein Programm.", now=NOW)
    other = comment_at(passage(opened(), "Für Kinder"), actor=ida())
    browser.post(f"/eintraege/{other.ref}/unterstuetzen/")

    assert counts(other) == (0, 0, 0)


def test_nobody_judges_a_burst_for_their_own_words(said):
    Contribution.objects.filter(pk=said.pk).update(author=ayşe().person)
    guests(said, 5)

    with pytest.raises(Refused, match="own_case"):
        judge_burst(Burst.objects.get(), actor=ayşe(), counts=True, reason="", now=NOW)
    with pytest.raises(Refused, match="needs_role"):
        judge_burst(Burst.objects.get(), actor=ida(), counts=True, reason="", now=NOW)
    judge_burst(Burst.objects.get(), actor=malik(), counts=True, reason="", now=NOW)
    with pytest.raises(Refused, match="case_decided"):
        judge_burst(Burst.objects.get(), actor=malik(), counts=True, reason="", now=NOW)


def test_no_address_is_kept_and_its_digest_goes_with_the_day(said):
    guests(said, 5)
    burst = Burst.objects.get()

    assert LIBRARY not in f"{burst.__dict__}{list(RateCount.objects.values())}"
    assert forget_keys(now=NOW) == 0
    assert forget_keys(now=NOW + timedelta(days=1)) == 1
    burst.refresh_from_db()
    assert burst.key == ""
    assert len(waiting_bursts(bursts_of(ayşe()))) == 1


def test_whoever_has_a_code_writes_no_hundred_texts_in_an_hour_and_loses_no_word(said, monkeypatch):
    monkeypatch.setattr("mitstadt.spine.actions.pace.WORDS_PER_HOUR", 4)
    browser = visit(ida())
    address = f"/eintraege/{said.ref}/kommentieren/"
    answers = [
        browser.post(address, {"text": f"Wort {one}.", "stance": "neutral", "submission_key": _key(one)})
        for one in range(5)
    ]

    assert [answer.status_code for answer in answers] == [302] * 4 + [422]
    refused = answers[-1].content.decode()
    assert "Wort 4." in refused
    assert "Senden Sie ihn ab" in refused
    line = waiting_bursts(bursts_of(ayşe()))[0]
    assert line.burst.person == ida().person
    assert "Eine Person hat in einer Stunde sehr viel beigetragen" in visit(ayşe()).get("/moderation/").content.decode()
    visit(ayşe()).post("/moderation/", {"burst": line.burst.pk, "counts": "ja"})
    assert not waiting_bursts(bursts_of(ayşe()))
    monkeypatch.undo()
    on_day(monkeypatch, NOW + timedelta(hours=1, minutes=1))
    assert browser.post(address, {"text": "Wort 4.", "stance": "neutral", "submission_key": _key(4)}).status_code == 302


def test_a_day_of_guests_is_a_day_of_the_city(said):
    before, after = (NOW.replace(hour=21, minute=59), NOW.replace(hour=22, minute=1))

    assert [guests_today(said.room_id, LIBRARY, now=now) for now in (before, before, after)] == [1, 2, 1]


def test_whoever_works_there_has_no_measure(said, monkeypatch):
    monkeypatch.setattr("mitstadt.spine.actions.pace.WORDS_PER_HOUR", 1)
    browser, address = visit(krüger()), f"/eintraege/{said.ref}/kommentieren/"
    sent = [{"text": f"Wort {one}.", "stance": "neutral", "submission_key": _key(one)} for one in range(3)]

    assert [browser.post(address, one).status_code for one in sent] == [302] * 3


def test_supports_of_one_person_have_a_measure_too(said, monkeypatch):
    monkeypatch.setattr("mitstadt.spine.actions.pace.SUPPORTS_PER_HOUR", 1)
    other = comment_at(passage(opened(), "Für Kinder"), actor=jörg())
    browser = visit(ida())
    browser.post(f"/eintraege/{said.ref}/unterstuetzen/")
    answer = browser.post(f"/eintraege/{other.ref}/unterstuetzen/", follow=True)

    assert "mehr nimmt die Seite von einer Person nicht an" in answer.content.decode()
    assert counts(said) == (1, 0, 0)
    assert counts(other) == (0, 0, 0)


@pytest.mark.parametrize("typed", ["", "x", "0", "9" * 5_000])
def test_nonsense_for_a_burst_does_not_exist(said, typed):
    assert visit(ayşe()).post("/moderation/", {"burst": typed, "counts": "ja"}).status_code == 404
