"""The sample data of the style page, as the dataclasses that components take."""

from dataclasses import dataclass, field
from datetime import date

from mitstadt.ui.parts import (
    AreaMap,
    Bar,
    Change,
    Comment,
    Dot,
    Download,
    Link,
    Picture,
    PlacedThing,
    PlaceGroup,
    PlacesMap,
    ProcessCard,
    Promise,
    Row,
    Shape,
    State,
    Step,
    Stretch,
    SupportControl,
    Table,
    Words,
)
from mitstadt.ui.samples.outline import DISTRICTS

PHASES = (
    Stretch(title="Zuhören", state=State.DONE, when="1. bis 31. März"),
    Stretch(title="Gemeinsam schreiben", state=State.NOW, when="bis 20. Mai", elapsed=0.62, href="../text/"),
    Stretch(title="Antworten", state=State.NEXT, when="bis 30. Juni"),
    Stretch(title="Beschließen", state=State.NEXT, when="September"),
    Stretch(title="Umsetzen", state=State.NEXT, when="ab Frühjahr"),
)
DONE = tuple(Stretch(title=p.title, state=State.DONE, when=p.when) for p in PHASES)
MISSED = (
    Stretch(title="Sammeln", state=State.DONE, when="Januar"),
    Stretch(title="Antworten", state=State.MISSED, when="war fällig am 1. April"),
    Stretch(title="Beschließen", state=State.NEXT, when="offen"),
)
CARDS = (
    ProcessCard(
        title="Wie soll der Park am Nordhafen werden?",
        href="../beteiligung/",
        state=State.NOW,
        state_label="offen",
        area="Moabit Ost",
        host="Bezirksamt Mitte",
        lead="Der Entwurf hat 42 Absätze. Jeder davon kann noch anders werden.",
        phases=PHASES,
        due=date(2027, 5, 20),
        due_label="bis",
        voices=318,
    ),
    ProcessCard(
        title="Wohin mit den Fahrrädern am S-Bahnhof?",
        href="../beteiligung/",
        state=State.NOW,
        state_label="offen",
        area="Karlshorst",
        host="Bezirksamt Lichtenberg",
        lead="Drei Orte stehen zur Wahl, ein vierter darf vorgeschlagen werden.",
        due=date(2027, 6, 2),
        due_label="bis",
        voices=94,
    ),
    ProcessCard(
        title="Was braucht die Bibliothek am Abend?",
        href="../beteiligung/",
        state=State.NOW,
        state_label="offen",
        area="ganz Berlin",
        host="Senatsverwaltung für Kultur",
        due=date(2027, 6, 15),
        due_label="bis",
        voices=1207,
    ),
)
OVERDUE = ProcessCard(
    title="Spielstraße in der Lindenallee",
    href="../beteiligung/",
    state=State.MISSED,
    state_label="Antwort überfällig",
    area="Westend",
    host="Bezirksamt Charlottenburg-Wilmersdorf",
    phases=MISSED,
    due=date(2027, 4, 1),
    due_label="zugesagt für den",
    voices=61,
)
FINISHED = ProcessCard(
    title="Neue Bänke für den Leopoldplatz",
    href="../beteiligung/",
    state=State.DONE,
    state_label="geschafft",
    area="Wedding",
    host="Bezirksamt Mitte",
    lead="28 Bänke stehen. Elf davon haben Armlehnen, so wie Sie es wollten.",
    voices=212,
)
PROMISE = Promise(
    open="Wege, Pflanzen, Plätze zum Sitzen und Spielen",
    fixed="Der Uferweg bleibt. Autos fahren hier nicht.",
    decides="Die Bezirksverordnetenversammlung Mitte, im September 2027",
    reach="Mitgestalten: Was mehr als 50 Menschen tragen, wird beraten und beantwortet.",
    use="Jeder Vorschlag bekommt eine Antwort mit Grund. Der Entwurf wird danach neu geschrieben.",
    money="1,2 Millionen Euro sind eingeplant.",
    answer_by=date(2027, 6, 30),
    state=State.NEXT,
    state_label="noch 41 Tage",
    changes_href="../beteiligung/",
)
TRAIL = (
    Step(
        at=date(2027, 5, 4),
        state=State.DONE,
        title="Jörg hat das vorgeschlagen.",
        quote="An jeder zweiten Bank soll eine Armlehne sein. Meine Mutter kommt sonst nicht wieder hoch.",
        actor="Im Netz, zu Absatz 12 des Entwurfs",
    ),
    Step(
        at=date(2027, 5, 9),
        state=State.DONE,
        title="Der Vorschlag kam auch auf Papier.",
        text="Frau Krüger vom Stadtteilbüro hat elf gleiche Wünsche eingetragen. Sie wurden verbunden, keiner ging "
        "verloren.",
    ),
    Step(
        at=date(2027, 5, 20),
        state=State.DONE,
        title="212 Menschen unterstützten ihn.",
        text="Damit musste das Bezirksamt antworten.",
    ),
    Step(
        at=date(2027, 6, 2),
        state=State.DONE,
        title="Das Bezirksamt hat entschieden: teilweise übernommen.",
        quote="Jede dritte Bank bekommt Armlehnen, weil auf den übrigen auch Menschen liegen können sollen. "
        "Vor dem Pflegeheim bekommt jede Bank eine.",
        actor="Malik Aydın, Straßen- und Grünflächenamt",
        href="../text/",
        link_label="Den neuen Absatz 12 lesen",
    ),
    Step(
        at=date(2027, 10, 1),
        state=State.MISSED,
        title="Die Bänke sollten bestellt sein.",
        text="Das ist nicht geschehen. Das Bezirksamt schreibt: Der Hersteller liefert erst im Februar.",
    ),
    Step(
        at=date(2028, 2, 15),
        state=State.NOW,
        title="Die Bänke werden geliefert.",
        text="28 Stück, elf davon mit Armlehnen.",
    ),
    Step(
        at=date(2028, 4, 30),
        state=State.NEXT,
        title="Sie sitzen Probe.",
        text="Das Stadtteilbüro lädt alle ein, die daran mitgeschrieben haben.",
    ),
)
COMMENT = Comment(
    ref="7K3Q-M9XD",
    author="Linh",
    at=date(2027, 5, 6),
    text="Am Abend ist es dort dunkel. Bitte stellt Lampen auf, die nur nach unten leuchten.",
    href="../werdegang/",
    stance="schlägt vor",
    channel_note="auf Papier, eingetragen im Stadtteilbüro",
    support=SupportControl(ref="7K3Q-M9XD", count=37, address=".", is_given=False, is_open=True),
    reply_href="../formular/",
    report_href="../formular/",
    answer="Das übernehmen wir. Die Lampen stehen jetzt in Absatz 14.",
    answer_by="Das Bezirksamt Mitte antwortet: übernommen",
    replies=(
        Comment(
            ref="8R2T-W4HC",
            author="Ida",
            at=date(2027, 5, 7),
            text="Und bitte mit einer Kante am Weg, die man mit dem Stock spürt.",
            href="../werdegang/",
            support=SupportControl(ref="8R2T-W4HC", count=1, address=".", is_given=True, is_open=True),
        ),
    ),
)
WORDS = (
    Words(text="Der Park erhält "),
    Words(text="ausreichend", change=Change.DELETED),
    Words(text="alle 50 Meter", change=Change.INSERTED),
    Words(text=" Bänke"),
    Words(text=", jede dritte mit Armlehnen", change=Change.INSERTED),
    Words(text=". Sie stehen im Schatten."),
)
OPEN_IN = {"Mitte": 4, "Pankow": 2, "Lichtenberg": 1, "Neukölln": 3, "Charlottenburg-Wilmersdorf": 1}


