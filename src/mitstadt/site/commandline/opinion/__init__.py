"""./mitstadt opinion: draw, score and recount opinion maps from exported votes."""

from mitstadt.ground.commands import Argument, Command, argument, whole_number
from mitstadt.ground.commands import gettext_noop as _

MODELS = ("irt", "factor", "pca", "polis")

_PATH = argument(
    "path", metavar=_("PFAD"), help=_("Ordner einer Ausgabe, oder eine Tabelle mit Stimmen (.csv oder .csv.gz)")
)
_MODEL = (
    argument("--model", choices=MODELS, default="irt", help=_("nach welchem Modell gerechnet wird (%(default)s)")),
    argument("--dim", type=int, metavar="N", help=_("Zahl der Achsen; sonst nach verborgenen Stimmen gewählt")),
    argument("--seed", type=whole_number, default=0, metavar="N", help=_("Startwert des Zufalls (%(default)s)")),
)
# One thread gives the same sums on every machine, and is what the stated CPU seconds mean.
_ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1"}


def _command(name: str, summary: str, handler: str, *arguments: Argument) -> Command:
    where = f"mitstadt.site.commandline.opinion.{handler}"
    return Command(name, summary, where, (_PATH, *arguments), has_json=True, environment=_ONE_THREAD)


COMMAND = Command(
    "opinion",
    _("Meinungskarten zeichnen, bewerten und nachrechnen"),
    commands=(
        _command(
            "map",
            _("Lagen, Gruppen, Gemeinsames und Trennendes"),
            "mapping:drawn",
            *_MODEL,
            argument("--svg", metavar=_("DATEI"), help=_("die Karte zeichnen")),
        ),
        _command(
            "polis",
            _("die veröffentlichte Rechnung von Polis, mit deren Namen"),
            "mapping:polis",
            argument("--like", metavar=_("DATEI"), help=_("Moderation und Teilnehmende aus dem JSON von Polis nehmen")),
            argument(
                "--exact-base", action="store_true", help=_("Grundgruppen auch über 20.000 Menschen hinaus einzeln")
            ),
        ),
        _command(
            "score",
            _("verborgene Stimmen vorhersagen: alle Modelle und Vergleichsmaße"),
            "asking:scored",
            argument(
                "--share", type=float, default=0.1, help=_("Anteil der Stimmen, die verborgen werden (%(default)s)")
            ),
            argument("--seed", type=int, default=0, metavar="N", help=_("Startwert des Zufalls (%(default)s)")),
        ),
        _command(
            "suspicious",
            _("Gruppen, die auffällig gleich stimmen, und was ohne sie anders wäre"),
            "asking:watched",
            *_MODEL,
            argument(
                "--people", metavar=_("DATEI"), help=_("Kennungen, eine je Zeile: was ohne diese Menschen anders wäre")
            ),
        ),
        _command(
            "next",
            _("welche Aussage ein Mensch als nächste sehen soll, mit ihrer Wahrscheinlichkeit"),
            "asking:asked",
            *_MODEL,
            argument(
                "--person", metavar=_("KENNUNG"), help=_("wer; ohne Angabe jemand, der noch nicht abgestimmt hat")
            ),
            argument("--n", type=int, default=1, metavar="N", help=_("Zahl der Aussagen (%(default)s)")),
            argument("--explore", type=float, default=0.3, help=_("Anteil, der dem Zufall bleibt (%(default)s)")),
            argument("--log", metavar=_("DATEI"), help=_("jede Ziehung als eine Zeile JSON anhängen")),
        ),
        _command(
            "estimate",
            _("Zustimmung, als wären alle gefragt worden, aus notierten Ziehungen"),
            "asking:weighed",
            argument("--log", metavar=_("DATEI"), required=True, help=_("was next --log geschrieben hat")),
        ),
        _command(
            "slate",
            _("wenige Aussagen, die alle vertreten, mit einem Nachweis"),
            "mapping:slate",
            *_MODEL,
            argument("--size", type=int, default=10, metavar="N", help=_("Zahl der Aussagen (%(default)s)")),
        ),
    ),
)
