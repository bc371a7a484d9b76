"""./mitstadt lottery: check quotas, solve, commit, draw, verify and replace, all in public."""

from mitstadt.ground.commands import Argument, Command, argument, whole_number
from mitstadt.ground.commands import gettext_noop as _

OBJECTIVES = ("leximin", "maximin", "nash", "goldilocks", "legacy")
# One thread: the matrices are small, and threads that wait for each other cost more than they bring.
_ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


def _command(name: str, summary: str, module: str, *arguments: Argument) -> Command:
    where = f"mitstadt.site.commandline.lottery.{module}:{name}"
    return Command(name, summary, where, arguments, has_json=True, environment=_ONE_THREAD)


_SIZE_NAMES = ("--size", "--panel-size", "-k")
_SIZE = argument(*_SIZE_NAMES, dest="size", type=whole_number, metavar="N", help=_("Zahl der Plätze"))
_INPUTS = (
    argument(
        "inputs",
        nargs="*",
        metavar=_("DATEI"),
        help=_("categories.csv und respondents.csv, oder ein Ordner mit beiden"),
    ),
    argument("--categories", "--quotas", "--features", dest="categories", metavar=_("DATEI"), help=_("die Quoten")),
    argument("--respondents", "--pool", "--people", dest="respondents", metavar=_("DATEI"), help=_("der Topf")),
    argument(
        "--household",
        metavar=_("SPALTE[,SPALTE…]"),
        help=_("Spalten, die einen Haushalt nennen: höchstens ein Mensch aus jedem"),
    ),
    argument("--no-households", action="store_true", help=_("die Spalte mit Haushalten nicht beachten")),
    _SIZE,
)
_OBJECTIVE = (
    argument("--objective", choices=OBJECTIVES, default="leximin", help=_("was gerecht heißt (%(default)s)")),
    argument("--rounds", type=whole_number, metavar="N", help=_("höchstens N Gremien suchen")),
    argument("--svg", metavar=_("DATEI"), help=_("die Wahrscheinlichkeiten vorher und nachher zeichnen")),
)
_FOLDER = argument("folder", metavar=_("ORDNER"), help=_("der veröffentlichte Ordner"))
_PRIVATE = argument("--private", metavar=_("DATEI"), help=_("Kennungen und Decknamen (ORDNER.private.json)"))

