"""./mitstadt budget: count, compare and explain participatory budgets from Pabulib files."""

from mitstadt.ground.commands import Command, argument
from mitstadt.ground.commands import gettext_noop as _

RULES = ("equal-shares", "greedy", "phragmen", "bos")
UTILITIES = ("cost", "cardinality", "additive")

_FILE = argument("file", metavar=_("DATEI"), help=_("eine .pb-Datei von Pabulib"))
_TIES = argument(
    "--ties",
    default="id",
    metavar=_("LISTE"),
    help=_("was bei Gleichstand zählt: id, votes, cost, file, lot=ZAHL; das erste zuerst"),
)
_SVG = argument("--svg", metavar=_("DATEI"), help=_("ein Bild davon schreiben"))
_RULE = (
    _FILE,
    argument("--rule", choices=RULES, default="equal-shares", help=_("nach welcher Regel gezählt wird (%(default)s)")),
    argument(
        "--utility", choices=UTILITIES, help=_("was ein Projekt wert ist: additive bei Punkten und Rängen, sonst cost")
    ),
    argument(
        "--completion",
        default="none",
        metavar="NAME",
        help=_(
            "was equal-shares mit dem Rest macht: none, utilitarian, add1, add1u, … (siehe docs/methods/budgeting.md)"
        ),
    ),
    argument("--step", metavar=_("BETRAG"), help=_("wie viel add1 je Mensch jedes Mal dazugibt (1)")),
    _TIES,
)
# One thread: no sum here is long enough for threads to bring what starting them costs.
_ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1"}

COMMAND = Command(
    "budget",
    _("Bürgerhaushalte zählen, vergleichen und erklären"),
    commands=(
        Command(
            "count",
            _("eine Datei nach einer Regel zählen"),
            "mitstadt.site.commandline.budget.counting:run",
            (
                *_RULE,
                _SVG,
                argument("--pb", metavar=_("DATEI"), help=_("die Datei mit der Spalte „selected“ zurückschreiben")),
            ),
            has_json=True,
            environment=_ONE_THREAD,
        ),
        Command(
            "compare",
            _("eine Datei nach mehreren Regeln nebeneinander zählen"),
            "mitstadt.site.commandline.budget.comparing:run",
            (_FILE, _TIES, _SVG),
            has_json=True,
            environment=_ONE_THREAD,
        ),
        Command(
            "explain",
            _("sagen, warum ein Projekt gewann oder nicht, oder was aus einem Stimmzettel wurde"),
            "mitstadt.site.commandline.budget.explaining:run",
            (
                *_RULE,
                argument("project", metavar=_("PROJEKT"), nargs="?", help=_("Kennung des Projekts")),
                argument("--ballot", type=int, metavar="N", help=_("stattdessen der N-te Stimmzettel der Datei")),
            ),
            has_json=True,
            environment=_ONE_THREAD,
        ),
    ),
)
