"""One mechanism for all that can be followed: who hears of what, once, and never of what is not public."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from cast import LATER, NOW, ida, jörg, malik, person, prepared_process
from mitstadt.ground.areas.models import Area, Level
from mitstadt.spine import following
from mitstadt.spine import own_verbs as verbs
from mitstadt.spine.actions import notices
from mitstadt.spine.actions.follows import follow, follow_target, unfollow_target
from mitstadt.spine.actions.notices import tell_followers, write_around
from mitstadt.spine.actions.processes import open_process
from mitstadt.spine.actions.sorting import set_theme
from mitstadt.spine.actors import GUEST, actor_for
from mitstadt.spine.errors import Refused
from mitstadt.spine.following import of_area, of_organisation, of_theme
from mitstadt.spine.models import Follow, Notice, Record, RecordState
from mitstadt.spine.queries.news import fresh_count, grouped, page_of_deeds
from mitstadt.spine.tests.trial_format import contribution, part_in, running_process, trial_part

pytestmark = [pytest.mark.django_db, pytest.mark.stands.with_args(running_process)]


@pytest.fixture
def process():
    return running_process()


def area(path: str, name: str) -> Area:
    return Area.objects.create(
        official_id=path,
        scheme="trial",
        level=Level.DISTRICT if len(path) == 4 else Level.PLANNING_AREA,
        path=path,
        slug=name.lower(),
        official_name=name,
        search_key=name.lower(),
        valid_from=date(2020, 1, 1),
    )


@pytest.fixture
def mitte():
    return area("zzza", "Mitte")


def heard(who) -> list[str]:
    return list(Notice.objects.filter(person=who.person).order_by("pk").values_list("event", flat=True))


def test_a_row_follows_one_thing_and_not_two_or_none(process, mitte):
    for wrong in ({}, {"record": process, "area": mitte}, {"theme": "Wasser", "organisation": process.host}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Follow.objects.create(person=ida().person, created_at=NOW, **wrong)


@pytest.mark.parametrize("column", ["area", "organisation", "theme", "search", "record"])
def test_the_same_is_followed_once(process, mitte, column):
    value = {
        "area": mitte,
        "organisation": process.host,
        "theme": "Wasser",
        "search": "q=Wasser",
        "record": process,
    }[column]
    Follow.objects.create(person=ida().person, created_at=NOW, **{column: value})

    with pytest.raises(IntegrityError), transaction.atomic():
        Follow.objects.create(person=ida().person, created_at=NOW, **{column: value})


def test_each_kind_of_target_has_a_column_of_its_own():
    columns = [kind.column.removesuffix("_id") for kind in following.target_kinds()]

    assert sorted(columns) == sorted(["record", "area", "organisation", "theme", "search"])


@pytest.mark.parametrize("who", [GUEST, None], ids=["guest", "code"])
def test_who_has_no_account_is_told_why(process, who):
    actor = who or actor_for(type(ida().person).objects.create_without_data())

    with pytest.raises(Refused) as refused:
        follow_target(of_organisation(process.host), actor=actor, now=NOW)

    assert refused.value.reason == "needs_account"
    assert not Follow.objects.exclude(record=None, person=None).filter(organisation=process.host).exists()


def test_who_follows_a_district_hears_that_a_process_opens_in_one_of_its_quarters(mitte):
    quarter = area("zzzazzza", "Wedding")
    elsewhere = area("zzzb", "Pankow")
    prepared = prepared_process()
    trial_part(prepared)
    Record.objects.filter(pk=prepared.pk).update(area=quarter)
    prepared.refresh_from_db()
    follow_target(of_area(mitte), actor=ida(), now=NOW - timedelta(days=1))
    follow_target(of_area(elsewhere), actor=jörg(), now=NOW - timedelta(days=1))

    open_process(prepared, actor=malik(), now=NOW)

    assert heard(ida()) == ["opened"]
    assert heard(jörg()) == []


def test_who_follows_an_office_hears_what_it_does_and_not_each_comment(process):
    follow_target(of_organisation(process.host), actor=ida(), now=NOW)

    tell_followers([process], verbs.COMMENTED, now=LATER)
    assert heard(ida()) == []

    tell_followers([process], verbs.ANNOUNCED, now=LATER)
    assert heard(ida()) == ["announced"]


def test_who_follows_the_process_and_its_office_hears_once(process):
    follow(process, actor=ida(), now=NOW)
    follow_target(of_organisation(process.host), actor=ida(), now=NOW)

    tell_followers([process], verbs.ANNOUNCED, now=LATER)

    assert heard(ida()) == ["announced"]


def test_nobody_hears_by_way_of_an_office_of_what_only_some_may_read(process):
    follow_target(of_organisation(process.host), actor=ida(), now=NOW)
    Record.objects.filter(pk=process.pk).update(state=RecordState.INTERNAL)

    tell_followers([process], verbs.ANNOUNCED, now=LATER)

    assert heard(ida()) == []


def test_who_follows_a_theme_hears_what_is_sorted_under_it_once(process):
    first, second = (contribution(process, actor=jörg(), body=words) for words in ("Bänke.", "Noch mehr Bänke."))
    set_theme(part_in(process), [first], actor=malik(), theme="Sitzen", now=NOW)
    follow_target(of_theme("Sitzen"), actor=ida(), now=NOW)

    set_theme(part_in(process), [first, second], actor=malik(), theme="Sitzen", now=LATER)
    [told] = Notice.objects.filter(person=ida().person)
    assert (told.event, told.said_id) == ("sorted_under", second.pk)


def test_what_is_hidden_before_the_task_runs_is_told_to_nobody(process):
    said = contribution(process, actor=jörg(), body="Bänke.")
    other = contribution(process, actor=jörg(), body="Mehr Bänke.")
    set_theme(part_in(process), [other], actor=malik(), theme="Sitzen", now=NOW)
    follow_target(of_theme("Sitzen"), actor=ida(), now=NOW)

    assert write_around([said.pk], now=LATER, of_theme="Sitzen") == 1
    Record.objects.filter(pk=said.pk).update(state=RecordState.HIDDEN)
    assert write_around([said.pk], now=LATER, of_theme="Sitzen") == 0


def test_a_crowd_around_a_process_is_told_by_a_task(process, monkeypatch):
    monkeypatch.setattr(notices, "AT_ONCE", 2)
    for name in ("Ida", "Linh", "Omar"):
        follow_target(of_organisation(process.host), actor=actor_for(person(name)), now=NOW)

    left = []
    monkeypatch.setattr(notices, "write_notices", lambda *_args, **_more: left.append("in the request"))

    tell_followers([process], verbs.ANNOUNCED, now=LATER)

    assert left == []
    assert Notice.objects.exclude(person=malik().person).count() == 3, "the task told everyone"


def test_what_is_out_of_sight_can_still_be_ended(process):
    follow(process, actor=ida(), now=NOW)
    Record.objects.filter(pk=process.pk).update(state=RecordState.HIDDEN)

    assert unfollow_target("eintrag", process.ref, actor=ida())
    assert not unfollow_target("eintrag", process.ref, actor=ida())
    assert not unfollow_target("nichts", process.ref, actor=ida())
    assert not Follow.objects.filter(person=ida().person).exists()


def test_one_deed_is_one_line_however_much_it_reached(process):
    records = [contribution(process, actor=ida(), body=f"Bank {n}.") for n in range(8)]
    said = contribution(process, actor=jörg(), body="Alle Bänke zusammen.", now=LATER)
    tell_followers(records, verbs.ANSWERED_NOTED, now=LATER, said=said)

    page, rows = page_of_deeds(ida().person, None)
    [room] = grouped(rows)
    [deed] = room.deeds

    assert (page.paginator.count, fresh_count(ida().person)) == (1, 1)
    assert (len(deed.subjects), deed.more) == (5, 3)
    assert deed.words == "Alle Bänke zusammen."


def test_words_that_are_hidden_or_erased_stand_in_no_news(process):
    mine = contribution(process, actor=ida(), body="Eine Bank.")
    said = contribution(process, actor=jörg(), body="Etwas Böses.", now=LATER)
    tell_followers([mine], verbs.COMMENTED, now=LATER, said=said)
    Record.objects.filter(pk=said.pk).update(state=RecordState.HIDDEN)

    _page, rows = page_of_deeds(ida().person, None)
    [deed] = grouped(rows)[0].deeds

    assert (deed.words, deed.by, deed.path) == ("", "", "")


def test_news_take_the_same_queries_for_one_deed_and_for_twenty(process):
    person_asking = ida().person

    def queries() -> int:
        with CaptureQueriesContext(connection) as ran:
            grouped(page_of_deeds(person_asking, None)[1])
        return len(ran)

    def told(n: int) -> None:
        mine = contribution(process, actor=ida(), body=f"Bank {n}.")
        said = contribution(process, actor=jörg(), body=f"Gut {n}.", now=LATER)
        tell_followers([mine], verbs.COMMENTED, now=LATER + timedelta(minutes=n), said=said)

    told(0)
    one = queries()
    for n in range(1, 20):
        told(n)

    assert queries() == one <= 4
