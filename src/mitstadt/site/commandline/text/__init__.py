"""./mitstadt text: how a text is read, what differs between two versions, and what became of every passage."""

from mitstadt.ground.commands import Command, argument
from mitstadt.ground.commands import gettext_noop as _

_BOTH = (
    argument("old", metavar=_("ALT"), help=_("der frühere Text")),
    argument("new", metavar=_("NEU"), help=_("der spätere Text")),
)

COMMAND = Command(
    "text",
    _("zeigen, wie ein Text gelesen wird: Gliederung, Stellen und Kennzeichen"),
    commands=(
        Command(
            "outline",
            _("Stellen mit Ebene, Art, Text und Kennzeichen"),
            "mitstadt.site.commandline.text.showing:outline_of",
            (argument("file", metavar=_("DATEI"), help=_("ein Text (.txt, .md, .html, .docx)")),),
            has_json=True,
        ),
        Command(
            "diff",
            _("was sich zwischen zwei Texten unterscheidet, Wort für Wort"),
            "mitstadt.site.commandline.text.showing:difference",
            _BOTH,
            has_json=True,
        ),
        Command(
            "trace",
            _("was aus jeder Stelle des früheren Textes wurde"),
            "mitstadt.site.commandline.text.showing:traced",
            _BOTH,
            has_json=True,
        ),
    ),
)
