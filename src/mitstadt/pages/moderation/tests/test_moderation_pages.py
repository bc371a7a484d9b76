"""Anyone reports, moderators decide with rule and reason, authors read why and may disagree."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cast import NOW, ayşe, ida, jörg, krüger, malik, office, person, with_role
from mitstadt.ground.organisations.models import Role
from mitstadt.participation.drafting.tests.builders import comment_at, opened, passage, wording_for
from mitstadt.spine.actions import moderation
from mitstadt.spine.actions.authorship import invite, join
from mitstadt.spine.actions.codes import participant
from mitstadt.spine.actions.comments import comment
from mitstadt.spine.actions.limits import REPORTS_PER_HOUR
from mitstadt.spine.actors import GUEST
from mitstadt.spine.errors import Refused
from mitstadt.spine.models import (
    Act,
    Appeal,
    ModerationCase,
    ModerationVerdict,
    Process,
    Record,
    RecordState,
    Report,
    ReportReason,
)
from visits import on_day, visit

pytestmark = [pytest.mark.django_db, pytest.mark.stands.with_args(opened)]
HIDE = {"verdict": "hide", "rule": "insult", "reason": "Das beleidigt die Nachbarin."}


@pytest.fixture(autouse=True)
def day(monkeypatch):
    on_day(monkeypatch)


@pytest.fixture
def text():
    return opened()


@pytest.fixture
def said(text):
    return comment_at(passage(text, "Für Kinder"), actor=jörg(), body="Diese Leute sind alle doof.")


def reported(record):
    moderation.report(record, actor=ida(), reason=ReportReason.INSULT, text="So nicht.", now=NOW)
    return record


def hidden(record):
    case = moderation.open_case(record, now=NOW)
    moderation.decide(
        case, actor=ayşe(), verdict=ModerationVerdict.HIDE, rule="insult", reason="Das beleidigt.", now=NOW
    )
    record.refresh_from_db()
    return record


def test_linh_reports_without_an_account(said):
    guest = visit()
    assert guest.get(f"/melden/{said.ref}/").status_code == 200
    assert guest.post(f"/melden/{said.ref}/", {"text": "Das geht nicht."}).status_code == 422
    done = guest.post(f"/melden/{said.ref}/", {"reason": "insult", "text": "Das geht nicht."})

    assert "Danke." in guest.get(done.headers["Location"]).content.decode()
    assert Report.objects.get().text == "Das geht nicht."
    said.refresh_from_db()
    assert said.state == RecordState.PUBLISHED


def test_one_connection_cannot_flood_the_queue(said, monkeypatch):
    monkeypatch.setattr("mitstadt.pages.moderation.views.REPORTS_PER_HOUR", 3)
    guest = visit()
    for _time in range(3):
        guest.post(f"/melden/{said.ref}/", {"reason": "other"})
    refused = guest.post(f"/melden/{said.ref}/", {"reason": "other", "text": "Noch eine."})

    assert REPORTS_PER_HOUR > 3
    assert refused.status_code == 422
    assert "Noch eine." in refused.content.decode()
    assert Report.objects.count() == 3


def test_what_is_not_public_cannot_be_reported(said):
    hidden(said)

    assert visit().get(f"/melden/{said.ref}/").status_code == 410
    assert visit().get("/melden/7K3Q-M9XD/").status_code == 404


def test_ayşe_hides_with_a_rule_and_a_reason(said):
    reported(said)
    browser = visit(ayşe())
    case = browser.get(f"/moderation/{said.ref}/").content.decode()

    assert said.ref in browser.get("/moderation/").content.decode()
    for words in ("Diese Leute sind alle doof.", "So nicht.", "Für Kinder gibt es Wasser"):
        assert words in case
    browser.post(f"/moderation/{said.ref}/", HIDE)
    said.refresh_from_db()
    assert said.state == RecordState.HIDDEN
    assert said.ref not in browser.get("/moderation/").content.decode()
    assert said.ref in browser.get("/moderation/?stapel=entschieden").content.decode()


@pytest.mark.parametrize(
    ("missing", "sentence"),
    [("reason", "Die Begründung fehlt."), ("rule", "Die Regel fehlt."), ("verdict", "Die Entscheidung fehlt.")],
)
def test_a_decision_without_rule_or_reason_is_refused_and_its_words_stay(said, missing, sentence):
    reported(said)
    refused = visit(ayşe()).post(f"/moderation/{said.ref}/", {**HIDE, missing: ""})

    assert refused.status_code == 422
    assert sentence in refused.content.decode()
    assert missing == "reason" or HIDE["reason"] in refused.content.decode()
    said.refresh_from_db()
    assert said.state == RecordState.PUBLISHED


def test_a_wording_is_judged_with_its_words(text):
    said = wording_for(passage(text, "Für Kinder"), "Für Kinder gibt es hier gar nichts.", actor=jörg())
    reported(said)

    assert "hier gar nichts." in visit(ayşe()).get(f"/moderation/{said.ref}/").content.decode()


def test_a_comment_is_judged_with_what_it_answers(said):
    reply = comment(said, actor=ida(), text="Selber doof.", now=NOW)
    reported(reply)

    assert "Diese Leute sind alle doof." in visit(ayşe()).get(f"/moderation/{reply.ref}/").content.decode()


@pytest.fixture
def hidden_for_now(text, said):
    """Hidden by the first of two moderators."""
    Process.objects.filter(pk=text.room_id).update(four_eyes=True)
    reported(said)
    visit(ayşe()).post(f"/moderation/{said.ref}/", HIDE)
    said.refresh_from_db()
    return said


def test_where_two_decide_the_first_hides_for_now_and_the_page_says_so(hidden_for_now):
    page = visit().get(f"/melden/{hidden_for_now.ref}/")

    assert hidden_for_now.state == RecordState.HIDDEN
    assert page.status_code == 410
    assert "vorläufig ausgeblendet" in page.content.decode()
    assert "nun ist eine zweite Person dran" in visit(ayşe()).get(f"/moderation/{hidden_for_now.ref}/").content.decode()
    assert hidden_for_now.ref in visit(malik()).get("/moderation/?stapel=zu-zweit").content.decode()


def test_the_second_person_agrees_with_one_click(hidden_for_now):
    page = visit(malik()).get(f"/moderation/{hidden_for_now.ref}/").content.decode()
    assert "Ich stimme zu" in page
    assert visit(malik()).post(f"/moderation/{hidden_for_now.ref}/", {"agree": "1"}).status_code == 302

    case = ModerationCase.objects.get()
    assert (case.verdict, case.rule, case.reason) == ("hide", "insult", HIDE["reason"])
    assert (case.proposed_by, case.decided_by) == (ayşe().person, malik().person)
    hidden_for_now.refresh_from_db()
    assert hidden_for_now.state == RecordState.HIDDEN


def test_the_second_person_brings_it_back_and_both_reasons_can_be_read(hidden_for_now):
    visit(malik()).post(
        f"/moderation/{hidden_for_now.ref}/", {"verdict": "keep", "rule": "", "reason": "Das ist nur derb."}
    )
    hidden_for_now.refresh_from_db()
    trail = visit().get(f"/werdegang/{hidden_for_now.ref}/").content.decode()

    assert hidden_for_now.state == RecordState.PUBLISHED
    for words in (HIDE["reason"], "beleidigt oder bedroht Menschen", "Das ist nur derb."):
        assert words in trail


def test_the_first_of_two_cannot_agree_with_themselves(hidden_for_now):
    refused = visit(ayşe()).post(f"/moderation/{hidden_for_now.ref}/", {"agree": "1"})

    assert refused.status_code == 422
    assert "nun ist eine zweite Person dran" in refused.content.decode()
    assert ModerationCase.objects.get().decided_at is None


def test_nobody_appeals_before_the_second_person_has_looked(hidden_for_now):
    refused = visit(jörg()).post(f"/widerspruch/{hidden_for_now.ref}/", {"text": "Das war ein Zitat."})

    assert refused.status_code == 422
    assert "Darüber ist noch nicht entschieden." in refused.content.decode()
    assert not Appeal.objects.exists()


def test_everyone_reads_rule_and_reason_of_what_is_hidden(said):
    hidden(said)
    page = visit().get(f"/melden/{said.ref}/")

    for place in (page, visit().get(f"/werdegang/{said.ref}/")):
        assert "beleidigt oder bedroht Menschen" in place.content.decode()
        assert "Das beleidigt." in place.content.decode()
        assert "alle doof" not in place.content.decode()
    assert f"/widerspruch/{said.ref}/" in page.content.decode()


def test_from_the_trail_of_what_is_hidden_its_author_comes_to_the_appeal_and_moderators_are_not_sent_there(said):
    way = f'href="/widerspruch/{said.ref}/"'
    assert way not in visit(jörg()).get(f"/werdegang/{said.ref}/").content.decode()
    hidden(said)

    for author in (jörg(), None):
        assert way in visit(author).get(f"/werdegang/{said.ref}/").content.decode()
    assert way not in visit(ayşe()).get(f"/werdegang/{said.ref}/").content.decode()


def test_a_reason_that_was_written_for_the_author_alone_stays_with_the_author(said):
    hidden(said)
    ModerationCase.objects.update(reason_is_public=False)

    for address in (f"/melden/{said.ref}/", f"/werdegang/{said.ref}/"):
        assert "Das beleidigt." not in visit().get(address).content.decode()
    assert "Das beleidigt." in visit(jörg()).get(f"/widerspruch/{said.ref}/").content.decode()


def test_ayşe_acts_without_a_report(said):
    browser = visit(ayşe())
    assert f"/moderation/{said.ref}/" in browser.get(f"/werdegang/{said.ref}/").content.decode()
    assert f"/moderation/{said.ref}/" not in visit(ida()).get(f"/werdegang/{said.ref}/").content.decode()
    assert "Niemand hat das gemeldet." in browser.get(f"/moderation/{said.ref}/").content.decode()
    assert not ModerationCase.objects.exists()
    browser.post(f"/moderation/{said.ref}/", HIDE)
    said.refresh_from_db()

    assert said.state == RecordState.HIDDEN
    assert "ohne dass es jemand gemeldet hat" in visit().get(f"/werdegang/{said.ref}/").content.decode()


def test_what_was_judged_once_can_be_looked_at_again(said):
    browser = visit(ayşe())
    keep = {"verdict": "keep", "rule": "", "reason": "Das ist nur derb."}
    browser.post(f"/moderation/{said.ref}/", keep)
    assert "?neu" in browser.get(f"/moderation/{said.ref}/").content.decode()
    browser.post(f"/moderation/{said.ref}/?neu", HIDE)
    said.refresh_from_db()

    assert said.state == RecordState.HIDDEN
    assert ModerationCase.objects.count() == 2


def test_the_moderator_is_told_who_repeats_the_words(said):
    quoting = comment(said, actor=ida(), text="Er schreibt: „Diese Leute sind alle doof.“ So geht das nicht.", now=NOW)
    other = comment(said, actor=ida(), text="Diese Leute sind nett.", now=NOW)
    page = visit(ayşe()).get(f"/moderation/{said.ref}/").content.decode()

    assert "Diese Leute sind alle doof" in page[page.index("Andere Einträge wiederholen") :]
    assert f"/moderation/{quoting.ref}/" in page
    assert f"/moderation/{other.ref}/" not in page


def test_what_is_checked_first_waits_in_the_queue_and_appears_when_it_may(text):
    type(text).objects.filter(pk=text.pk).update(checks_first=True)
    waiting = comment_at(
        passage(type(text).objects.get(pk=text.pk), "Für Kinder"), actor=jörg(), body="Ein guter Gedanke."
    )
    browser = visit(ayşe())

    assert waiting.state == RecordState.HELD
    assert "wartet auf Erscheinen" in browser.get("/moderation/").content.decode()
    browser.post(f"/moderation/{waiting.ref}/", {"verdict": "keep", "rule": "", "reason": "Alles gut."})
    waiting.refresh_from_db()
    assert waiting.state == RecordState.PUBLISHED


def test_who_comes_too_late_reads_so_and_keeps_the_typed_reason(said):
    reported(said)
    hidden(said)
    refused = visit(malik()).post(f"/moderation/{said.ref}/", {**HIDE, "reason": "Mein langer Grund."})

    assert refused.status_code == 422
    assert "Darüber ist schon entschieden." in refused.content.decode()
    assert "Mein langer Grund." in refused.content.decode()


def test_the_queue_holds_no_case_of_another_office(said):
    reported(said)
    pankow = office("Bezirksamt Pankow", "ba-pankow")
    nina = with_role(person("Nina"), Role.MODERATOR, pankow)
    browser = visit(nina)

    assert browser.get("/moderation/").status_code == 403
    assert browser.get(f"/moderation/{said.ref}/").status_code == 404
    assert browser.post(f"/moderation/{said.ref}/", HIDE).status_code == 404
    opened(title="Was plant Pankow?", host=pankow)
    assert said.ref not in browser.get("/moderation/").content.decode()


@pytest.mark.parametrize("who", [None, jörg, krüger])
def test_nobody_else_moderates(said, who):
    reported(said)
    browser = visit(who() if who else None)

    assert browser.get("/moderation/").status_code == 403
    assert browser.get(f"/moderation/{said.ref}/").status_code == 404
    assert browser.post(f"/moderation/{said.ref}/", HIDE).status_code == 404
    said.refresh_from_db()
    assert said.state == RecordState.PUBLISHED


def test_the_queue_takes_as_many_queries_for_few_cases_as_for_many(text):
    browser = visit(ayşe())
    browser.get("/moderation/")
    counts = []
    for _round in range(2):
        for _one in range(4):
            reported(comment_at(passage(text, "Für Kinder"), actor=jörg()))
        with CaptureQueriesContext(connection) as queries:
            browser.get("/moderation/")
        counts.append(len(queries))

    assert counts[0] == counts[1]
    # One of them counts the news of whoever is signed in.
    assert counts[0] <= 13


def test_the_author_reads_why_and_appeals_once(said):
    hidden(said)
    browser = visit(jörg())
    page = browser.get(f"/widerspruch/{said.ref}/").content.decode()

    for words in ("Ihr Beitrag ist ausgeblendet", "Das beleidigt.", "Diese Leute sind alle doof."):
        assert words in page
    assert browser.post(f"/widerspruch/{said.ref}/", {"text": ""}).status_code == 422
    browser.post(f"/widerspruch/{said.ref}/", {"text": "Das war ein Zitat."})
    after = browser.get(f"/widerspruch/{said.ref}/").content.decode()
    assert "Das war ein Zitat." in after
    assert "Widerspruch einlegen" not in after
    assert browser.post(f"/widerspruch/{said.ref}/", {"text": "Noch einmal."}).status_code == 422
    assert Appeal.objects.count() == 1


def test_who_spoke_by_code_appeals_as_well(text):
    linh, _secret = participant(GUEST, text.home, now=NOW)
    said = hidden(comment_at(passage(text, "Für Kinder"), actor=linh))
    visit(linh).post(f"/widerspruch/{said.ref}/", {"text": "Das stimmt doch."})

    assert Appeal.objects.get().text == "Das stimmt doch."


def test_another_person_decides_the_appeal_and_brings_the_words_back(said):
    hidden(said)
    moderation.appeal(ModerationCase.objects.get(), actor=jörg(), text="Das war ein Zitat.", now=NOW)
    verdict = {"upheld": "ja", "reason": "Es war wirklich ein Zitat."}

    assert "Sie haben hier schon mitentschieden." in visit(ayşe()).get(f"/moderation/{said.ref}/").content.decode()
    assert visit(ayşe()).post(f"/moderation/{said.ref}/", verdict).status_code == 422
    assert said.ref in visit(malik()).get("/moderation/?stapel=widersprueche").content.decode()
    visit(malik()).post(f"/moderation/{said.ref}/", verdict)
    said.refresh_from_db()
    assert said.state == RecordState.PUBLISHED
    assert Act.objects.filter(verb="appeal_upheld", ref=said.ref).exists()
    assert "Ihrem Widerspruch wurde gefolgt." in visit(jörg()).get(f"/widerspruch/{said.ref}/").content.decode()


@pytest.mark.parametrize("who", [None, ida, ayşe])
def test_only_the_author_reads_the_reason_there(said, who):
    hidden(said)
    browser = visit(who() if who else None)
    refused = browser.get(f"/widerspruch/{said.ref}/")

    assert refused.status_code == 403
    assert "Das beleidigt." not in refused.content.decode()
    assert browser.post(f"/widerspruch/{said.ref}/", {"text": "x"}).status_code == 403


def test_what_is_not_hidden_needs_no_appeal(said):
    page = visit(jörg()).get(f"/widerspruch/{said.ref}/").content.decode()

    assert "Ein Widerspruch ist deshalb nicht nötig." in page


@pytest.mark.parametrize("wrote_it", ["alone", "with others"])
def test_nobody_decides_about_their_own_words(text, wrote_it):
    first = ayşe() if wrote_it == "alone" else jörg()
    own = reported(comment_at(passage(text, "Für Kinder"), actor=first, body="Alle doof."))
    if wrote_it == "with others":
        join(invite(own, actor=first, now=NOW), actor=ayşe(), now=NOW)

    page = visit(ayşe()).post(f"/moderation/{own.ref}/", {**HIDE, "verdict": "keep"})

    assert page.status_code == 422
    assert "Das haben Sie selbst geschrieben." in page.content.decode()
    case = ModerationCase.objects.get(record_id=own.pk)
    assert case.decided_at is None
    moderation.decide(case, actor=malik(), verdict=ModerationVerdict.HIDE, rule="insult", reason="Nein.", now=NOW)
    asked = moderation.appeal(case, actor=first, text="Doch.", now=NOW)
    with pytest.raises(Refused, match="own_case"):
        moderation.decide_appeal(asked, actor=ayşe(), upheld=True, reason="Ja.", now=NOW)


@pytest.mark.parametrize("what", ["passage", "text", "process"])
def test_hiding_is_offered_only_where_it_can_be_done(text, said, what):
    where = passage(text, "Für Kinder")
    whole = {"passage": where, "text": text, "process": text.home}[what]

    page = visit(ayşe()).get(f"/moderation/{whole.ref}/").content.decode()
    assert "wird ausgeblendet" not in page
    assert f"/eintraege/{whole.ref}/schwaerzen/" in page
    assert "wird ausgeblendet" in visit(ayşe()).get(f"/moderation/{said.ref}/").content.decode()
    visit(ayşe()).post(f"/moderation/{whole.ref}/", HIDE)

    case = ModerationCase.objects.get(record=whole.pk)
    assert (case.verdict, case.rule) == ("keep", "")
    assert Record.objects.get(pk=whole.pk).state == RecordState.PUBLISHED
