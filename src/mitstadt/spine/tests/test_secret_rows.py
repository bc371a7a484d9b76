"""Ballots: one for each human, changed while the part is open, sealed in batches, and nobody joins them to people."""

import itertools
import json
import stat
import zipfile
from datetime import timedelta
from pathlib import Path
from statistics import correlation
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from cast import AFTER_THE_PHASE, LATER, NOW, ida, jörg, malik, person
from mitstadt.site.backup import tables
from mitstadt.site.backup.reading import restore_backup
from mitstadt.site.backup.writing import write_backup
from mitstadt.spine import checks, turn_keys
from mitstadt.spine.actions.codes import participant
from mitstadt.spine.actions.parts import move_phase, plan_phase
from mitstadt.spine.actions.secret_rows import cast_row, tend_boxes, unlink
from mitstadt.spine.actions.turns import end_turn
from mitstadt.spine.actors import GUEST, actor_for
from mitstadt.spine.deeds import Deed
from mitstadt.spine.errors import Refused
from mitstadt.spine.models import Act, Room, RoomStage, SecretBatch, SecretBox, Turn
from mitstadt.spine.permits import PAPER_GRACE
from mitstadt.spine.queries.secret_rows import count_rows, own_rows
from mitstadt.spine.queries.turns import Counted, count_turns
from mitstadt.spine.secret_rows import SMALLEST_BATCH, hash_of, leaf_of
from mitstadt.spine.tests.at_once import at_once, seen_there
from mitstadt.spine.tests.trial_ballots import TellingBallot, TrialBallot, ballot_table, running_ballot

pytestmark = pytest.mark.django_db(transaction=True)
VOTERS = 2 * SMALLEST_BATCH


@pytest.fixture
def part(transactional_db):
    with ballot_table():
        yield running_ballot()


def cast(part, who, choice, *, now=NOW):
    return cast_row(TrialBallot(content={"choice": choice}), part=part, actor=who, now=now)


def voters(count=VOTERS):
    return [actor_for(person(f"Nummer {number}")) for number in range(count)]


def choices():
    return sorted(row.content["choice"] for row in TrialBallot.objects.all())


def test_a_ballot_is_found_by_its_person_and_changed_while_the_part_is_open(part):
    cast(part, ida(), "Bänke")
    cast(part, jörg(), "Bäume")

    _turn, first = cast(part, ida(), "Brunnen", now=LATER)

    assert not first
    assert choices() == ["Brunnen", "Bäume"]
    assert [row.content["choice"] for row in own_rows(TrialBallot.objects.all(), part, actor=ida())] == ["Brunnen"]
    assert not own_rows(TrialBallot.objects.all(), part, actor=GUEST).exists()


def test_guests_are_counted_apart_among_turns_and_ballots(part):
    cast(part, ida(), "Bänke")
    cast(part, participant(GUEST, part.home, now=NOW)[0], "Bäume")

    assert count_turns(part, Deed.VOTE) == Counted(people=1, guests=1)
    assert count_rows(TrialBallot.objects.all(), part) == Counted(people=1, guests=1)


def test_a_ballot_is_refused_when_the_part_is_over_and_leaves_nothing(part):
    with pytest.raises(Refused, match="phase_over"):
        cast(part, ida(), "Bänke", now=AFTER_THE_PHASE)

    assert not TrialBallot.objects.exists()
    assert not SecretBox.objects.exists()


def test_eight_ballots_of_one_person_at_once_leave_one_and_eight_of_others_all(part, shared_database):
    who, others = ida(), voters(8)
    shared_database()

    results = at_once(
        [
            *(lambda n=n: cast(part, who, f"ida {n}") for n in range(8)),
            *(lambda one=one: cast(part, one, "andere") for one in others),
        ]
    )

    assert [one for one in results if isinstance(one, Exception)] == []
    left = seen_there(choices)
    assert len(left) == 9
    assert left.count("andere") == 8
    assert seen_there(lambda: Turn.objects.filter(deed="vote").count()) == 9


def test_the_log_has_one_act_for_a_batch_and_none_for_a_ballot(part):
    before = Act.objects.count()
    for who in voters():
        cast(part, who, "Bänke")

    [act] = Act.objects.filter(index__gte=before)
    batch = SecretBatch.objects.get()
    sealed = TrialBallot.objects.filter(batch=batch)
    assert (act.verb, act.details) == (
        "sealed_rows",
        {"batch": 1, "count": SMALLEST_BATCH, "sha256": hash_of(leaf_of(row) for row in sealed)},
    )
    assert sorted(leaf_of(row) for row in sealed) == batch.leaves
    assert TrialBallot.objects.filter(batch=None).count() == VOTERS - SMALLEST_BATCH


