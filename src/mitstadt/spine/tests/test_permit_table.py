"""Deed × state × stage × access × person: what may be done, written down a second time as tables and asked everywhere.

The tables are the rule; nothing in them calls what they test. Where several things stand in the way, the first counts:
the kind, whether the record can be read, the room, the part, the phase, then what the person lacks.
"""

from dataclasses import replace
from itertools import product
from typing import Any

import pytest

from cast import NOW
from mitstadt.ground.organisations.models import Role
from mitstadt.spine import formats, kinds, rooms
from mitstadt.spine.actors import Grant
from mitstadt.spine.deeds import Deed
from mitstadt.spine.models import Access, CodeOrigin, Process, RecordState, Room
from mitstadt.spine.permits import (
    GRANTED,
    Permit,
    can_prepare_for,
    checks_first,
    permit,
    permit_any,
    permit_entering,
    permit_entry,
    permit_leading,
    permit_on,
)
from mitstadt.spine.tests import trial_ballots as trial_ballots  # declares its kind
from mitstadt.spine.tests.imagined import (
    AUTHOR,
    CLERK,
    DAY,
    ELSEWHERE,
    HERE,
    HOUSE,
    NOBODY,
    OTHER_HOUSE,
    PHASES,
    ROOMS,
    by_code,
    part,
    record,
    room,
    someone,
    working,
)
from mitstadt.spine.tests.rules import YES, first, rules
from mitstadt.spine.tests.trial_format import TRIAL

EVERYONE = (Deed.CONTRIBUTE, Deed.COMMENT, Deed.SUPPORT, Deed.VOTE)
SERVICE = "trial_service"


@pytest.fixture(autouse=True)
def _trial_words(monkeypatch):
    monkeypatch.setitem(formats._formats, "trial", TRIAL)
    service = kinds.Kind(key=SERVICE, label="Dienst", labels="Dienste", accepts=kinds.JUDGED | {Deed.CONTRIBUTE})
    monkeypatch.setitem(kinds._kinds, SERVICE, service)


# Deeds that everyone does, in a part of a room.
TAKING_PART = rules("""
                     anyone              code                account
account              yes                 yes                 yes
printed code         yes                 yes                 needs_account
code from a letter   yes                 yes                 needs_account
code of a slip       yes                 yes                 needs_account
guest's code         yes                 needs_code          needs_account
nobody               yes                 needs_code          needs_account
printed elsewhere    code_of_other_room  code_of_other_room  needs_account
letter elsewhere     code_of_other_room  code_of_other_room  needs_account
guest elsewhere      code_of_other_room  code_of_other_room  needs_account
who works here       yes                 yes                 yes
""")
PEOPLE = {
    "account": someone(),
    "printed code": by_code(CodeOrigin.PRINTED),
    "code from a letter": by_code(CodeOrigin.LETTER),
    "code of a slip": by_code(CodeOrigin.SLIP),
    "guest's code": by_code(CodeOrigin.GUEST),
    "nobody": NOBODY,
    "printed elsewhere": by_code(CodeOrigin.PRINTED, room=ELSEWHERE),
    "letter elsewhere": by_code(CodeOrigin.LETTER, room=ELSEWHERE),
    "guest elsewhere": by_code(CodeOrigin.GUEST, room=ELSEWHERE),
    "who works here": working(Role.OWNER),
}
STAGES = rules("""
                   everyone       clerk, two days later  clerk, three days later
in preparation     room_not_open  room_not_open          room_not_open
shown too early    room_not_open  room_not_open          room_not_open
open               yes            yes                    yes
open, internal     yes            yes                    yes
open, hidden       room_not_open  room_not_open          room_not_open
closed             room_closed    yes                    room_closed
""")
PARTS = {
    RecordState.DRAFT: "part_not_open",
    RecordState.PUBLISHED: "",
    RecordState.INTERNAL: "",
    RecordState.HIDDEN: "part_not_open",
}
# Everyone's time ends with the phase; paper that was filled in on time counts until three days later.
TIMES = rules("""
                      everyone       on paper
runs                  yes            yes
begins this moment    yes            yes
ends this moment      phase_over     yes
begins tomorrow       phase_not_yet  phase_not_yet
ended two days ago    phase_over     yes
ended three days ago  phase_over     phase_over
""")


