"""``./mitstadt budget explain``: why one project won or lost, or what became of one ballot."""

from mitstadt.ground.commands import Told, Typed
from mitstadt.ground.commands import gettext_noop as _
from mitstadt.methods.budgeting import Election, explain_ballots, explain_project
from mitstadt.methods.budgeting.report import ballot_document, ballot_sentence, explanation_document, sentence
from mitstadt.methods.shared.errors import MethodError
from mitstadt.site.commandline.budget.files import counted, read_election, without_collection


@without_collection()
def run(options: Typed) -> Told:
    """Explain one project or one ballot of a file."""
    options.doing(_("1 von 2: Datei lesen"))
    election, _digest = read_election(options.file)
    options.doing(_("2 von 2: zählen und erklären"))
    if options.ballot is not None:
        return _about_ballot(options, election)
    if options.project is None:
        raise MethodError("project_not_named", "Name a project of the file, or a ballot with --ballot N.")
    if options.project not in election.index_of:
        told = f"{options.file} has no project “{options.project}”."
        raise MethodError("unknown_project", told, project=options.project)
    index = election.index_of[options.project]
    found = explain_project(counted(options, election), index)
    name = f"{found.project} {election.projects[index].name}".rstrip()
    return Told([name, sentence(found)], {"project": found.project, **explanation_document(found)})


def _about_ballot(options: Typed, election: Election) -> Told:
    if not 1 <= options.ballot <= election.ballots.count:
        told = f"{options.file} has {election.ballots.count} ballots; there is no number {options.ballot}."
        raise MethodError("unknown_ballot", told, ballot=options.ballot)
    found = explain_ballots(counted(options, election), [options.ballot - 1])[0]
    return Told(ballot_sentence(found), ballot_document(found))
