"""Whatever sequence of merging, splitting and parting: no author, support, comment, follower or ref is lost."""

import random
from collections import defaultdict

import pytest

from cast import LATER, NOW, malik, person
from mitstadt.spine.actions.comments import comment
from mitstadt.spine.actions.follows import follow
from mitstadt.spine.actions.merging import merge, separate
from mitstadt.spine.actions.splitting import split
from mitstadt.spine.actions.supports import support
from mitstadt.spine.actors import actor_for
from mitstadt.spine.authorship import authors_of
from mitstadt.spine.models import Authorship, Comment, Follow, MovedOn, Record, Succession, Turn
from mitstadt.spine.tests.trial_format import contribution, running_process

pytestmark = [pytest.mark.django_db, pytest.mark.stands.with_args(running_process)]

PEOPLE = ("Anna", "Bert", "Cem", "Dana")
BODY = "Mehr Bänke im Schatten. Weniger Lärm bei Nacht. Wasser für alle."


class City:
    """A few contributions, what people did to them, and what must therefore be found."""

    def __init__(self, seed):
        self.dice = random.Random(seed)
        self.process = running_process()
        self.people = [actor_for(person(name)) for name in PEOPLE]
        self.records = [contribution(self.process, actor=one, body=BODY).pk for one in self.people]
        self.supported, self.followed, self.wrote = defaultdict(set), defaultdict(set), {}
        self.comments = defaultdict(int)
        for record, actor in zip(self.records, self.people, strict=True):
            self.wrote[record] = actor.person.pk
            self.followed[record].add(actor.person.pk)

    def step(self):
        deed = self.dice.choice([self.support, self.support, self.comment, self.follow, self.merge, self.merge])
        self.dice.choice([deed, deed, deed, self.split, self.part])()

    def standing(self):
        return [Record.objects.get(pk=key) for key in self.records if not Record.objects.get(pk=key).moved_on]

    def support(self):
        record, actor = self.dice.choice(self.standing()), self.dice.choice(self.people)
        if support(record, actor=actor, now=NOW):
            self.supported[record.pk].add(actor.person.pk)
            self.followed[record.pk].add(actor.person.pk)

    def comment(self):
        record = self.dice.choice(self.standing())
        comment(record, actor=self.dice.choice(self.people), text="Ja.", now=NOW)
        self.comments[record.pk] += 1

    def follow(self):
        record, actor = self.dice.choice(self.standing()), self.dice.choice(self.people)
        if not Follow.objects.filter(record=record, person=actor.person).exists():
            follow(record, actor=actor, now=NOW)
            self.followed[record.pk].add(actor.person.pk)

    def merge(self):
        standing = self.standing()
        if len(standing) > 1:
            source, target = self.dice.sample(standing, 2)
            merge([source], target, actor=malik(), reason="Dasselbe.", now=LATER)

    def split(self):
        record = self.dice.choice(self.standing())
        words = record.body.split(". ")
        if len(words) > 1 and len(self.records) < 9:
            pieces = [". ".join(words[:1]) + ".", ". ".join(words[1:])]
            made = split(record, pieces, actor=malik(), reason="Mehreres.", now=LATER)
            self.records += [piece.pk for piece in made]

    def part(self):
        merged = Succession.objects.filter(way=MovedOn.MERGED)
        if merged:
            separate(self.dice.choice(list(merged)).source, actor=malik(), reason="Doch nicht.", now=LATER)


def ends_of(key):
    """The records in which one goes on at last."""
    onward = list(Succession.objects.filter(source=key).values_list("target", flat=True))
    return {end for target in onward for end in ends_of(target)} if onward else {key}


def people_at(table, key):
    found = list(table.objects.filter(record=key).values_list("person", flat=True))
    assert len(found) == len(set(found))
    return set(found)


def named_at(key):
    record = Record.objects.get(pk=key)
    return {*authors_of(record), *Authorship.objects.filter(record=key).values_list("person", flat=True)}


def assert_nothing_is_lost(city):
    for key in city.records:
        record = Record.objects.get(pk=key)
        assert record.state == "published"
        assert record.support_count == Turn.objects.filter(record=key).count()
        assert record.comment_count == Comment.objects.filter(target=key).count() == city.comments[key]
        assert record.further_authors == Authorship.objects.filter(record=key).count()
        assert bool(record.moved_on) == Succession.objects.filter(source=key).exists()
        for place in {key, *ends_of(key)}:
            assert city.supported[key] <= people_at(Turn, place)
            assert city.followed[key] <= people_at(Follow, place)
            if key in city.wrote:
                assert city.wrote[key] in named_at(place)


@pytest.mark.parametrize("seed", range(5))
def test_nothing_and_nobody_is_lost_whatever_is_done(seed):
    city = City(seed)
    for _turn in range(14):
        city.step()
        assert_nothing_is_lost(city)


@pytest.mark.parametrize("seed", range(3))
def test_parting_all_that_was_merged_leaves_what_was_there_without_merging(seed):
    city = City(seed)
    deeds = [city.support, city.merge, city.part, city.follow]
    for _turn in range(14):
        city.dice.choice(deeds)()
    while Succession.objects.exists():
        city.part()
    for key in city.records:
        assert people_at(Turn, key) == city.supported[key]
        assert city.followed[key] <= people_at(Follow, key) <= city.followed[key] | city.supported[key]
        assert named_at(key) == {city.wrote[key]}
