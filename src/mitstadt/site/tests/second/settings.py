"""Settings of the test-suite with the made-up slice: installed as a city installs one that is not of the house."""

import os

os.environ["MITSTADT_SLICES"] = "mitstadt.site.tests.second"

from mitstadt.site.settings.test import *  # noqa: F403  # a settings file is a list of names

# Whoever asks for the slices of the house from here on, or in a process of its own, hears of the house alone.
del os.environ["MITSTADT_SLICES"]