_CHECK = _command("check", _("Gibt es ein Gremium? Was ist knapp? Wenn nein, warum?"), "planning", *_INPUTS)
_QUOTAS = _command(
    "quotas",
    _("Quoten nach der Bevölkerung eines Gebiets"),
    "planning",
    argument(
        "residents",
        metavar="RESIDENTS.csv",
        help=_("Gebiet, Merkmal, Ausprägung, Zahl (area, category, feature, count); oder eine breite Tabelle"),
    ),
    argument(*_SIZE_NAMES, dest="size", type=whole_number, metavar="N", required=True, help=_("Zahl der Plätze")),
    argument(
        "--area", metavar=_("KENNUNG"), help=_("das Gebiet, oder der Anfang der Kennungen seiner Teile; sonst alle")
    ),
    argument(
        "--slack",
        "--width",
        type=whole_number,
        default=1,
        metavar="N",
        help=_("Spielraum in Plätzen über das Runden hinaus (%(default)s)"),
    ),
    argument("--without", metavar=_("AUSPRÄGUNG[,…]"), default="", help=_("was nicht mitzählt")),
    argument("--csv", "--out", dest="csv", metavar=_("DATEI"), help=_("categories.csv dorthin schreiben")),
)
_INVITE = _command(
    "invite",
    _("welchen Haushalten geschrieben wird: geschichtet, durch öffentliches Los"),
    "planning",
    argument("register", metavar="REGISTER.csv", help=_("Haushalt und, wo es sie gibt, Schicht (household, stratum)")),
    argument(
        "--letters", type=whole_number, required=True, metavar="N", help=_("wie vielen Haushalten geschrieben wird")
    ),
    argument("--randomness", required=True, metavar="TEXT", help=_("öffentlicher Zufall, vorher benannt")),
    argument(
        "--response",
        action="append",
        default=[],
        metavar=_("SCHICHT=ANTEIL"),
        help=_("wie viele antworten werden"),
    ),
)
_SOLVE = _command(
    "solve",
    _("die gerechtesten Wahrscheinlichkeiten und Gremien, mit Beweis"),
    "solving",
    *_INPUTS,
    *_OBJECTIVE,
    argument(
        "--panels", "--lottery", dest="panels", type=whole_number, metavar="N", help=_("auch N nummerierte Gremien")
    ),
    argument("--seed", type=whole_number, default=0, metavar="N", help=_("für --objective legacy")),
    argument("--robustness", action="store_true", help=_("auch, was falsche Angaben brächten und wer vertreten ist")),
)
_COMMIT = _command(
    "commit",
    _("alles vor der Ziehung festlegen und veröffentlichen"),
    "drawing",
    *_INPUTS,
    *_OBJECTIVE,
    argument(
        "--panels",
        "--lottery",
        dest="panels",
        type=whole_number,
        default=1000,
        metavar="N",
        help=_("Zahl der nummerierten Gremien (%(default)s)"),
    ),
    argument(
        "--out", "--folder", "--to", dest="out", required=True, metavar=_("ORDNER"), help=_("was veröffentlicht wird")
    ),
    argument(
        "--source",
        "--randomness-source",
        "--beacon",
        dest="source",
        metavar="TEXT",
        help=_("der öffentliche Zufall, der entscheiden wird, genau benannt"),
    ),
    argument("--secret", metavar="TEXT", help=_("macht die Decknamen (mindestens 16 Zeichen; sonst zufällig)")),
    _PRIVATE,
)
_DRAW = _command(
    "draw",
    _("den öffentlichen Zufall eingeben: welches Gremium gezogen ist"),
    "drawing",
    _FOLDER,
    argument(
        "--randomness",
        "--beacon",
        "--numbers",
        dest="randomness",
        required=True,
        metavar="TEXT",
        help=_("der öffentliche Zufall, genau wie angekündigt"),
    ),
    argument("--alternates", type=whole_number, default=0, metavar="N", help=_("auch N Menschen als Ersatz nennen")),
    _PRIVATE,
)
_VERIFY = _command(
    "verify",
    _("eine veröffentlichte Ziehung nachrechnen"),
    "drawing",
    _FOLDER,
    argument("--commitment", metavar="SHA256", help=_("die Festlegung, wie sie angekündigt wurde")),
)
_REPLACE = _command(
    "replace",
    _("Menschen ersetzen, die ausgefallen sind, unter denselben Quoten"),
    "replacing",
    *_INPUTS,
    argument(
        "--dropped",
        "--drop",
        "--remove",
        "--drop-out",
        dest="dropped",
        action="append",
        nargs="+",
        default=[],
        metavar=_("KENNUNG"),
        help=_("wer ausgefallen ist"),
    ),
    argument("--panel", metavar=_("DATEI"), help=_("ohne Ordner: das Gremium, eine JSON-Liste von Kennungen")),
    argument("--randomness", "--seed", dest="randomness", metavar="TEXT", help=_("ohne Ordner: das Los")),
    argument("--relax", action="store_true", help=_("wo niemand passt, die Quoten so wenig wie möglich ändern")),
    argument("--unavailable", nargs="+", default=[], metavar=_("KENNUNG"), help=_("wer abgesagt hat")),
    _PRIVATE,
)

COMMAND = Command(
    "lottery",
    _("Bürgerräte gerecht auslosen und eine Ziehung prüfen"),
    commands=(_CHECK, _QUOTAS, _INVITE, _SOLVE, _COMMIT, _DRAW, _VERIFY, _REPLACE),
)
