"""Sample words for the style page: an invented park in an invented state of affairs. No page of a city reads this."""

from mitstadt.ui.samples.words import ALL

__all__ = ["ALL"]
