"""The words the model knows by kind: closed classes, reporting verbs and their forms, nouns of saying and of
office."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Literal, NamedTuple

Form = Literal["base", "s", "past", "ing"]


class Verb(NamedTuple):
    """A form of a reporting verb: its base, which form it is, and whether it tells speech or an attitude."""

    base: str
    form: Form
    speech: bool


class Lexicon(NamedTuple):
    """``kinds``: word to the name of its kind. ``verbs``: form to verb. Keys are lower case."""

    kinds: dict[str, str]
    verbs: dict[str, Verb]


@cache
def lexicon() -> Lexicon:
    """Read the lexicon that ships beside this module."""
    kinds: dict[str, str] = {}
    verbs: dict[str, Verb] = {}
    section = ""
    for line in (files(__package__) / "lexicon.txt").read_text("utf-8").splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif line and not line.startswith("#"):
            speech = not section.startswith("attitude")
            if section == "words":
                name, _, listed = line.partition(":")
                kinds |= {word: name for word in listed.split() if word not in kinds}
            elif section.endswith("forms"):
                base, *others = line.split()
                verbs[base] = Verb(base, "base", speech)
                verbs |= {form: Verb(base, _form(base, form), speech) for form in others}
            else:
                for base in line.split():
                    verbs |= {
                        form: Verb(base, kind, speech) for form, kind in _regular(base) if form not in verbs
                    }
    return Lexicon(kinds, verbs)


def _regular(base: str) -> tuple[tuple[str, Form], ...]:
    stem = base[:-1] if base.endswith("e") else base
    s = "es" if base.endswith(("ss", "sh", "ch", "x")) else "s"
    return (base, "base"), (base + s, "s"), (stem + "ed", "past"), (stem + "ing", "ing")


def _form(base: str, form: str) -> Form:
    return "ing" if form.endswith("ing") else "s" if form.endswith("s") else "past"
