"""What pages add to the command line."""

from mitstadt.ground.commands import Command, argument
from mitstadt.ground.commands import gettext_noop as _

COMMANDS = (
    Command(
        "account",
        _("Jemandem helfen, der nicht mehr in sein Konto kommt"),
        "mitstadt.pages.people.rescuing:run",
        (
            argument("address", metavar=_("ADRESSE"), help=_("die E-Mail-Adresse des Kontos")),
            argument(
                "--take-off-second-factor",
                action="store_true",
                help=_("Apps, Schlüssel und Ersatzcodes entfernen, weil das Gerät verloren ist"),
            ),
            argument("--end-sessions", action="store_true", help=_("überall abmelden")),
            argument("--new-address", metavar=_("ADRESSE"), help=_("eine andere E-Mail-Adresse geben")),
        ),
        description=_(
            "Vergewissern Sie sich zuerst, wer fragt: Wer das darf, kann jedes Konto übernehmen. Die Person erfährt es "
            "per Mail, bei einer neuen Adresse auch an der alten, und liest es auf der Seite ihres Kontos."
        ),
        has_json=True,
        needs_city=True,
    ),
)
