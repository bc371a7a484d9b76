"""The files of the texts in the demo city: what they say must fit together before anything is built from them."""

from collections import Counter

import pytest

from mitstadt.methods.text import outline
from mitstadt.participation.drafting.demo.reading import SaidScript, TextScript, read_text
from mitstadt.participation.drafting.demo.scene import STORIES
from mitstadt.participation.drafting.format import DRAFTING
from mitstadt.site.demo.reading import City, Story, read_city
from mitstadt.site.demo.residents import ENTERED_BY
from mitstadt.spine.models import AnswerDecision, Channel


@pytest.fixture(scope="module")
def city() -> City:
    return read_city()


@pytest.fixture(scope="module", params=STORIES)
def story(request, city) -> Story:
    return next(story for story in city.stories if story.key == request.param)


@pytest.fixture
def told(story) -> TextScript:
    return read_text(story.folder)


def passages(words: bytes) -> dict[str, str]:
    return {passage.ref: passage.text for passage in outline.read_file(words, "text.md").content}


def all_said(city: City) -> list[SaidScript]:
    return [script for story in city.stories if story.format is DRAFTING for script in read_text(story.folder).said]


def test_the_city_speaks_a_few_hundred_times_and_never_says_the_same_twice(city):
    words = Counter(text for script in all_said(city) for text in (script.text, script.wording) if text)

    assert len(all_said(city)) >= 300
    assert [text for text, times in words.items() if times > 1] == []


def test_people_speak_in_many_languages_and_on_every_way(city):
    assert {script.language for script in all_said(city)} >= {"de", "en", "tr", "ar", "vi"}
    assert {script.channel for script in all_said(city)} == set(Channel.values) - {Channel.IMPORT}


def test_every_contribution_stands_at_a_passage_that_exists(story, told):
    numbers = passages(told.text).keys() if told.text else set()

    assert [script.at for script in told.said if script.edition == 1 and script.at not in numbers] == []


def test_every_proposed_wording_changes_its_passage(story, told):
    words = passages(told.text) if told.text else {}
    wordings = [script for script in told.said if script.form == "wording"]

    assert all(script.wording for script in wordings)
    assert [script.at for script in wordings if script.edition == 1 and script.wording == words[script.at]] == []
    assert [script.at for script in told.said if script.wording and script.form != "wording"] == []


def test_everyone_who_acts_lives_in_the_city(city, story, told):
    known = {facts.key for facts in city.people}
    named = {script.by for script in told.said if script.by}
    named |= {comment.by for script in told.said for comment in script.comments}
    named |= {report.by for script in told.said for report in script.reports}
    named |= {answer.by for answer in story.answers.values()} | {story.owner} | set(ENTERED_BY.values())

    assert named <= known


def test_every_answer_is_given_and_comes_after_what_it_answers(story, told):
    answered = [script for script in told.said if script.answer]

    assert {script.answer for script in answered} == story.answers.keys()
    assert [script.text for script in answered if script.day >= story.answers[script.answer].day] == []


def test_people_speak_only_while_they_can(story, told):
    if story.phase is None or story.opened_days_ago is None:
        assert told.said == ()
        return
    last = min(story.phase.closes_day, story.opened_days_ago)
    assert [script.text for script in told.said if not story.phase.opens_day <= script.day < last] == []


def test_the_translations_say_every_passage_and_nothing_else(city):
    text = read_text(city.stories[0].folder)
    original = outline.read_file(text.text, "text.md").content

    assert set(text.translations) == {"en", "de-simple"}
    for words in text.translations.values():
        translated = outline.read_file(words, "text.md").content
        assert [(p.ref, p.kind, p.level) for p in translated] == [(p.ref, p.kind, p.level) for p in original]
        same = {p.text for p in translated} & {p.text for p in original}
        assert [text for text in same if len(text) > 40] == []


def test_the_second_edition_is_translated_where_it_changed_in_every_language_alike(city):
    second = read_text(city.stories[0].folder).second
    wordings = {script.wording for script in read_text(city.stories[0].folder).said if script.take_over}
    german = {edit.words for edit in second.edits} | {insert.words for insert in second.inserts} | wordings

    assert second.translations.keys() == {"en", "de-simple"}
    assert second.translations["en"].keys() == second.translations["de-simple"].keys()
    for words in second.translations.values():
        assert len(set(words.values())) == len(words)
        assert set(words.values()) & german == set()


def test_plain_language_keeps_its_sentences_short(city):
    told = read_text(city.stories[0].folder)
    lines = [*told.translations["de-simple"].decode().splitlines(), *told.second.translations["de-simple"].values()]
    sentences = [part.split() for line in lines for part in line.replace("?", ".").split(".")]

    assert max(len(sentence) for sentence in sentences) <= 15


def test_all_four_decisions_occur_and_one_answer_serves_several(city):
    answers = [answer for story in city.stories for answer in story.answers.values()]
    together = Counter(script.answer for script in read_text(city.stories[0].folder).said if script.answer)

    assert {answer.decision for answer in answers} == set(AnswerDecision.values)
    assert max(together.values()) >= 5