def _map() -> AreaMap:
    shapes = tuple(
        Shape(
            path=path,
            label=f"{name}: {OPEN_IN[name]} offen" if name in OPEN_IN else f"{name}: gerade nichts offen",
            href="../beteiligung/",
            tone="open" if name in OPEN_IN else "quiet",
        )
        for name, path in DISTRICTS
    )
    dots = (
        Dot(x=400, y=225, label="Park am Nordhafen", number=1),
        Dot(x=600, y=235, label="S-Bahnhof Karlshorst", number=2),
    )
    return AreaMap(
        title="Wo gerade etwas offen ist",
        description="Karte der zwölf Bezirke. In fünf Bezirken ist etwas offen. Dieselben Angaben stehen in der Liste.",
        width=850,
        height=545,
        shapes=shapes,
        dots=dots,
    )


def _places() -> PlacesMap:
    benches = [PlacedThing(label=f"Bank {n} am Nordhafen", href="#s-orte", note="Sparrplatz") for n in range(1, 8)]
    groups = (
        PlaceGroup(number=1, things=benches, closer_href="#s-orte"),
        PlaceGroup(number=2, things=[PlacedThing(label="Aufzug Karlshorst", href="#s-orte", note="vor dem Bäcker")]),
    )
    dots = (
        Dot(x=400, y=225, label="Stelle 1: 7 Einträge", number=1, href="#ort-1", scale=1.5, tone="many"),
        Dot(x=600, y=235, label="Stelle 2: Aufzug Karlshorst", number=2, href="#ort-2", scale=1.3),
    )
    shapes = tuple(Shape(path=path, label=name) for name, path in DISTRICTS)
    drawing = AreaMap(
        title="Ideen auf der Karte",
        description="Jeder Punkt führt zu seiner Nummer in der Liste daneben.",
        width=850,
        height=545,
        shapes=shapes,
        dots=dots,
    )
    words = PlacedThing(label="Licht im Treppenhaus", href="#s-orte", note="im Hinterhaus")
    return PlacesMap(id="ort", groups=groups, drawing=drawing, without_point=[words], whole_href="#s-orte")


