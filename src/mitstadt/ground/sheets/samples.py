"""A sheet with every kind of question: what the doors of sheets are looked at and tried with."""

from __future__ import annotations

from mitstadt.ground.sheets.questions import (
    Choice,
    Condition,
    File,
    LongText,
    Matrix,
    Moment,
    MomentParts,
    Number,
    OneOf,
    Place,
    Points,
    Question,
    Ranking,
    Scale,
    Section,
    SeveralOf,
    Sheet,
    ShortText,
    Stance,
)
from mitstadt.ground.sheets.words import Words


def _w(german: str, english: str = "", simple: str = "") -> Words:
    return Words.of({"de": german, "en": english, "de-simple": simple})


def _c(key: str, german: str, english: str, picture: str = "") -> Choice:
    return Choice(key=key, words=_w(german, english), picture=picture)


_WAYS: tuple[Question, ...] = (
    OneOf(
        key="way",
        asks=_w("Wie kommen Sie meistens her?", "How do you mostly get here?"),
        why=_w("Wir planen Wege und Stellplätze danach.", "We plan paths and parking by this."),
        required=True,
        choices=(
            _c("foot", "zu Fuß", "on foot", "🚶"),
            _c("bike", "mit dem Rad", "by bike", "🚲"),
            _c("bus", "mit Bus und Bahn", "by bus and train", "🚌"),
            _c("other", "anders", "otherwise"),
        ),
    ),
    LongText(
        key="other_way",
        asks=_w("Wie kommen Sie sonst her?", "How else do you get here?"),
        only_if=(Condition(question="way", any_of=("other",)),),
        most=300,
    ),
    SeveralOf(
        key="missing",
        asks=_w("Was fehlt auf dem Platz?", "What does the square lack?"),
        most=3,
        choices=(
            _c("trees", "Bäume", "trees", "🌳"),
            _c("seats", "Bänke", "benches", "🪑"),
            _c("water", "Trinkwasser", "drinking water", "🚰"),
            _c("toilet", "eine Toilette", "a toilet", "🚻"),
        ),
    ),
    Scale(
        key="noise",
        asks=_w("Wie laut ist es dort?", "How noisy is it there?"),
        low_words=_w("still", "quiet"),
        high_words=_w("sehr laut", "very loud"),
    ),
    Number(
        key="minutes",
        asks=_w("Wie lange sind Sie meist dort?", "How long do you mostly stay?"),
        unit=_w("Minuten", "minutes"),
        lowest=0,
        highest=600,
    ),
)
_TIMES: tuple[Question, ...] = (
    Moment(key="last", asks=_w("Wann waren Sie zuletzt dort?", "When were you last there?"), parts=MomentParts.BOTH),
    Moment(key="day", asks=_w("An welchem Tag soll das Fest sein?", "On which day should the party be?")),
    ShortText(key="title", asks=_w("Ein Name für den Platz?", "A name for the square?"), most=80),
    Place(key="where", asks=_w("Wo soll die Bank stehen?", "Where should the bench stand?")),
    File(key="photo", asks=_w("Haben Sie ein Foto davon?", "Do you have a photo of it?"), most=2),
)
_WEIGHTS: tuple[Question, ...] = (
    Ranking(
        key="first",
        asks=_w("Was soll zuerst kommen?", "What should come first?"),
        choices=(_c("shade", "Schatten", "shade"), _c("play", "Spielen", "play"), _c("market", "Markt", "market")),
    ),
    Matrix(
        key="safe",
        asks=_w("Wie sicher fühlen Sie sich?", "How safe do you feel?"),
        rows=(_c("by_day", "am Tag", "by day"), _c("by_night", "in der Nacht", "at night")),
        choices=(
            _c("safe", "sicher", "safe"),
            _c("unsafe", "unsicher", "unsafe"),
            _c("unknown", "weiß nicht", "don’t know"),
        ),
    ),
    Stance(key="no_cars", asks=_w("Der Platz soll ohne Autos sein.", "The square should be without cars.")),
    Points(
        key="money",
        asks=_w("Wofür soll das Geld sein?", "What should the money be for?"),
        total=10,
        choices=(_c("green", "Grün", "greenery"), _c("light", "Licht", "light"), _c("paths", "Wege", "paths")),
    ),
)

EVERY_KIND = Sheet(
    key="every_kind",
    title=_w("Der Platz vor der Tür", "The square on your doorstep", "Unser Platz"),
    lead=_w("Acht Minuten. Jede Antwort hilft, auch eine einzelne.", "Eight minutes. Every answer helps, even one."),
    sections=(
        Section(key="ways", title=_w("Hinkommen und dort sein", "Getting and being there"), questions=_WAYS),
        Section(key="times", title=_w("Zeit und Ort", "Time and place"), questions=_TIMES),
        Section(key="weights", title=_w("Was wichtig ist", "What matters"), questions=_WEIGHTS),
    ),
)
