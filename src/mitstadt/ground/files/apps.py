"""The app of files."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Registers files under their short label."""

    name = "mitstadt.ground.files"
    label = "files"
