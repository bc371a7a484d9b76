"""Who reads what is not public: the author, and those who work on the process; asked of every kind of record."""

import pytest

from cast import ayşe, jörg, malik, office, person, prepared_process, with_role
from mitstadt.ground.organisations.models import Role
from mitstadt.spine.actors import GUEST, actor_for
from mitstadt.spine.models import UP, Process, Record, RecordState, RoomReader, RoomRole
from mitstadt.spine.queries.visibility import may_read_words, traceable_by, visible_to

pytestmark = pytest.mark.django_db


@pytest.fixture
def process():
    return prepared_process()


def _sees(actor, process):
    """Whether the actor sees the process, asked as a record and as a process."""
    answers = {
        look(actor, kind.objects.filter(pk=process.pk)).exists()
        for look in (visible_to, traceable_by)
        for kind in (Record, Process)
    }
    assert len(answers) == 1, "the two ways to ask disagree"
    return answers.pop()


def test_the_office_sees_its_own_process_in_preparation(process):
    assert _sees(malik(), process)
    assert _sees(ayşe(), process)


def test_no_other_office_and_no_resident_sees_it(process):
    pankow = with_role(person("Svenja"), Role.OWNER, office("Bezirksamt Pankow", "ba-pankow"))

    assert not _sees(pankow, process)
    assert not _sees(jörg(), process)
    assert not _sees(GUEST, process)


def test_someone_with_a_role_in_this_process_alone_sees_it(process):
    helper = person("Ida")
    RoomRole.objects.create(room=process, person=helper, role=Role.FACILITATOR)

    assert _sees(actor_for(helper), process)


def test_the_platforms_moderator_sees_every_process(process):
    platform = office("Senatskanzlei", "skzl", runs_platform=True)

    assert _sees(with_role(person("Noor"), Role.MODERATOR, platform), process)


def test_who_speaks_for_an_organisation_does_not_see_what_it_prepares(process):
    assert not _sees(with_role(person("Ilse"), Role.CONTRIBUTOR), process)


def test_an_office_that_is_named_reads_what_is_published_inside_and_nothing_else(process):
    street = office("Straßenamt", "strassenamt")
    reader = with_role(person("Rosa"), Role.CONTRIBUTOR, street)
    RoomReader.objects.create(room=process, organisation=street)

    assert not _sees(reader, process), "a draft is not published inside"
    for state in set(RecordState.values) - {RecordState.ERASED}:
        Record.objects.filter(pk=process.pk).update(state=state)
        inside = Record.objects.get(pk=process.pk)
        reads = state in UP
        assert may_read_words(reader, inside) is reads, state
        assert visible_to(reader, Record.objects.filter(pk=process.pk)).exists() is reads, state
