"""Participatory budgets: ballots over projects with costs, counted exactly by several rules, and explained.

`read_pb` or `Election.from_approvals` bring an election, `count` an outcome, `explain`, `explain_project` and
`explain_ballots` say why, `measure` says how fair, `document` puts all of it into plain values.

What not every count needs stands in modules of its own: `comparison` puts rules side by side, `drawing` makes
pictures, `pabulib.document` writes ``.pb`` files.
"""

from mitstadt.methods.budgeting.completions import Completion
from mitstadt.methods.budgeting.counting import count, default_utility
from mitstadt.methods.budgeting.election import Ballots, Election, Project, Trait
from mitstadt.methods.budgeting.explanation import (
    BallotExplanation,
    ProjectExplanation,
    explain,
    explain_ballots,
    explain_project,
)
from mitstadt.methods.budgeting.fairness import Measures, Violation, ejr_plus_violations, measure
from mitstadt.methods.budgeting.outcome import Ladder, Outcome, Tie
from mitstadt.methods.budgeting.pabulib.reading import read_pb
from mitstadt.methods.budgeting.report import document
from mitstadt.methods.budgeting.ties import TieBreaking

__all__ = [
    "BallotExplanation",
    "Ballots",
    "Completion",
    "Election",
    "Ladder",
    "Measures",
    "Outcome",
    "Project",
    "ProjectExplanation",
    "Tie",
    "TieBreaking",
    "Trait",
    "Violation",
    "count",
    "default_utility",
    "document",
    "ejr_plus_violations",
    "explain",
    "explain_ballots",
    "explain_project",
    "measure",
    "read_pb",
]
