"""The scenes in which every deed of the spine is done several times at once."""

from __future__ import annotations

from functools import partial
from io import BytesIO
from uuid import uuid4

from cast import (
    NOW,
    ayşe,
    ida,
    jörg,
    krüger,
    malik,
    person,
    with_role,
)
from deeds_at_once import Scenes, Tried
from mitstadt.ground.files.api import Accepted, keep_upload
from mitstadt.ground.files.tests.bytes_that_come import photo
from mitstadt.ground.organisations.models import Role
from mitstadt.ground.people.models import DigestRhythm
from mitstadt.spine.actions import (
    accounts,
    acts,
    alert_mails,
    amended,
    amendments,
    answer_mails,
    answers,
    attachments,
    authorship,
    bursts,
    codes,
    comments,
    corrections,
    digests,
    entries,
    erasing_for_others,
    follows,
    merging,
    moderation,
    organisations,
    outcomes,
    pace,
    parts,
    places,
    records,
    roles,
    rooms,
    secret_rows,
    shortening,
    slips,
    sorting,
    splitting,
    supports,
    turns,
    withdrawal,
)
from mitstadt.spine.actors import GUEST, Actor
from mitstadt.spine.following import of_organisation
from mitstadt.spine.models import AnswerDecision, Channel, ModerationVerdict, Record, ReportReason
from mitstadt.spine.tests import deeds_of_desks, deeds_of_hosts, deeds_of_offices
from mitstadt.spine.tests.deeds_of_hosts import open_process
from mitstadt.spine.tests.trial_format import contribution, part_in


def _said(body: str = "Mehr Bänke im Schatten.", *, actor: Actor | None = None) -> Record:
    return contribution(open_process(), actor=actor or jörg(), body=body)


def _account() -> Tried:
    _said()
    supports.support(_said("Und Wasser.", actor=ida()), actor=jörg(), now=NOW)
    return Tried(
        partial(accounts.delete_account, jörg(), erase_words=True, now=NOW), once=("erased", "deleted_account")
    )


def _settings() -> Tried:
    chosen = accounts.Settings("Jörg B.", "de", DigestRhythm.OFF)
    return Tried(partial(accounts.change_settings, person("Jörg"), chosen, now=NOW))


def _seen() -> Tried:
    _said()
    return Tried(partial(accounts.mark_seen, person("Jörg"), up_to=NOW, now=NOW))


def _answer() -> Tried:
    said = _said()
    call = partial(answers.answer, [said], room=open_process(), actor=malik(), now=NOW)
    return Tried(partial(call, decision=AnswerDecision.NOT, reason="Zu teuer."), once=("answered",))


def _detach() -> Tried:
    said, raw = _said(), photo()
    file = keep_upload(BytesIO(raw), len(raw), accepted=Accepted(), keeper="jörg", now=NOW)
    described = attachments.DescribedFile(file, "Eine Bank")
    [made] = attachments.attach(said, [described], actor=jörg(), now=NOW)
    return Tried(partial(attachments.detach, made, actor=jörg(), now=NOW), once=("detached",))


def _invite() -> Tried:
    return Tried(partial(authorship.invite, _said(), actor=jörg(), now=NOW), each=("invited_author",))


def _revoke() -> Tried:
    said = _said()
    authorship.invite(said, actor=jörg(), now=NOW)
    return Tried(partial(authorship.revoke_invitations, said, actor=jörg(), now=NOW), once=("revoked_invitation",))


def _join() -> Tried:
    code = authorship.invite(_said(), actor=jörg(), now=NOW)
    return Tried(partial(authorship.join, code, actor=ida(), now=NOW), once=("joined_authors",))


def _agree() -> Tried:
    source, target = _said(actor=ida()), _said("Bänke!")
    merging.merge([source], target, actor=malik(), reason="Dasselbe.", now=NOW)
    return Tried(partial(authorship.agree, target, actor=ida(), now=NOW), once=("joined_authors",))


def _codes() -> Tried:
    call = partial(codes.issue_codes, open_process(), actor=malik(), count=3, channel=Channel.PAPER, now=NOW)
    return Tried(call, each=("issued_codes",))


def _guest() -> Tried:
    return Tried(partial(codes.participant, GUEST, open_process(), now=NOW))


def _comment() -> Tried:
    return Tried(partial(comments.comment, _said(), actor=ida(), text="Wo?", now=NOW), each=("commented",))