@pytest.mark.parametrize("deed", EVERYONE)
def test_what_everyone_may_do_follows_from_room_part_phase_and_access(deed):
    for stage, state, when, access in product(ROOMS, PARTS, PHASES, Access):
        place = part(room(stage), state=state, access=access, phases=[(when, [deed])])
        shut = first(STAGES.reason(stage, "everyone"), PARTS[state], TIMES.reason(when, "everyone"))
        for who, actor in PEOPLE.items():
            expected = shut or TAKING_PART.reason(who, access.value)
            found = permit(actor, deed, place, now=NOW)
            assert (found.ok, found.reason) == (not expected, expected), (stage, state, when, access, who)


@pytest.mark.parametrize("deed", EVERYONE)
def test_a_phase_opens_its_own_deeds_and_no_others(deed):
    others = [("runs", [other for other in EVERYONE if other is not deed])]

    assert permit(PEOPLE["account"], deed, part(room(), phases=others), now=NOW).reason == "no_such_phase"
    assert permit(PEOPLE["account"], deed, part(room()), now=NOW).reason == "no_such_phase"
    for when in PHASES:
        place = part(room(), phases=[*others, (when, [deed])])
        assert permit(PEOPLE["account"], deed, place, now=NOW).reason == TIMES.reason(when, "everyone"), when


def test_a_refusal_of_time_says_when_it_will_be_or_was():
    tomorrow, over = (part(room(), phases=[(when, EVERYONE)]) for when in ("begins tomorrow", "ended two days ago"))

    assert permit(NOBODY, Deed.SUPPORT, tomorrow, now=NOW).until == NOW + DAY
    assert permit(NOBODY, Deed.SUPPORT, over, now=NOW).until < NOW - 2 * DAY
    assert permit(NOBODY, Deed.SUPPORT, part(room("closed"), phases=[("runs", EVERYONE)]), now=NOW).until == NOW


def test_of_several_parts_the_open_one_counts_and_of_closed_ones_the_next():
    runs, over, coming = (
        part(room(), phases=[(when, EVERYONE)]) for when in ("runs", "ended two days ago", "begins tomorrow")
    )

    assert permit_any(NOBODY, Deed.SUPPORT, [over, coming, runs], now=NOW)
    assert permit_any(NOBODY, Deed.SUPPORT, [over, coming], now=NOW).reason == "phase_not_yet"
    assert permit_any(NOBODY, Deed.SUPPORT, [over], now=NOW).reason == "phase_over"
    assert permit_any(NOBODY, Deed.SUPPORT, [], now=NOW).reason == "no_such_phase"


# What each kind takes; nobody does anything else to it, whoever asks and whatever is open.
KINDS = rules("""
               contribute  comment  support  vote  follow  report  remind  answer  moderate  withdraw  erase  appeal
process        no          no       no       no    yes     yes     yes     no      yes       no        no     yes
answer         no          no       no       no    yes     yes     no      no      yes       no        no     yes
decision       no          no       no       no    no      yes     no      no      yes       no        no     yes
announcement   no          no       no       no    no      yes     no      no      yes       yes       no     yes
comment        no          no       yes      no    yes     yes     no      no      yes       yes       yes    yes
trial          no          yes      yes      no    yes     yes     no      yes     yes       yes       yes    yes
trial_part     no          no       no       no    no      yes     no      no      yes       no        no     yes
trial_ballots  no          no       no       yes   no      yes     no      no      yes       no        no     yes
nobody's       no          no       no       no    no      yes     no      no      yes       yes       no     yes
""")