def test_a_ballot_that_is_changed_leaves_its_batch_and_every_other_still_fits(part):
    people = voters()
    for who in people:
        cast(part, who, "Bänke")
    sealed = TrialBallot.objects.exclude(batch=None).first()
    changing = next(w for w in people if own_rows(TrialBallot.objects.all(), part, actor=w).get().pk == sealed.pk)

    cast(part, changing, "Bäume")

    assert TrialBallot.objects.count() == VOTERS
    batch = SecretBatch.objects.get()
    left = {leaf_of(row) for row in TrialBallot.objects.filter(batch=batch)}
    assert set(batch.leaves) - left == {leaf_of(sealed)}
    assert left < set(batch.leaves)


def _everything_stored() -> str:
    """All that an attacker with the whole database has, ballots apart."""
    return "\n".join(line.decode() for model in tables.kept_models() for line in tables.dumped(model))


def test_whoever_has_the_whole_database_and_the_log_joins_no_ballot_with_a_person(part):
    """Every number, order and time that database and log give is tried; none goes along with the order of the turns."""
    people = voters()
    for number, who in enumerate(people):
        cast(part, who, number, now=NOW + timedelta(minutes=number))
    for number, who in enumerate(people[:3]):
        cast(part, who, number, now=NOW + timedelta(hours=9))

    for order in _orders_of_ballots():
        # Orders made by chance are further apart than that in all but one case of 100,000.
        assert abs(correlation(list(range(VOTERS)), order)) < 0.6, order
    stored = _everything_stored()
    for ballot in TrialBallot.objects.all():
        assert ballot.pk.hex not in stored.replace("-", "")
        assert ballot.token not in stored
    assert set(Turn.objects.values_list("at", "day")) == {(None, NOW.date())}
    times = {field.name for field in TrialBallot._meta.get_fields() if "Date" in type(field).__name__}
    assert times == set()


def _orders_of_ballots() -> list[list[int]]:
    """The ballots by key, by token, as they lie on the disk, and by whatever else the database numbers them with."""
    hidden = ["rowid"] if connection.vendor == "sqlite" else ["ctid", "xmin::text::bigint, ctid"]
    found = []
    with connection.cursor() as cursor:
        for column in ["id", "token", *hidden]:
            cursor.execute(f"SELECT content FROM trial_ballot ORDER BY {column}")  # noqa: S608  # our own names
            found.append([json.loads(row[0])["choice"] for row in cursor.fetchall()])
    return found


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="Only PostgreSQL keeps the transaction of each row.")
def test_no_transaction_number_of_postgresql_joins_a_ballot_with_its_turn(part):
    for who in voters(20):
        cast(part, who, "Bänke")

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(DISTINCT xmin::text) FROM trial_ballot")
        assert cursor.fetchone() == (1,)


def test_the_first_ballots_of_a_day_do_not_stay_in_the_order_in_which_they_came(part):
    for number, who in enumerate(voters(12)):
        cast(part, who, number)

    came = list(range(12))
    assert all(order != came for order in _orders_of_ballots())


def test_the_key_lies_in_a_file_for_our_eyes_only_and_two_who_make_it_get_the_same(part):
    made: list[Any] = [*at_once([lambda: turn_keys.made_key(part.ref) for _ in range(8)])]

    assert len(set(made)) == 1
    [file] = Path(settings.TURN_KEYS).iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert len(made[0]) == 32


def test_at_the_end_the_key_is_destroyed_and_all_that_counts_has_one_hash(part):
    for who in voters(5):
        cast(part, who, "Bänke")

    assert tend_boxes(now=NOW) == 0
    assert tend_boxes(now=AFTER_THE_PHASE) == 1
    assert not unlink(part, now=AFTER_THE_PHASE)

    assert list(Path(settings.TURN_KEYS).iterdir()) == []
    rows = list(TrialBallot.objects.all())
    assert {row.token for row in rows} == {None}
    [act] = Act.objects.filter(verb="unlinked_rows")
    assert act.details == {"count": 5, "sha256": hash_of(leaf_of(row) for row in rows)}
    # The last batch may be small: it is all there is.
    assert sorted(itertools.chain(*SecretBatch.objects.values_list("leaves", flat=True))) == sorted(map(leaf_of, rows))


def test_once_all_was_counted_nobody_votes_twice_and_nobody_alone(part):
    """A row that came after the count would not be under its hash, and the last turn would tell whose it is."""
    cast(part, ida(), "Bänke")
    unlink(part, now=LATER)

    for who in (ida(), jörg()):
        with pytest.raises(Refused, match="secret_rows_counted"):
            cast(part, who, "Bäume", now=LATER)

    assert choices() == ["Bänke"]
    assert Turn.objects.filter(deed="vote").count() == 1


