"""Groups of countries by a name of their own: those that ship with the tracker, and a user's."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path

import click

from sources.errors import UsageError
from tracker.cli.settings import KEPT

GROUPS: dict[str, tuple[str, ...]] = {
    "ASEAN": ("ASEAN", "BRN", "IDN", "KHM", "LAO", "MMR", "MYS", "PHL", "SGP", "THA", "TLS", "VNM"),
    "BRICS": ("BRICS", "ARE", "BRA", "CHN", "EGY", "ETH", "IDN", "IND", "IRN", "RUS", "ZAF"),
    "EU27": (
        "AUT", "BEL", "BGR", "CYP", "CZE", "DEU", "DNK", "ESP", "EST", "FIN", "FRA", "GRC", "HRV", "HUN",
        "IRL", "ITA", "LTU", "LUX", "LVA", "MLT", "NLD", "POL", "PRT", "ROU", "SVK", "SVN", "SWE",
    ),
    "G7": ("G7", "CAN", "DEU", "FRA", "GBR", "ITA", "JPN", "USA"),
    "GCC": ("GCC", "ARE", "BHR", "KWT", "OMN", "QAT", "SAU"),
}  # fmt: skip
"""Members at the end of 2025; where the group speaks for itself its own code is among them. EU alone means
the Union's institutions, EU27 its members.
"""


def groups() -> dict[str, tuple[str, ...]]:
    """Every group by its name in capitals, a user's in the place of ours.

    A user's are in the file that TRACKER_GROUPS or the setting ``groups`` names, else ``groups.toml`` in the
    platform's folder of settings: ``nordics = ["DNK", "FIN", "ISL", "NOR", "SWE"]``. Raises UsageError where
    it cannot be read.
    """
    named = os.environ.get("TRACKER_GROUPS") or _in_settings()
    path = Path(named).expanduser() if named else default_file()
    if not (named or path.exists()):
        return GROUPS
    try:
        given = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        raise UsageError(
            f"{path}: cannot be read as TOML ({problem}). Put that right and try again."
        ) from None
    own = {}
    for name, members in given.items():
        if not isinstance(members, list) or not all(isinstance(member, str) for member in members):
            raise UsageError(f'{path}: \'{name}\' must be a list of countries, such as ["DNK", "FIN"].')
        own[name.upper()] = tuple(members)
    return GROUPS | own


def default_file() -> Path:
    """The file of a user's groups where none is named."""
    from platformdirs import user_config_path

    return user_config_path("reaction-tracker", appauthor=False) / "groups.toml"


def _in_settings() -> str | None:
    ctx = click.get_current_context(silent=True)
    settings = ctx.meta.get(KEPT) if ctx else None
    setting = settings.general("groups") if settings else None
    return str(setting.value) if setting else None