@pytest.mark.parametrize("kind", KINDS.rows)
def test_each_kind_takes_the_deeds_that_it_declares_and_no_others(kind):
    place = part(room(), phases=[("runs", EVERYONE)])
    everything = someone(AUTHOR, grants=[Grant(Role.OWNER)])
    for deed in map(Deed, KINDS.columns):
        taken = KINDS(kind, deed.value) == YES
        state = RecordState.HIDDEN if deed is Deed.APPEAL else RecordState.PUBLISHED
        said = record(place.room, place, kind=kind, state=state)
        found = permit_on(everything, deed, said, now=NOW)
        assert (found.ok, found.reason) == (taken, "" if taken else "kind_takes_no_such_deed"), deed
        if deed not in {Deed.WITHDRAW, Deed.ERASE, Deed.APPEAL}:
            assert bool(permit(everything, deed, place, kind, now=NOW)) == taken, deed
        if deed in EVERYONE:
            assert bool(permit_entering(everything, deed, said, now=NOW)) == taken, deed


# Which words can be read, and therefore commented, supported, followed, reported and answered.
READABLE = rules("""
           nobody  account  author  reader  worker  further host's worker  reader elsewhere
draft      no      no       no      no      no      no                     no
held       no      no       no      no      no      no                     no
published  yes     yes      yes     yes     yes     yes                    yes
internal   no      no       no      yes     yes     yes                    no
hidden     no      no       no      no      no      no                     no
withdrawn  no      no       no      no      no      no                     no
erased     no      no       no      no      no      no                     no
""")
READERS = {
    "nobody": NOBODY,
    "account": someone(),
    "author": someone(AUTHOR),
    "reader": someone(reads=[HERE]),
    "worker": working(Role.OWNER),
    "further host's worker": someone(CLERK, grants=[Grant(Role.OWNER, room_id=HERE, answers=False)]),
    "reader elsewhere": someone(reads=[ELSEWHERE]),
}
LACKING = {
    (Deed.FOLLOW, "nobody"): "needs_account",
    **{(Deed.ANSWER, who): "needs_role" for who in READERS if who != "worker"},
}


@pytest.mark.parametrize("deed", [Deed.COMMENT, Deed.SUPPORT, Deed.FOLLOW, Deed.REPORT, Deed.ANSWER])
def test_nothing_is_added_to_what_one_cannot_read(deed):
    for state, who in product(RecordState, READERS):
        inside = room("open, internal" if state is RecordState.INTERNAL else "open")
        place = part(inside, state=RecordState(inside.state), phases=[("runs", EVERYONE)])
        unread = "" if READABLE(state.value, who) == YES else "record_not_public"
        expected = first(unread, LACKING.get((deed, who), ""))
        found = permit_on(READERS[who], deed, record(inside, place, state=state), now=NOW)
        assert (found.ok, found.reason) == (not expected, expected), (state, who)


def test_what_belongs_to_no_room_takes_nothing_from_anyone_but_its_author(monkeypatch):
    monkeypatch.setattr("mitstadt.spine.permits.room_of", lambda record: None)
    alone = record(None, None)

    for deed in (*EVERYONE, Deed.FOLLOW, Deed.REPORT, Deed.ANSWER, Deed.MODERATE):
        assert permit_on(someone(grants=[Grant(Role.OWNER)]), deed, alone, now=NOW).reason == "not_in_a_room"
    assert permit_on(someone(AUTHOR), Deed.WITHDRAW, alone, now=NOW)


def test_following_and_reporting_are_open_in_every_room_that_opened_also_when_it_is_closed():
    for stage, who in product(ROOMS, PEOPLE):
        shut = "" if stage in {"open", "open, internal", "closed"} else "room_not_open"
        lacking = "" if who in {"account", "who works here"} else "needs_account"
        place = room(stage)
        assert permit(PEOPLE[who], Deed.REPORT, place, now=NOW).reason == shut, (stage, who)
        assert permit(PEOPLE[who], Deed.FOLLOW, place, now=NOW).reason == first(shut, lacking), (stage, who)


