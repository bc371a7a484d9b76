"""./mitstadt log: the public log, for everyone to check."""

from mitstadt.ground.commands import Command, argument
from mitstadt.ground.commands import gettext_noop as _

_LOG = argument("file", metavar=_("DATEI"), help=_("das ausgegebene Protokoll; - liest die Standardeingabe"))
_KEY = argument(
    "--key",
    action="append",
    default=[],
    metavar=_("SCHLÜSSEL"),
    help=_("der veröffentlichte Schlüssel des Protokolls, Name+Kennung+Base64 (auch mehrmals)"),
)

COMMAND = Command(
    "log",
    _("das öffentliche Protokoll ausgeben, beweisen und prüfen"),
    commands=(
        Command(
            "verify",
            _("ein ausgegebenes Protokoll bis aufs letzte Byte prüfen"),
            "mitstadt.site.commandline.log.checking:verify",
            (
                _LOG,
                argument(
                    "--contents", metavar=_("DATEI"), help=_("die Inhalte, gegen die Prüfsummen im Protokoll gehalten")
                ),
                _KEY,
                argument(
                    "--head",
                    action="append",
                    default=[],
                    metavar=_("DATEI"),
                    help=_("ein früher notierter, unterschriebener Kopf (auch mehrmals)"),
                ),
            ),
            has_json=True,
        ),
        Command(
            "check-mine",
            _("die eigenen Worte gegen das öffentliche Protokoll halten"),
            "mitstadt.site.commandline.log.own_words:check_mine",
            (
                argument("mine", metavar=_("MEINE-DATEN"), help=_("die Datei, die Sie unter „Meine Seite“ laden")),
                _LOG,
                _KEY,
            ),
            has_json=True,
        ),
        Command(
            "verify-city",
            _("die Datenbank dieser Stadt prüfen: Protokoll, Inhalte, und ob jeder Eintrag sagt, was er sagte"),
            "mitstadt.site.commandline.log.whole_city:verify_city",
            has_json=True,
            needs_city=True,
        ),
        Command(
            "prove",
            _("den Beweis ausgeben, dass ein Vorgang im Protokoll steht"),
            "mitstadt.site.commandline.log.checking:prove",
            (_LOG, argument("index", type=int, metavar="INDEX", help=_("Nummer des Vorgangs, ab 0"))),
        ),
        Command(
            "export",
            _("das Protokoll dieser Stadt unterschreiben und in eine Datei schreiben"),
            "mitstadt.site.commandline.log.exporting:export",
            (
                argument("file", metavar=_("DATEI"), help=_("wohin das Protokoll geschrieben wird")),
                argument(
                    "--contents",
                    metavar=_("DATEI"),
                    help=_("wohin auch die Inhalte; sie enthalten personenbezogene Daten: gut verwahren"),
                ),
            ),
            needs_city=True,
        ),
        Command(
            "check-proof",
            _("einen solchen Beweis gegen den veröffentlichten Schlüssel prüfen"),
            "mitstadt.site.commandline.log.checking:check_proof",
            (
                argument("file", metavar=_("BEWEIS"), help=_("ein Beweis, wie ihn ./mitstadt log prove ausgibt")),
                _KEY,
            ),
            has_json=True,
        ),
    ),
)
