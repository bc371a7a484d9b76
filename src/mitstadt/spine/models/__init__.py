"""The tables of the public record; one file for each group of words in docs/glossary.md."""

from mitstadt.spine.models.acts import Act, ActContent, LogNode, LogState, SignedHead
from mitstadt.spine.models.answers import Answer, AnswerDecision
from mitstadt.spine.models.limits import RateCount
from mitstadt.spine.models.moderation import Appeal, ModerationCase, ModerationVerdict, Report, ReportReason
from mitstadt.spine.models.processes import (
    Access,
    Commitment,
    CommitmentChange,
    ParticipationCode,
    ParticipationLevel,
    Phase,
    Process,
    ProcessRole,
    ProcessStage,
)
from mitstadt.spine.models.records import Channel, Link, Record, RecordState, Translation
from mitstadt.spine.models.search import SearchEntry, SearchWord
from mitstadt.spine.models.voices import Comment, Follow, Notice, Stance, Support

__all__ = [
    "Access",
    "Act",
    "ActContent",
    "Answer",
    "AnswerDecision",
    "Appeal",
    "Channel",
    "Comment",
    "Commitment",
    "CommitmentChange",
    "Follow",
    "Link",
    "LogNode",
    "LogState",
    "ModerationCase",
    "ModerationVerdict",
    "Notice",
    "ParticipationCode",
    "ParticipationLevel",
    "Phase",
    "Process",
    "ProcessRole",
    "ProcessStage",
    "RateCount",
    "Record",
    "RecordState",
    "Report",
    "ReportReason",
    "SearchEntry",
    "SearchWord",
    "SignedHead",
    "Stance",
    "Support",
    "Translation",
]