PICTURES = (
    Picture(
        src="/static/ui/sign.svg",
        width=640,
        height=480,
        alt="Das Zeichen von Mitstadt: ein Faden mit vier Knoten",
        caption="So sieht ein Bild mit Unterschrift aus.",
    ),
    Picture(src="/static/ui/sign.svg", width=640, height=480, alt=""),
)


@dataclass(frozen=True, kw_only=True)
class Passage:
    """A passage of the sample text."""

    number: str
    text: str
    comments: int = 0
    proposals: int = 0


PASSAGES = (
    Passage(number="10", text="Der Park am Nordhafen gehört allen. Wer hier sitzt, muss nichts kaufen.", comments=3),
    Passage(
        number="11",
        text="Der Uferweg bleibt durchgehend. Er ist mindestens drei Meter breit, eben und ohne Stufen. Wer schiebt, "
        "rollt oder sich führen lässt, kommt überall hin.",
        comments=12,
        proposals=2,
    ),
    Passage(
        number="12",
        text="Der Park erhält ausreichend Bänke. Sie stehen im Schatten.",
        comments=31,
        proposals=4,
    ),
    Passage(
        number="13",
        text="Alte Bäume bleiben stehen. Für jeden Baum, der fallen muss, werden drei gepflanzt, und zwar hier und "
        "nicht anderswo.",
    ),
)

TABLE = Table(
    caption="Beiträge nach Weg",
    columns=("Weg", "Beiträge", "Anteil"),
    rows=(("Im Netz", "201", "63 %"), ("Auf Papier", "74", "23 %"), ("Vor Ort", "43", "14 %")),
    numeric=frozenset({1, 2}),
)


@dataclass(frozen=True, kw_only=True)
class Samples:
    """Everything that the style page shows."""

    phases: tuple[Stretch, ...] = PHASES
    missed: tuple[Stretch, ...] = MISSED
    cards: tuple[ProcessCard, ...] = CARDS
    overdue: ProcessCard = OVERDUE
    finished: ProcessCard = FINISHED
    promise: Promise = PROMISE
    trail: tuple[Step, ...] = TRAIL
    comment: Comment = COMMENT
    words: tuple[Words, ...] = WORDS
    passages: tuple[Passage, ...] = PASSAGES
    map: AreaMap = field(default_factory=_map)
    places: PlacesMap = field(default_factory=_places)
    pictures: tuple[Picture, ...] = PICTURES
    downloads: tuple[Download, ...] = (
        Download(label="Lageplan", href="/static/ui/sign.svg", kind="PDF", bytes=1_240_000),
    )
    crumbs: tuple[Link, ...] = (
        Link(label="Startseite", href="../startseite/"),
        Link(label="Jetzt mitmachen", href="../startseite/"),
    )
    tabs: tuple[Link, ...] = (
        Link(label="Überblick", href="../beteiligung/", current=True),
        Link(label="Text", href="../text/"),
        Link(label="Beiträge", href="../text/", count=318),
        Link(label="Ergebnisse", href="../beteiligung/"),
    )
    outline: tuple[Link, ...] = (
        Link(label="Wofür der Park da ist", href="#a10", current=True),
        Link(label="Wege und Ufer", href="#a11"),
        Link(label="Sitzen und Spielen", href="#a12"),
        Link(label="Bäume", href="#a13"),
    )
    rows: tuple[Row, ...] = (
        Row(term="Ihr Vorschlag", value="Der Park erhält alle 50 Meter Bänke.", change_href="../formular/"),
        Row(term="Warum", value="Meine Mutter kommt sonst nicht bis zum Ufer.", change_href="../formular/"),
        Row(term="Angezeigter Name", value="Jörg", change_href="../formular/"),
    )
    table: Table = TABLE
    bars: tuple[Bar, ...] = (
        Bar(label="Im Netz", value="201", share=0.63),
        Bar(label="Auf Papier", value="74", share=0.23),
        Bar(label="Vor Ort", value="43", share=0.14),
    )
    form_steps: tuple[str, ...] = ("Was", "Wortlaut", "Name", "Prüfen")
    ref: str = "7K3Q-M9XD"
    url: str = "https://beispiel.berlin/7K3Q-M9XD"


ALL = Samples()
