"""The tables of the public record; one file for each group of words in docs/glossary.md."""

from mitstadt.spine.models.acts import Act, ActContent, ActInPreparation, LogNode, LogState, SignedHead
from mitstadt.spine.models.amendments import Amendment
from mitstadt.spine.models.announcements import Announcement
from mitstadt.spine.models.answer_mails import AnswerMail
from mitstadt.spine.models.answering import AnswerDraft, Assignment, DraftedFor, TextBlock, WorkNote
from mitstadt.spine.models.answers import Answer, AnswerDecision
from mitstadt.spine.models.attachments import Attachment
from mitstadt.spine.models.authorship import Authorship
from mitstadt.spine.models.bursts import Burst, BurstCause, Counting
from mitstadt.spine.models.checks import CityCheck
from mitstadt.spine.models.decisions import Decision
from mitstadt.spine.models.erasures import AccountErasure, Correction, Erased, Erasure, ErasureRequest
from mitstadt.spine.models.follows import Follow, Notice
from mitstadt.spine.models.limits import CacheEntry, House, HouseConnection, RateCount
from mitstadt.spine.models.machine_words import MachineTranslation
from mitstadt.spine.models.managers import RecordManager
from mitstadt.spine.models.moderation import Appeal, ModerationCase, ModerationVerdict, Report, ReportReason
from mitstadt.spine.models.parts import Access, Part, Phase, in_order
from mitstadt.spine.models.people import Alert, AlertKind, AlertOff, Pause, RoleInvitation
from mitstadt.spine.models.places import Place, Precision
from mitstadt.spine.models.processes import Commitment, CommitmentChange, ParticipationLevel, Process
from mitstadt.spine.models.records import UP, Channel, Link, MovedOn, Record, RecordState, Translation
from mitstadt.spine.models.reminders import Reminder
from mitstadt.spine.models.rooms import (
    CodeBatch,
    CodeOrigin,
    ParticipationCode,
    Room,
    RoomHost,
    RoomReader,
    RoomRole,
    RoomStage,
    Visibility,
)
from mitstadt.spine.models.runs import Run, RunInput, RunState
from mitstadt.spine.models.search import SearchEntry, SearchWord
from mitstadt.spine.models.succession import Carried, Succession
from mitstadt.spine.models.tallies import Tally
from mitstadt.spine.models.turns import SecretBatch, SecretBox, SecretRow, Standing, Turn
from mitstadt.spine.models.voices import Comment, Stance

__all__ = [
    "UP",
    "Access",
    "AccountErasure",
    "Act",
    "ActContent",
    "ActInPreparation",
    "Alert",
    "AlertKind",
    "AlertOff",
    "Amendment",
    "Announcement",
    "Answer",
    "AnswerDecision",
    "AnswerDraft",
    "AnswerMail",
    "Appeal",
    "Assignment",
    "Attachment",
    "Authorship",
    "Burst",
    "BurstCause",
    "CacheEntry",
    "Carried",
    "Channel",
    "CityCheck",
    "CodeBatch",
    "CodeOrigin",
    "Comment",
    "Commitment",
    "CommitmentChange",
    "Correction",
    "Counting",
    "Decision",
    "DraftedFor",
    "Erased",
    "Erasure",
    "ErasureRequest",
    "Follow",
    "House",
    "HouseConnection",
    "Link",
    "LogNode",
    "LogState",
    "MachineTranslation",
    "ModerationCase",
    "ModerationVerdict",
    "MovedOn",
    "Notice",
    "Part",
    "ParticipationCode",
    "ParticipationLevel",
    "Pause",
    "Phase",
    "Place",
    "Precision",
    "Process",
    "RateCount",
    "Record",
    "RecordManager",
    "RecordState",
    "Reminder",
    "Report",
    "ReportReason",
    "RoleInvitation",
    "Room",
    "RoomHost",
    "RoomReader",
    "RoomRole",
    "RoomStage",
    "Run",
    "RunInput",
    "RunState",
    "SearchEntry",
    "SearchWord",
    "SecretBatch",
    "SecretBox",
    "SecretRow",
    "SignedHead",
    "Stance",
    "Standing",
    "Succession",
    "Tally",
    "TextBlock",
    "Translation",
    "Turn",
    "Visibility",
    "WorkNote",
    "in_order",
]
