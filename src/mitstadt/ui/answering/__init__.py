"""Answering many at once, for every format: what is ticked gets one reason, one theme, or what the format adds."""

from mitstadt.ui.answering.declared import Answering
from mitstadt.ui.answering.desk import answering_page
from mitstadt.ui.answering.forms import AnswerForm

__all__ = ["AnswerForm", "Answering", "answering_page"]