def test_what_was_counted_gets_no_more_time(part):
    cast(part, ida(), "Bänke")
    tend_boxes(now=AFTER_THE_PHASE)
    phase, later = part.phases.get(), AFTER_THE_PHASE + timedelta(days=9)

    with pytest.raises(Refused, match="secret_rows_counted"):
        move_phase(phase, actor=malik(), opens_at=phase.opens_at, closes_at=later, now=AFTER_THE_PHASE)
    with pytest.raises(Refused, match="secret_rows_counted"):
        plan_phase(
            part, actor=malik(), title="Noch einmal", opens_at=AFTER_THE_PHASE, closes_at=later, now=AFTER_THE_PHASE
        )

    assert part.phases.get().closes_at == phase.closes_at


def test_a_key_that_a_crash_left_behind_is_destroyed_the_next_day(part, monkeypatch):
    cast(part, ida(), "Bänke")
    with monkeypatch.context() as crash:
        crash.setattr(turn_keys, "destroy_key", lambda _ref: None)
        tend_boxes(now=AFTER_THE_PHASE)
    assert turn_keys.key_of(part.ref)

    tend_boxes(now=AFTER_THE_PHASE + timedelta(days=1))

    assert turn_keys.key_of(part.ref) is None


def test_a_turn_in_secret_is_not_given_back(part):
    turn, _first = cast(part, ida(), "Bänke")

    with pytest.raises(ValueError, match="count twice"):
        end_turn(turn)


def test_no_key_is_in_a_backup_and_where_it_is_lost_ballots_count_and_that_is_told(part, tmp_path, monkeypatch):
    settings_var = tmp_path / "var"
    monkeypatch.setattr(settings, "VAR", settings_var)
    kept = tables.kept_models
    monkeypatch.setattr(tables, "kept_models", lambda *of: [*kept(*of), TrialBallot])
    for who in (ida(), jörg()):
        cast(part, who, "Bänke")
    key = turn_keys.key_of(part.ref)
    token = TrialBallot.objects.values_list("token", flat=True)[0]
    file = tmp_path / "city.zip"

    write_backup(file, now=NOW)
    turn_keys.destroy_key(part.ref)  # the machine is lost
    restore_backup(file, replace=True)

    assert _contains(file, token.encode())
    assert not _contains(file, key.hex().encode())
    assert not _contains(file, key)
    assert choices() == ["Bänke", "Bänke"]
    assert tend_boxes(now=LATER) == 0
    [act] = Act.objects.filter(verb="lost_key")
    assert act.details == {"count": 2}
    with pytest.raises(Refused, match="secret_row_unlinked"):
        cast(part, ida(), "Bäume", now=LATER)
    newcomer = actor_for(person("Neu"))
    cast(part, newcomer, "Bäume", now=LATER)
    cast(part, newcomer, "Brunnen", now=LATER)
    assert choices() == ["Brunnen", "Bänke", "Bänke"]
    assert Act.objects.filter(verb="lost_key").count() == 1


def test_a_table_of_secret_rows_with_a_time_or_a_person_stops_the_start(settings):
    assert list(checks._secret_tables([TrialBallot])) == []
    telling: list[Any] = [TellingBallot]

    assert [error.msg for error in checks._secret_tables(telling)] == [
        "The secret row has “cast_at”.",
        "The secret row has “voter”.",
    ]


def test_keys_among_the_uploads_stop_the_start(settings):
    settings.TURN_KEYS = Path(settings.MEDIA_ROOT) / "keys"

    assert "mitstadt.E009" in {error.id for error in checks.check_declarations()}


def _contains(file: Path, needle: bytes) -> bool:
    with zipfile.ZipFile(file) as archive:
        return any(needle in archive.read(name) for name in archive.namelist())


def test_the_box_waits_until_paper_has_come_in(part):
    last = max(phase.closes_at for phase in part.phases.all())
    cast(part, ida(), "Bänke")

    assert tend_boxes(now=last + PAPER_GRACE - timedelta(seconds=1)) == 0
    assert tend_boxes(now=last + PAPER_GRACE) == 1


def test_paper_that_comes_in_after_the_room_was_closed_still_finds_its_box(part):
    cast(part, ida(), "Bänke")
    Room.objects.filter(pk=part.room_id).update(stage=RoomStage.CLOSED, closed_at=LATER)

    assert tend_boxes(now=LATER) == 0
    assert tend_boxes(now=LATER + PAPER_GRACE) == 1


def test_a_ballot_about_one_question_does_not_take_the_place_of_one_about_another(part):
    cast(part, ida(), "Bänke")
    other = TrialBallot(content={"choice": "Bäume"}, about_id=part.room_id)

    cast_row(other, part=part, actor=ida(), now=LATER)

    assert choices() == ["Bänke", "Bäume"]