# Who has which task; “answering” is for the host that answers, not for a further host of the room, “house” for whoever
# has the role in the whole house, not in one room of it.
TASKS = rules("""
                   contributor  facilitator  moderator  desk_clerk  case_officer  editor     owner
prepare            no           yes          no         no          no            yes        yes
open               no           no           no         no          no            no         answering
close              no           no           no         no          no            no         answering
change_commitment  no           no           no         no          no            no         answering
amend              no           no           no         no          no            no         answering
announce           no           answering    no         no          no            answering  answering
cancel             no           no           no         no          no            no         answering
reopen             no           no           no         no          no            no         answering
hand_over          no           no           no         no          no            no         answering
open_part          no           no           no         no          no            answering  answering
show_to            no           answering    no         no          no            answering  answering
discard            no           answering    no         no          no            answering  answering
issue_codes        no           yes          no         yes         no            no         yes
enter_for_others   no           yes          no         yes         no            no         yes
edit_part          no           no           no         no          no            yes        yes
answer             no           no           no         no          answering     answering  answering
correct_answer     no           no           no         no          answering     answering  answering
prepare_answers    no           no           no         no          answering     answering  answering
moderate           no           no           yes        no          no            no         yes
black_out          no           no           yes        no          no            no         yes
erase_for_others   no           no           answering  no          no            no         answering
correct_entry      no           yes          no         yes         no            no         yes
pause              no           no           house      no          no            no         house
see_dashboard      no           yes          yes        yes         yes           yes        yes
assign_roles       no           no           no         no          no            no         answering
""")
# When a task can be done that not every stage allows.
WHEN = rules("""
                   in preparation  open          closed
open               yes             already_open  already_open
show_to            yes             already_open  already_open
discard            yes             already_open  already_open
change_commitment  room_not_open   yes           yes
amend              room_not_open   yes           yes
hand_over          room_not_open   yes           yes
announce           room_not_open   yes           yes
cancel             not_open        yes           not_open
reopen             not_closed      not_closed    yes
issue_codes        yes             yes           room_closed
""")
# Where a role holds: in the room, in none, or there for all but what the answering host does.
WHERE: dict[str, tuple[dict[str, Any], bool | str]] = {
    "in the house that hosts": ({"organisation_id": HOUSE}, True),
    "in this room": ({"room_id": HERE}, True),
    "everywhere": ({}, True),
    "in another house": ({"organisation_id": OTHER_HOUSE}, False),
    "in another room": ({"room_id": ELSEWHERE}, False),
    "in a further host": ({"room_id": HERE, "answers": False}, "but for answering"),
    "in a further host of another room": ({"room_id": ELSEWHERE, "answers": False}, False),
}


@pytest.mark.parametrize("deed", TASKS.rows)
def test_a_role_gives_its_tasks_where_it_holds_and_nowhere_else(deed):
    for role, where, stage in product(Role, WHERE, ("in preparation", "open", "closed")):
        given, holds = WHERE[where]
        cell = TASKS(deed, role.value)
        may = cell != "no" and bool(holds) and not (cell == "answering" and holds == "but for answering")
        may = may and not (cell == "house" and "room_id" in given)
        place = part(room(stage), phases=[("runs", EVERYONE)])
        expected = first(
            "" if may else "needs_role",
            WHEN.reason(deed, stage) if deed in WHEN.rows else "",
            "room_not_open" if deed == Deed.ENTER_FOR_OTHERS and stage == "in preparation" else "",
        )
        for asked in (place, place.room):
            wanted = expected
            if deed == Deed.ENTER_FOR_OTHERS and asked is not place:
                wanted = first("" if may else "needs_role", "no_such_phase")
            found = permit(someone(grants=[Grant(role, **given)]), Deed(deed), asked, now=NOW)
            assert (found.ok, found.reason) == (not wanted, wanted), (role, where, stage)


def test_moderators_judge_records_in_every_state_and_only_where_they_moderate():
    for state, stage in product(RecordState, ROOMS):
        said = record(room(stage), None, state=state)
        assert permit_on(working(Role.MODERATOR), Deed.MODERATE, said, now=NOW), (state, stage)
        assert permit_on(working(Role.EDITOR), Deed.MODERATE, said, now=NOW).reason == "needs_role"
        assert permit_on(someone(AUTHOR), Deed.MODERATE, said, now=NOW).reason == "needs_role"


