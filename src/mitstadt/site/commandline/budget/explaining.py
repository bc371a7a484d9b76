"""``./mitstadt budget explain``: why one project won or lost, or what became of one ballot."""

import argparse

from mitstadt.methods.budgeting import Election, explain_ballots, explain_project
from mitstadt.methods.budgeting.report import ballot_document, ballot_sentence, explanation_document, sentence
from mitstadt.methods.shared.errors import MethodError
from mitstadt.site.commandline.budget.files import counted, read_election, write_json


def run(options: argparse.Namespace) -> int:
    """Explain one project or one ballot of a file."""
    election, _ = read_election(options.file)
    if options.ballot is not None:
        return _explain_ballot(options, election)
    if options.project is None:
        raise MethodError("project_not_named", "Name a project of the file, or a ballot with --ballot N.")
    if options.project not in election.index_of:
        told = f"{options.file} has no project “{options.project}”."
        raise MethodError("unknown_project", told, project=options.project)
    index = election.index_of[options.project]
    found = explain_project(counted(options, election), index)
    print(f"{found.project} {election.projects[index].name}".rstrip())
    print(sentence(found))
    if options.json:
        write_json(options.json, {"project": found.project, **explanation_document(found)})
    return 0


def _explain_ballot(options: argparse.Namespace, election: Election) -> int:
    if not 1 <= options.ballot <= election.ballots.count:
        told = f"{options.file} has {election.ballots.count} ballots; there is no number {options.ballot}."
        raise MethodError("unknown_ballot", told, ballot=options.ballot)
    found = explain_ballots(counted(options, election), [options.ballot - 1])[0]
    print(ballot_sentence(found))
    if options.json:
        write_json(options.json, ballot_document(found))
    return 0
