"""Only one's own words can be taken back: every deed × kind × person, from the declarations themselves.

The rule stands here a second time, in one function; a new kind or deed is asked without a word more.
"""

from itertools import product

import pytest

from cast import NOW, ida, jörg, malik, office, person, with_role
from mitstadt.ground.organisations.models import Role
from mitstadt.participation.drafting.tests.builders import comment_at, opened, passage
from mitstadt.spine import kinds
from mitstadt.spine.actions.withdrawal import retract, withdraw
from mitstadt.spine.actors import Grant
from mitstadt.spine.deeds import Deed
from mitstadt.spine.errors import Refused
from mitstadt.spine.models import Act, Record, RecordState
from mitstadt.spine.permits import permit_on, permit_retracting
from mitstadt.spine.permits.authors import BY_AUTHOR, BY_AUTHOR_TOO
from mitstadt.spine.permits.roles import BY_ROLE
from mitstadt.spine.tests.imagined import AUTHOR, CLERK, HOUSE, NOBODY, part, record, room, someone
from visits import on_day, visit

ROLES = [None, *Role]
# What nobody takes back alone, whoever typed it: what an office says and promises.
OF_AN_OFFICE = {"process", "answer", "text"}


def who_is_it(author, role):
    """The author or somebody else, with a role in the house or none."""
    grants = [Grant(role, organisation_id=HOUSE)] if role else []
    return someone(AUTHOR if author else CLERK, grants=grants)


def may_take_back(kind, deed, *, author, for_office):
    """Whoever wrote it for themselves, where the kind takes it."""
    return author and not for_office and deed in kind.accepts


@pytest.mark.parametrize("kind", kinds.all_kinds(), ids=lambda kind: kind.key)
def test_words_are_taken_back_by_who_said_them_for_themselves_and_by_no_role(kind):
    for deed, author, role, for_office in product(
        sorted(BY_AUTHOR - {Deed.APPEAL}), (True, False), ROLES, (True, False)
    ):
        place = part(room(), phases=[("runs", [Deed.CONTRIBUTE, Deed.COMMENT])])
        said = record(place.room, place, kind=kind.key)
        said.organisation_id = HOUSE if for_office else None
        found = permit_on(who_is_it(author, role), deed, said, now=NOW)
        assert bool(found) == may_take_back(kind, deed, author=author, for_office=for_office), (deed, role, for_office)
        if author and for_office and deed in kind.accepts:
            assert found.reason == "said_for_an_office"


@pytest.mark.parametrize("kind", kinds.all_kinds(), ids=lambda kind: kind.key)
def test_what_authors_do_as_the_office_does_they_do_with_their_own_alone(kind):
    for deed, role, for_office in product(sorted(BY_AUTHOR_TOO - {Deed.SEPARATE}), ROLES, (True, False)):
        said = record(room(), part(room()), kind=kind.key)
        said.organisation_id = HOUSE if for_office else None
        expected = deed in kind.accepts and (not for_office or role in BY_ROLE[deed])
        assert bool(permit_on(who_is_it(True, role), deed, said, now=NOW)) == expected, (deed, role, for_office)


def test_kinds_of_an_office_take_no_withdrawal_at_all():
    declared = {kind.key: kind for kind in kinds.all_kinds()}

    assert set(declared) >= OF_AN_OFFICE
    for key in OF_AN_OFFICE:
        assert not declared[key].accepts & {Deed.WITHDRAW, Deed.ERASE, Deed.INVITE}, key


@pytest.mark.parametrize("role", ROLES)
def test_what_was_said_for_an_organisation_is_taken_back_by_those_who_lead_it(role):
    said = record(room(), None, kind="comment")
    said.organisation_id = HOUSE

    assert bool(permit_retracting(who_is_it(False, role), said)) == (role == Role.OWNER)
    assert not permit_retracting(someone(CLERK, grants=[Grant(Role.OWNER, organisation_id=2)]), said)
    assert not permit_retracting(NOBODY, said)
    said.organisation_id = None
    assert permit_retracting(who_is_it(False, role), said).reason == "not_said_for_an_office"


@pytest.fixture
def text(db, monkeypatch):
    on_day(monkeypatch)
    return opened()


def test_no_address_lets_the_author_take_back_what_an_office_said_or_opened(text):
    """Malik made all of it, and leads the house."""
    office_said = Record.objects.filter(author=malik().person).exclude(organisation=None)

    assert {"process", "text"} <= set(office_said.values_list("kind", flat=True))
    for record_of_office in office_said:
        page = visit(malik())
        for deed in ("withdraw", "erase"):
            answer = page.post(f"/eintraege/{record_of_office.ref}/zuruecknehmen/", {"deed": deed})
            assert answer.status_code in {403, 404}, (record_of_office.kind, deed)
        record_of_office.refresh_from_db()
        assert record_of_office.state == RecordState.PUBLISHED


def test_who_left_an_organisation_no_longer_takes_back_what_they_said_for_it(text):
    house = office("Nachbarschaftshaus", "nachbarschaftshaus")
    made = comment_at(passage(text, "Für Kinder"), actor=ida())
    Record.objects.filter(pk=made.pk).update(organisation=house)
    said = Record.objects.get(pk=made.pk)
    leader = with_role(person("Hilde"), Role.OWNER, house)

    with pytest.raises(Refused, match="said_for_an_office"):
        withdraw(said, actor=ida(), now=NOW)
    page = visit(ida()).get(f"/eintraege/{said.ref}/zuruecknehmen/")
    assert page.status_code == 403
    assert "Das wurde für eine Organisation gesagt." in page.content.decode()
    with pytest.raises(Refused, match="needs_leading_role"):
        retract(said, actor=jörg(), reason="Nein.", now=NOW)
    with pytest.raises(Refused, match="reason_missing"):
        retract(said, actor=leader, reason=" ", now=NOW)

    form = f"/eintraege/{said.ref}/zuruecknehmen/"
    assert "Für Ihre Organisation zurückziehen" in visit(leader).get(form).content.decode()
    assert visit(leader).post(form, {"reason": ""}).status_code == 422
    visit(leader).post(form, {"reason": "Unser Vorstand sieht es anders."})

    said.refresh_from_db()
    assert said.state == RecordState.WITHDRAWN
    assert Act.objects.get(verb="retracted").details == {"reason": "Unser Vorstand sieht es anders."}
    assert "Unser Vorstand sieht es anders." in visit().get(f"/{said.ref}", follow=True).content.decode()


@pytest.mark.parametrize("state", [RecordState.WITHDRAWN, RecordState.HIDDEN, RecordState.ERASED])
def test_what_nobody_reads_any_more_is_not_taken_back_for_an_organisation(state):
    said = record(room(), None, kind="comment", state=state)
    said.organisation_id = HOUSE

    assert permit_retracting(who_is_it(False, Role.OWNER), said).reason == "record_not_public"
