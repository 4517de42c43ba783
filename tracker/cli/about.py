"""What ``tracker --version`` prints."""

from __future__ import annotations


def about() -> str:
    """The versions of the tool, VADER, the lexicon, the registry and the two schemas, one a line."""
    from sources.registry import Registry
    from tracker.contract import SCHEMA as RECORD
    from tracker.store.schema import SCHEMA as DATABASE
    from tracker.versions import current

    versions = current(Registry.load())
    lines = {
        "tracker": versions.tool,
        "VADER": versions.vader,
        "lexicon": versions.lexicon,
        "registry": versions.registry,
        "record schema": RECORD,
        "database schema": DATABASE,
    }
    return "\n".join(f"{name} {value}" for name, value in lines.items())
