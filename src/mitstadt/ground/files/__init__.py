"""Files that people bring: checked by content, pictures drawn anew, kept under names of our own.

What hangs on which record, and who may see it, is the spine's (`spine/models/attachments.py`): this app knows bytes,
kinds of file and how long something waits for its record, and nothing of records.
"""