def test_what_was_typed_for_others_is_corrected_while_it_is_up_and_unanswered():
    clerk, place = working(Role.DESK_CLERK), room()
    for state in RecordState:
        said = record(place, None, state=state)
        said.entered_by_id = CLERK
        up = state in {RecordState.PUBLISHED, RecordState.INTERNAL, RecordState.HELD}
        gone = "already_erased" if state is RecordState.ERASED else "not_entered_at_the_desk"
        assert permit_on(clerk, Deed.CORRECT_ENTRY, said, now=NOW).reason == ("" if up else gone), state
    answered, own = record(place, None), record(place, None)
    answered.entered_by_id, answered.answer_state = CLERK, "noted"
    assert permit_on(clerk, Deed.CORRECT_ENTRY, answered, now=NOW).reason == "correct_answered"
    assert permit_on(clerk, Deed.CORRECT_ENTRY, own, now=NOW).reason == "not_entered_at_the_desk"


def test_words_are_blacked_out_and_erased_in_every_state_but_where_nothing_is_left():
    for state in RecordState:
        said, gone = record(room(), None, state=state), "already_erased" if state is RecordState.ERASED else ""
        for deed in (Deed.BLACK_OUT, Deed.ERASE_FOR_OTHERS):
            assert permit_on(working(Role.MODERATOR), deed, said, now=NOW).reason == gone, (state, deed)


def test_who_is_paused_here_writes_nothing_here_and_keeps_the_rest():
    place = part(room(), phases=[("runs", EVERYONE)])
    here, elsewhere, everywhere = (replace(someone(), paused_in=frozenset({at})) for at in (HOUSE, OTHER_HOUSE, None))
    for deed in EVERYONE:
        assert permit(here, deed, place, now=NOW).reason == "paused", deed
        assert permit(everywhere, deed, place, now=NOW).reason == "paused", deed
        assert permit(elsewhere, deed, place, now=NOW), deed
    for deed in (Deed.FOLLOW, Deed.REPORT):
        assert permit(everywhere, deed, place, now=NOW), deed


def test_what_people_do_is_nobodys_task():
    for deed in (*EVERYONE, Deed.WITHDRAW, Deed.ERASE, Deed.APPEAL):
        assert not permit(working(Role.OWNER), deed, room(), now=NOW), deed
        assert not permit(someone(AUTHOR), Deed.WITHDRAW, room(), now=NOW)


# Entering for others.
ENTERING = {
    "clerk": (working(Role.DESK_CLERK), ""),
    "facilitator": (working(Role.FACILITATOR), ""),
    "owner": (working(Role.OWNER), ""),
    "clerk of another house": (working(Role.DESK_CLERK, organisation_id=OTHER_HOUSE), "needs_role"),
    "clerk of a further host": (working(Role.DESK_CLERK, room_id=HERE, answers=False), ""),
    "editor": (working(Role.EDITOR), "needs_role"),
    "moderator": (working(Role.MODERATOR), "needs_role"),
    "somebody": (someone(), "needs_role"),
    "nobody": (NOBODY, "needs_role"),
}


@pytest.mark.parametrize(("column", "later"), [("clerk, two days later", 2), ("clerk, three days later", 3)])
def test_clerks_enter_what_came_on_time_for_three_days_after_the_phase_and_after_the_end(column, later):
    moment = NOW + later * DAY
    for stage, state, when in product(ROOMS, PARTS, PHASES):
        place = part(room(stage), state=state, phases=[(when, EVERYONE)], now=moment)
        said = record(place.room, place)
        shut = first(STAGES.reason(stage, column), PARTS[state], TIMES.reason(when, "on paper"))
        for who, (clerk, lacking) in ENTERING.items():
            expected = lacking or shut
            assert permit(clerk, Deed.ENTER_FOR_OTHERS, place, now=moment).reason == expected, (stage, state, when, who)
            assert permit_entering(clerk, Deed.SUPPORT, said, now=moment).reason == expected, (stage, state, when, who)
            assert permit_entry(clerk, place.room).reason == lacking


