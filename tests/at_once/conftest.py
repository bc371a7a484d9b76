"""What tests of deeds at once share."""

from mitstadt.spine.tests.conftest import shared_database

__all__ = ["shared_database"]
