"""The stage of the demo city as scenes of slices see it; the stage itself is built in `site/demo`."""

from mitstadt.spine.stage.scene import Opened, Performance, Place, Scene, Stage
from mitstadt.spine.stage.scripts import (
    AppealScript,
    CommentScript,
    Reactions,
    ReportScript,
    RewordScript,
    VerdictScript,
)

__all__ = [
    "AppealScript",
    "CommentScript",
    "Opened",
    "Performance",
    "Place",
    "Reactions",
    "ReportScript",
    "RewordScript",
    "Scene",
    "Stage",
    "VerdictScript",
]
