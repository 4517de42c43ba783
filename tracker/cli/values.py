"""The numbers and files that options and arguments take: what each refuses, and how to put that right."""

from __future__ import annotations

import math
import sys
from typing import Any

import click


class Whole(click.IntRange):
    """A whole number between two, both included, or from one on."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The number. Raises BadParameter."""
        try:
            number = super().convert(value, param, ctx)
        except click.BadParameter:
            self.fail(f"'{value}' is not a whole number {_bounds(self)}.", param, ctx)
        if number > sys.maxsize:
            self.fail(f"'{value}' is more than can be counted.", param, ctx)
        return number


class Number(click.FloatRange):
    """As ``Whole``, of any number that is finite."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The number. Raises BadParameter."""
        try:
            number = super().convert(value, param, ctx)
        except click.BadParameter:
            number = math.nan
        if not math.isfinite(number):
            self.fail(f"'{value}' is not a number {_bounds(self)}.", param, ctx)
        return number


class Place(click.Path):
    """A path, as click checks it."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path. Raises BadParameter."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter as problem:
            self.fail(f"{problem.message} {_remedy(problem.message)}", param, ctx)


class Opened(click.File):
    """A file that is opened for reading; - is standard input."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The open file. Raises BadParameter."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter as problem:
            self.fail(f"{problem.message}. Check its name and permissions.", param, ctx)


def _bounds(numbers: click.IntRange | click.FloatRange) -> str:
    return f"of at least {numbers.min}" if numbers.max is None else f"from {numbers.min} to {numbers.max}"


def _remedy(message: str) -> str:
    if message.endswith("does not exist."):
        return "Check its name."
    return "Name a folder." if message.endswith("is a file.") else "Name a file, and one that may be read."
