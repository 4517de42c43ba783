"""``--about``: whom the words are about, as the commands that ask for it take it."""

from __future__ import annotations

from collections.abc import Callable
from functools import update_wrapper
from pathlib import Path
from typing import Any

import click

from tracker.cli import options


def about(command: Callable[..., int]) -> Any:
    """``--about`` as ``about``: an ``About``, or None where there is none. Needs ``options.registry``."""

    def gathered(*args: Any, aims: tuple[str, ...], own: tuple[Path, ...], **rest: Any) -> Any:
        aimed = None
        if aims:
            from tracker.aims import About

            known = options.loaded(own)
            aimed = About(options.countries(aims, known), known)
        return command(*args, about=aimed, own=own, **rest)

    return click.option(
        "--about", "aims", multiple=True, metavar="CODE",
        help="Only words about these: their target, else what they name. USA, EU, G7. Several: any.",
    )(update_wrapper(gathered, command))  # fmt: skip
