"""Everything a person may do to a record or process, named once; permits, formats and texts speak these names."""

from enum import StrEnum


class Deed(StrEnum):
    """A thing done in a process."""

    # What a phase opens to everyone who takes part.
    CONTRIBUTE = "contribute"
    COMMENT = "comment"
    SUPPORT = "support"
    # A ballot, a vote or an anonymous answer: that somebody had their turn is known, what they said is not.
    VOTE = "vote"
    # What is always open on a public record.
    FOLLOW = "follow"
    REPORT = "report"
    # Ask for an answer that is overdue.
    REMIND = "remind"
    # Become a further author, with the code of an invitation.
    JOIN = "join"
    # What an author may do with what is theirs.
    INVITE = "invite"
    WITHDRAW = "withdraw"
    # Change one's own words; what stood there before stays to be read.
    REWORD = "reword"
    ERASE = "erase"
    APPEAL = "appeal"
    # What people with a role do, and the authors of all that is concerned.
    MERGE = "merge"
    SPLIT = "split"
    SEPARATE = "separate"
    # What people with a role do.
    PREPARE = "prepare"
    OPEN = "open"
    CLOSE = "close"
    CHANGE_COMMITMENT = "change_commitment"
    # What is open already changes in public, with a reason.
    AMEND = "amend"
    # Tell what is new.
    ANNOUNCE = "announce"
    CANCEL = "cancel"
    REOPEN = "reopen"
    HAND_OVER = "hand_over"
    # What only those who prepare see.
    OPEN_PART = "open_part"
    SHOW_TO = "show_to"
    DISCARD = "discard"
    ISSUE_CODES = "issue_codes"
    ENTER_FOR_OTHERS = "enter_for_others"
    EDIT_PART = "edit_part"
    ANSWER = "answer"
    CORRECT_ANSWER = "correct_answer"
    # Share the work on answers: who cares for what, notes for each other, drafts for a second person.
    PREPARE_ANSWERS = "prepare_answers"
    MODERATE = "moderate"
    # Take single words out of what somebody wrote, for good; erase all of it on request (by two people).
    BLACK_OUT = "black_out"
    ERASE_FOR_OTHERS = "erase_for_others"
    # Mend what was typed wrongly at the desk.
    CORRECT_ENTRY = "correct_entry"
    # Let somebody not write here for a while.
    PAUSE = "pause"
    SEE_DASHBOARD = "see_dashboard"
    ASSIGN_ROLES = "assign_roles"


# Of these nobody may know who said what.
SECRET = frozenset({Deed.VOTE})