def test_clerks_add_nothing_to_what_cannot_be_read_or_belongs_to_no_part():
    place, clerk = part(room(), phases=[("runs", EVERYONE)]), working(Role.DESK_CLERK)

    for state in RecordState:
        expected = "" if state in {RecordState.PUBLISHED, RecordState.INTERNAL} else "record_not_public"
        assert permit_entering(clerk, Deed.SUPPORT, record(place.room, place, state=state), now=NOW).reason == expected
    assert permit_entering(clerk, Deed.SUPPORT, record(place.room, None), now=NOW).reason == "not_in_a_room"


# What authors do with their own.
OWN = rules("""
           withdraw           erase           appeal
draft      record_not_public  yes             nothing_to_appeal
held       record_not_public  yes             nothing_to_appeal
published  yes                yes             nothing_to_appeal
internal   yes                yes             nothing_to_appeal
hidden     record_not_public  yes             yes
withdrawn  record_not_public  yes             nothing_to_appeal
erased     already_erased     already_erased  nothing_to_appeal
""")


@pytest.mark.parametrize("deed", OWN.columns)
def test_authors_take_back_what_is_theirs_and_nobody_else_does(deed):
    for state, stage in product(RecordState, ROOMS):
        said = record(room(stage), None, state=state)
        assert permit_on(someone(AUTHOR), Deed(deed), said, now=NOW).reason == OWN.reason(state.value, deed), state
        others = [NOBODY, someone(), working(Role.OWNER), someone(grants=[Grant(Role.OWNER)]), PEOPLE["guest's code"]]
        assert {permit_on(who, Deed(deed), said, now=NOW).reason for who in others} == {"not_yours"}, state


# When an author may change the words of what came by contributing, and of what came by commenting.
REWORDING = rules("""
                      trial          comment
runs                  yes            yes
begins this moment    yes            yes
ends this moment      phase_over     phase_over
begins tomorrow       phase_not_yet  phase_not_yet
ended two days ago    phase_over     phase_over
ended three days ago  phase_over     phase_over
""")
UP = {RecordState.PUBLISHED, RecordState.INTERNAL}


@pytest.mark.parametrize(("kind", "came_by"), [("trial", Deed.CONTRIBUTE), ("comment", Deed.COMMENT)])
def test_authors_change_their_words_while_the_same_could_be_said_anew(kind, came_by):
    for state, stage, when in product(RecordState, ROOMS, PHASES):
        place = part(room(stage), phases=[(when, [came_by])])
        said = record(place.room, place, kind=kind, state=state)
        gone = "already_erased" if state is RecordState.ERASED else "record_not_public"
        shut = first(STAGES.reason(stage, "everyone"), REWORDING.reason(when, kind))
        expected = shut if state in UP else gone
        assert permit_on(someone(AUTHOR), Deed.REWORD, said, now=NOW).reason == expected, (state, stage, when)
        for who in (NOBODY, someone(), working(Role.OWNER)):
            assert permit_on(who, Deed.REWORD, said, now=NOW).reason == "not_yours"


def test_answered_words_and_those_that_are_read_first_stay_as_they_are():
    place = part(room(), phases=[("runs", EVERYONE)])
    answered = record(place.room, place)
    answered.answer_state = "noted"
    assert permit_on(someone(AUTHOR), Deed.REWORD, answered, now=NOW).reason == "reword_answered"
    place.checks_first = True
    read_first = record(place.room, place)
    assert permit_on(someone(AUTHOR), Deed.REWORD, read_first, now=NOW).reason == "reword_checked_first"


def test_what_an_office_wrote_is_not_taken_back_by_who_typed_it():
    for kind, deed in product(("process", "answer"), (Deed.WITHDRAW, Deed.ERASE)):
        assert permit_on(someone(AUTHOR), deed, record(room(), None, kind=kind), now=NOW).reason == (
            "kind_takes_no_such_deed"
        )


