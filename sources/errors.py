"""What a user can put right. Only the command turns these into exit codes."""

from __future__ import annotations


class TrackerError(Exception):
    """A sentence that says what is wrong, where, and how to put it right."""


class UsageError(TrackerError):
    """What was asked for cannot be done: an unknown country, a date that cannot be read, a bad setting."""


class StoreError(TrackerError):
    """The database cannot be used: locked, foreign, newer than this version, not writable, disk full."""