def _slip() -> slips.Slip:
    said, key = _said(actor=ida()), uuid4()

    def say(speaker: Actor) -> Record:
        return comments.comment(said, actor=speaker, text="Auf Papier.", submission_key=key, now=NOW)

    return slips.Slip(key, Channel.PAPER, say, supported=[said])


def _enter() -> Tried:
    slip = _slip()
    call = partial(slips.enter_slip, part_in(open_process()), slip, clerk=krüger(), now=NOW)
    return Tried(call, once=("commented", "supported"))


def _undo() -> Tried:
    said = _said(actor=ida())
    slip = slips.Slip(uuid4(), Channel.PAPER, lambda speaker: None, supported=[said])
    entered = slips.enter_slip(part_in(open_process()), slip, clerk=krüger(), now=NOW)
    call = partial(entries.undo_entry, open_process(), clerk=krüger(), person_id=entered.person_id)
    return Tried(partial(call, entered_at=entered.entered_at, now=NOW), once=("undid_support",))


def _follow() -> Tried:
    return Tried(partial(follows.follow, _said(), actor=ida(), now=NOW))


def _language() -> Tried:
    return Tried(partial(accounts.choose_language, person("Jörg"), "en"))


def _unfollow() -> Tried:
    said = _said()
    follows.follow(said, actor=ida(), now=NOW)
    return Tried(partial(follows.unfollow, said, actor=ida()))


def _follow_office() -> Tried:
    target = of_organisation(open_process().host)
    return Tried(partial(follows.follow_target, target, actor=ida(), now=NOW))


def _unfollow_office() -> Tried:
    host = open_process().host
    follows.follow_target(of_organisation(host), actor=ida(), now=NOW)
    return Tried(partial(follows.unfollow_target, "organisation", host.slug, actor=ida()))


def _answer_mail() -> Tried:
    asker = codes.participant(GUEST, open_process(), now=NOW)[0]
    said = _said(actor=asker)
    call = partial(
        answer_mails.ask_for_mail, said, actor=asker, email="linh@example.org", connection_address="192.0.2.7", now=NOW
    )
    return Tried(call)


def _merge() -> Tried:
    source, target = _said(actor=ida()), _said("Bänke!")
    call = partial(merging.merge, [source], target, actor=malik(), reason="Dasselbe.", now=NOW)
    return Tried(call, once=("merged",))


def _separate() -> Tried:
    source, target = _said(actor=ida()), _said("Bänke!")
    merging.merge([source], target, actor=malik(), reason="Dasselbe.", now=NOW)
    call = partial(merging.separate, source, actor=malik(), reason="Doch nicht.", now=NOW)
    return Tried(call, once=("separated",))


def _report() -> Tried:
    call = partial(moderation.report, _said(), actor=ida(), reason=ReportReason.INSULT, text="", now=NOW)
    return Tried(call, once=("reported",))


def _decide() -> Tried:
    case = moderation.open_case(_said(), now=NOW)
    call = partial(moderation.decide, case, actor=ayşe(), verdict=ModerationVerdict.HIDE, now=NOW)
    return Tried(partial(call, rule="insult", reason="Beleidigung."), once=("hidden",))


def _appeal() -> Tried:
    case = moderation.open_case(_said(), now=NOW)
    decided = moderation.decide(
        case, actor=ayşe(), verdict=ModerationVerdict.HIDE, rule="insult", reason="Beleidigung.", now=NOW
    )
    return Tried(partial(moderation.appeal, decided, actor=jörg(), text="Nein.", now=NOW), once=("appealed",))


def _decide_appeal() -> Tried:
    made = _appeal().call()
    second = with_role(person("Samira"), Role.MODERATOR)
    call = partial(moderation.decide_appeal, made, actor=second, upheld=True, reason="Doch erlaubt.", now=NOW)
    return Tried(call, once=("appeal_upheld",))


def _theme() -> Tried:
    said = _said()
    call = partial(sorting.set_theme, part_in(open_process()), [said], actor=malik(), theme="Bänke", now=NOW)
    return Tried(call, each=("set_theme",))


def _split() -> Tried:
    said = _said("Mehr Bänke. Mehr Wasser.")
    pieces = ["Mehr Bänke.", "Mehr Wasser."]
    call = partial(splitting.split, said, pieces, actor=malik(), reason="Zweierlei.", now=NOW)
    return Tried(call, once=("split", "split_off", "split_off"))


def _support() -> Tried:
    return Tried(partial(supports.support, _said(), actor=ida(), now=NOW), once=("supported",))


