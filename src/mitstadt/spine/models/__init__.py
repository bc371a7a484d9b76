"""The tables of the public record; one file for each group of words in docs/glossary.md."""

from mitstadt.spine.models.acts import Act, ActContent, LogNode, LogState, SignedHead
from mitstadt.spine.models.answers import Answer, AnswerDecision
from mitstadt.spine.models.limits import RateCount
from mitstadt.spine.models.managers import RecordManager
from mitstadt.spine.models.moderation import Appeal, ModerationCase, ModerationVerdict, Report, ReportReason
from mitstadt.spine.models.parts import Access, Part, Phase, in_order
from mitstadt.spine.models.processes import Commitment, CommitmentChange, ParticipationLevel, Process
from mitstadt.spine.models.records import UP, Channel, Link, Record, RecordState, Translation
from mitstadt.spine.models.rooms import (
    CodeOrigin,
    ParticipationCode,
    Room,
    RoomHost,
    RoomReader,
    RoomRole,
    RoomStage,
    Visibility,
)
from mitstadt.spine.models.search import SearchEntry, SearchWord
from mitstadt.spine.models.tallies import Tally
from mitstadt.spine.models.voices import Comment, Follow, Notice, Stance, Support

__all__ = [
    "UP",
    "Access",
    "Act",
    "ActContent",
    "Answer",
    "AnswerDecision",
    "Appeal",
    "Channel",
    "CodeOrigin",
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
    "Part",
    "ParticipationCode",
    "ParticipationLevel",
    "Phase",
    "Process",
    "RateCount",
    "Record",
    "RecordManager",
    "RecordState",
    "Report",
    "ReportReason",
    "Room",
    "RoomHost",
    "RoomReader",
    "RoomRole",
    "RoomStage",
    "SearchEntry",
    "SearchWord",
    "SignedHead",
    "Stance",
    "Support",
    "Tally",
    "Translation",
    "Visibility",
    "in_order",
]
