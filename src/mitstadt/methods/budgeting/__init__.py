"""Participatory budgets: ballots over projects with costs, counted exactly by several rules, and explained.

`read_pb` or `Election.from_approvals` bring an election, `count` an outcome, `explain`, `explain_project` and
`explain_ballots` say why, `measure` says how fair, `compare` puts rules side by side.
"""

from mitstadt.methods.budgeting.comparison import Comparison, Contestant, compare
from mitstadt.methods.budgeting.completions import Completion
from mitstadt.methods.budgeting.counting import count, default_utility
from mitstadt.methods.budgeting.drawing import draw_comparison, draw_outcome
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
from mitstadt.methods.budgeting.pabulib import PbDocument, read_pb, write_pb, written_back
from mitstadt.methods.budgeting.report import comparison_document, document
from mitstadt.methods.budgeting.ties import TieBreaking

__all__ = [
    "BallotExplanation",
    "Ballots",
    "Comparison",
    "Completion",
    "Contestant",
    "Election",
    "Ladder",
    "Measures",
    "Outcome",
    "PbDocument",
    "Project",
    "ProjectExplanation",
    "Tie",
    "TieBreaking",
    "Trait",
    "Violation",
    "compare",
    "comparison_document",
    "count",
    "default_utility",
    "document",
    "draw_comparison",
    "draw_outcome",
    "ejr_plus_violations",
    "explain",
    "explain_ballots",
    "explain_project",
    "measure",
    "read_pb",
    "write_pb",
    "written_back",
]