def _end_support() -> Tried:
    said = _said()
    supports.support(said, actor=ida(), now=NOW)
    return Tried(partial(supports.end_support, said, actor=ida(), now=NOW), once=("ended_support",))


def _reword() -> Tried:
    call = partial(corrections.reword, _said(), actor=jörg(), texts={"body": "Mehr Bäume."}, now=NOW)
    return Tried(call, once=("reworded",))


def _withdraw() -> Tried:
    return Tried(partial(withdrawal.withdraw, _said(), actor=jörg(), now=NOW), once=("withdrew",))


def _erase() -> Tried:
    return Tried(partial(withdrawal.erase, _said(), actor=jörg(), now=NOW), once=("erased",))


SCENES: Scenes = {
    accounts.change_settings: _settings,
    accounts.choose_language: _language,
    accounts.delete_account: _account,
    accounts.mark_seen: _seen,
    answers.answer: _answer,
    attachments.detach: _detach,
    authorship.agree: _agree,
    authorship.invite: _invite,
    authorship.join: _join,
    authorship.revoke_invitations: _revoke,
    codes.issue_codes: _codes,
    codes.participant: _guest,
    comments.comment: _comment,
    entries.undo_entry: _undo,
    answer_mails.ask_for_mail: _answer_mail,
    follows.follow: _follow,
    follows.follow_target: _follow_office,
    follows.unfollow: _unfollow,
    follows.unfollow_target: _unfollow_office,
    merging.merge: _merge,
    merging.separate: _separate,
    moderation.appeal: _appeal,
    moderation.decide: _decide,
    moderation.decide_appeal: _decide_appeal,
    moderation.report: _report,
    slips.enter_slip: _enter,
    sorting.set_theme: _theme,
    splitting.split: _split,
    supports.end_support: _end_support,
    supports.support: _support,
    corrections.reword: _reword,
    withdrawal.erase: _erase,
    withdrawal.withdraw: _withdraw,
    **deeds_of_desks.SCENES,
    **deeds_of_hosts.SCENES,
    **deeds_of_offices.SCENES,
}

PARTS = {
    answer_mails.permit_answer_mail: "only asks",
    answer_mails.waits: "only reads",
    accounts.clear_reports: "of the end of an account",
    accounts.empty_reports: "of clearing reports, and of doing it again after a restore",
    accounts.end_for_good: "of the end of an account",
    accounts.words_of_theirs_alone: "only reads",
    accounts.end_account_of: "of the end of an account",
    accounts.last_leader_of: "only asks",
    answers.answerable: "only asks, within the deeds of answering",
    alert_mails.alert_letter: "only reads",
    outcomes.decide: "of closing a process",
    amended.settle: "of confirming a change",
    shortening.tell_of_each: "of confirming a change",
    amendments.keep_done: "of the deeds that change what is open",
    bursts.as_it_stands: "of all that a guest adds; test_parallel_bursts tries it at once",
    bursts.welcome_guest: "of all that a guest adds; test_parallel_bursts tries it at once",
    moderation.decide_together: "of judging a burst",
    organisations.give: "of giving a role and of accepting one",
    pace.keep_pace: "of all that a person adds",
    roles.give_in_room: "of giving a role and of accepting one",
    accounts.own_words: "only reads",
    acts.record_act: "appends the act of every deed",
    attachments.attach: "of the deed that makes the record; a file is taken once by a condition of its own",
    attachments.permit_detach: "only asks",
    digests.letter_for: "only reads",
    entries.rename: "of correcting an entry",
    erasing_for_others.erase_all: "of deciding an erasure",
    erasing_for_others.is_proposer: "only asks",
    authorship.leave: "of erasing",
    authorship.step_back: "of erasing",
    authorship.step_back_everywhere: "of the end of an account",
    parts.publish_parts: "of opening a room or part",
    places.set_place: "of the deed that makes the record",
    records.publish_record: "of every deed that makes a record",
    rooms.begin_room: "of a deed of the slice that has the room",
    rooms.close_room: "of a deed of the slice that has the room",
    rooms.open_room: "of a deed of the slice that has the room",
    secret_rows.cast_row: "of a deed of the slice that has the ballots; test_secret_rows tries it at once",
    turns.give_back_turn: "of ending a support",
    turns.person_of: "only asks",
    turns.standing_of: "only asks",
    turns.take_turn: "of a support or a ballot",
}