# Rooms of other kinds: what belongs to no part follows from what the kind of the room declares.
@pytest.fixture
def service(monkeypatch):
    """Lets a kind of room declare its deeds, times and access for this test."""

    def declared(*, takes, access=Access.ANYONE, when=GRANTED, checked=False):
        kind = rooms.RoomKind(
            key=SERVICE, name="Dienst", when=lambda *_: when, access=access, takes=takes, checks_first=checked
        )
        monkeypatch.setitem(rooms._kinds, SERVICE, kind)
        return kind

    return declared


@pytest.mark.parametrize("access", Access)
@pytest.mark.parametrize("when", [GRANTED, Permit(False, "phase_not_yet", NOW + DAY)])
def test_in_a_room_without_parts_its_kind_says_what_is_taken_and_when(service, access, when):
    service(takes={"trial": frozenset({Deed.COMMENT}), SERVICE: frozenset({Deed.CONTRIBUTE})}, access=access, when=when)
    for stage, who in product(ROOMS, PEOPLE):
        place = room(stage, model=Room, kind=SERVICE)
        lacking = first(STAGES.reason(stage, "everyone"), when.reason, TAKING_PART.reason(who, access.value))
        said = record(place, None)
        assert permit(PEOPLE[who], Deed.COMMENT, place, "trial", now=NOW).reason == lacking, (stage, who)
        assert permit_on(PEOPLE[who], Deed.COMMENT, said, now=NOW).reason == lacking, (stage, who)
        assert permit(PEOPLE[who], Deed.CONTRIBUTE, place, now=NOW).reason == lacking, (stage, who)
        undeclared = first(STAGES.reason(stage, "everyone"), "kind_takes_no_such_deed")
        assert permit_on(PEOPLE[who], Deed.SUPPORT, said, now=NOW).reason == undeclared, (stage, who)


def test_a_kind_of_room_that_nobody_declared_takes_nothing(monkeypatch):
    monkeypatch.delitem(rooms._kinds, SERVICE, raising=False)
    place = room(model=Room, kind=SERVICE)

    assert permit_on(someone(), Deed.COMMENT, record(place, None), now=NOW).reason == "kind_takes_no_such_deed"
    assert checks_first(place, None)


def test_in_a_process_nothing_is_said_or_supported_outside_its_parts():
    for deed in (Deed.COMMENT, Deed.SUPPORT):
        assert not permit_on(someone(), deed, record(room(), None), now=NOW)


def test_what_is_checked_first_is_said_by_the_part_or_by_the_kind_of_the_room(service):
    inside = part(room())
    inside.checks_first = True
    checked, unchecked = (service(takes={}, checked=answer) for answer in (True, False))

    assert checks_first(room(), inside)
    assert not checks_first(room(), part(room()))
    assert checked.checks_first
    assert not unchecked.checks_first
    assert not checks_first(room(model=Room, kind=SERVICE), None)
    service(takes={}, checked=True)
    assert checks_first(room(model=Room, kind=SERVICE), None)


def test_to_begin_and_to_lead_one_needs_a_role_in_the_organisation_itself():
    for role, (where, (given, _holds)) in product(Role, WHERE.items()):
        inside = where in {"in the house that hosts", "everywhere"}
        actor = someone(grants=[Grant(role, **given)])
        begins = inside and role in {Role.OWNER, Role.EDITOR, Role.FACILITATOR}
        assert can_prepare_for(actor, HOUSE) == begins, (role, where)
        leads = inside and role == Role.OWNER
        assert permit_leading(actor, HOUSE).reason == ("" if leads else "needs_leading_role"), (role, where)
        platform = where == "everywhere" and role == Role.OWNER
        assert permit_leading(actor, None).reason == ("" if platform else "needs_platform_lead"), (role, where)


def test_every_deed_has_its_place_in_these_tables():
    asked = {*KINDS.columns, *TASKS.rows, *OWN.columns}
    # What several do with one record is held in test_authorship and test_merging.
    together = {Deed.INVITE.value, Deed.JOIN.value, Deed.MERGE.value, Deed.SEPARATE.value, Deed.SPLIT.value}

    assert asked | together | {Deed.REWORD.value} == {deed.value for deed in Deed}
    assert Process.KIND in KINDS.rows
