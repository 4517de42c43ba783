"""What a user follows: the definition of a topic, whether words match it, and definitions as TOML.

A word or phrase matches whole words in any case, accents aside, as the database's index of words does:
"shield" is not in "shielded", "golden dome" is in "Golden-Dome". Definitions are applied when something is
asked, so that a changed one holds for everything kept already.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from itertools import zip_longest
from typing import Any, Literal, get_args
from unicodedata import combining, normalize

from sources.errors import UsageError
from tracker.model import Reaction

On = Literal["article", "reaction"]
Topics = Mapping[str, "Topic"]

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_TERM = re.compile(r'"([^"]*)"?|([^\s"]+)')
_WORD = re.compile(r"[^\W_]+")
_WHOLE = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f])*")
_HEADER = re.compile(r"^[ \t]*\[[ \t]*([^\[\]]+?)[ \t]*\][ \t]*(?:#.*)?$", re.MULTILINE)
_LISTS = ("any", "all", "none")
_KEYS = (*_LISTS, "on", "since", "name", "description")


@dataclass(frozen=True, slots=True)
class Topic:
    """What is on a topic: words and phrases of which ``any`` one, ``all`` and ``none`` stand in it.

    ``on`` says where they must stand: in the article's title or text, or in the reaction itself, its words or
    the sentence on either side. Nothing before the day ``since`` is on it. ``id`` is what it is called by,
    ``name`` what a report calls it.
    """

    id: str
    any: tuple[str, ...] = ()
    all: tuple[str, ...] = ()
    none: tuple[str, ...] = ()
    on: On = "article"
    since: date | None = None
    name: str = ""
    description: str = ""

    @property
    def label(self) -> str:
        """What a report calls it."""
        return self.name or (self.id.replace("-", " ") if _ID.fullmatch(self.id) else self.id)

    @property
    def definition(self) -> str:
        """What it is, in words: ``any of “missile shield”, “Golden Dome”; none of “Dome of the Rock”; in the
        article``.
        """
        chosen = (("any of", self.any), ("all of", self.all), ("none of", self.none))
        parts = [f"{how} {', '.join(f'“{term}”' for term in terms)}" for how, terms in chosen if terms]
        places = {"article": "in the article", "reaction": "in the words or the sentences beside them"}
        parts.append(places[self.on])
        if self.since:
            parts.append(f"since {self.since}")
        return "; ".join(parts)

    def in_texts(self, *texts: str | None) -> bool:
        """Whether the phrases stand in the texts, each within one of them. The day is not looked at."""
        there = [_words(text) for text in texts if text]

        def stands(phrase: str) -> bool:
            words = _phrase(phrase)
            return any(words in text for text in there)

        return (
            all(map(stands, self.all))
            and (not self.any or any(map(stands, self.any)))
            and not any(map(stands, self.none))
        )

    def places(self, text: str) -> list[tuple[int, int]]:
        """Where phrases that are wanted stand in a text, as offsets, sorted; none overlaps another."""
        wanted: dict[str, set[tuple[str, ...]]] = {}
        for phrase in (*self.any, *self.all):
            words = tuple(_phrase(phrase).split())
            wanted.setdefault(words[0], set()).add(words)
        found = [(match, _words(match.group()).strip()) for match in _WHOLE.finditer(text)]
        words_of = [word for _, word in found]
        places: list[tuple[int, int]] = []
        for at, (match, word) in enumerate(found):
            fitting = [w for w in wanted.get(word, ()) if tuple(words_of[at : at + len(w)]) == w]
            if fitting and (not places or match.start() >= places[-1][1]):
                last = at + max(map(len, fitting)) - 1
                places.append((match.start(), found[last][0].end()))
        return places

    def in_reaction(self, reaction: Reaction) -> bool:
        """Whether the phrases stand in a reaction: in its words, or in the sentence on either side."""
        return self.in_texts(f"{reaction.before} {reaction.quote} {reaction.after}")


def of_words(text: str) -> Topic:
    """The topic of words that all must stand, as a user writes them: bare, or phrases "in quotation marks".

    Raises UsageError where there is no word.
    """
    terms = tuple(quoted or bare for quoted, bare in _TERM.findall(text))
    found = tuple(term for term in terms if _holds_word(term))
    if not found:
        raise UsageError(f"'{text}' holds no word to look for. Give words that the articles hold.")
    return Topic(text, all=found)


def checked(topic: Topic) -> Topic:
    """The topic, if it can be kept. Raises UsageError with what is wrong."""
    if not _ID.fullmatch(topic.id):
        raise UsageError(
            f"'{topic.id}' cannot name a topic. Use small letters, digits and hyphens, such as golden-dome."
        )
    if not topic.any and not topic.all:
        raise UsageError(f"Topic '{topic.id}' has no words. Give at least one with --any or --all.")
    for phrase in (*topic.any, *topic.all, *topic.none):
        if not _holds_word(phrase):
            raise UsageError(f"Topic '{topic.id}': '{phrase}' holds no word. Take it out.")
    return topic


def read(text: str, where: str) -> dict[str, Topic]:
    """The topics of a TOML document, by id; ``where`` names it in messages. Raises UsageError."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise UsageError(f"{where}: is no TOML ({problem}). Put that right and try again.") from None
    found = {}
    for id_, given in tables.items():
        if not isinstance(given, dict):
            raise UsageError(f"{where}: '{id_}' is no topic. Write [{id_}], and below it any = [\"...\"].")
        try:
            found[id_] = checked(_from_table(id_, given))
        except UsageError as problem:
            raise UsageError(f"{where}: {problem}") from None
    return found


def with_topic(text: str, topic: Topic) -> str:
    """A TOML document with a topic added at its end, or in place of the one of its id; all else is left.

    Raises UsageError where it is written in a way that only a person can edit.
    """
    wanted = read(text, "topics") | {topic.id: checked(topic)}
    at = _extent(text, topic.id)
    if at is None:
        before = text.rstrip("\n")
        edited = f"{before}\n\n{table(topic)}" if before else table(topic)
    else:
        edited = text[: at[0]] + table(topic) + text[at[1] :]
    return _held_to(edited, wanted, topic.id)


def table(topic: Topic) -> str:
    """The topic as a table of TOML."""
    return "\n".join([f"[{topic.id}]", *_lines(topic)]) + "\n"


def without_topic(text: str, id_: str) -> str:
    """A TOML document without a topic; all else is left. Raises UsageError as ``with_topic``."""
    wanted = {known: topic for known, topic in read(text, "topics").items() if known != id_}
    at = _extent(text, id_)
    if at is None:
        return _held_to(text, wanted, id_)
    before, after = text[: at[0]].rstrip("\n"), text[at[1] :].lstrip("\n")
    return _held_to("\n\n".join(part for part in (before, after) if part).rstrip("\n") + "\n", wanted, id_)


def _held_to(edited: str, wanted: Topics, id_: str) -> str:
    try:
        if read(edited, "topics") == wanted:
            return edited
    except UsageError:
        pass
    raise UsageError(
        f"Topic '{id_}' stands in the file in a way that cannot be edited here. Change it by hand."
    )


def nearest(name: str, topics: Iterable[str]) -> str | None:
    """The topic's id that a user may have meant, or None."""
    from difflib import get_close_matches

    return next(iter(get_close_matches(name, topics, n=1)), None)


def _extent(text: str, id_: str) -> tuple[int, int] | None:
    """Where a topic's table stands: from its header to its last line, without comments before the next."""
    headers = list(_HEADER.finditer(text))
    for header, following in zip_longest(headers, headers[1:]):
        if header[1].strip("\"'") == id_:
            lines = text[header.start() : following.start() if following else len(text)].splitlines(
                keepends=True
            )
            while following and len(lines) > 1 and lines[-1].lstrip()[:1] in {"", "#"}:
                lines.pop()
            return header.start(), header.start() + sum(map(len, lines))
    return None


def _from_table(id_: str, given: Mapping[str, Any]) -> Topic:
    values: dict[str, Any] = {}
    for key, value in given.items():
        if key not in _KEYS:
            near = nearest(key, _KEYS)
            hint = f" Did you mean '{near}'?" if near else f" It may have {', '.join(_KEYS)}."
            raise UsageError(f"Topic '{id_}' cannot have '{key}'.{hint}")
        if key in _LISTS:
            if not isinstance(value, list) or not all(isinstance(phrase, str) for phrase in value):
                raise UsageError(
                    f"Topic '{id_}': '{key}' must be a list of texts, such as [\"missile shield\"]."
                )
            value = tuple(value)
        elif key == "since":
            if not isinstance(value, date) or isinstance(value, datetime):
                raise UsageError(f"Topic '{id_}': 'since' must be a day, such as since = 2025-06-05.")
        elif key == "on":
            if value not in get_args(On):
                raise UsageError(f"Topic '{id_}': 'on' must be \"article\" or \"reaction\".")
        elif not isinstance(value, str):
            raise UsageError(f"Topic '{id_}': '{key}' must be a text.")
        values[key] = value
    return Topic(id_, **values)


def _lines(topic: Topic) -> list[str]:
    lines = []
    for key in ("name", "description"):
        if getattr(topic, key):
            lines.append(f"{key} = {_quoted(getattr(topic, key))}")
    for key in _LISTS:
        phrases = getattr(topic, key)
        if phrases:
            lines.append(f"{key} = [{', '.join(map(_quoted, phrases))}]")
    if topic.on != "article":
        lines.append(f"on = {_quoted(topic.on)}")
    if topic.since:
        lines.append(f"since = {topic.since.isoformat()}")
    return lines


def _quoted(text: str) -> str:
    """A TOML basic string; what UTF-8 cannot hold is replaced."""
    plain = text.encode("utf-8", "replace").decode()
    return json.dumps(plain, ensure_ascii=False).replace("\x7f", "\\u007f")


def _holds_word(phrase: str) -> bool:
    return any(c.isalnum() for c in phrase)


def _words(text: str) -> str:
    """The words of a text, plain and small, each between two spaces."""
    bare = "".join(c for c in normalize("NFD", text) if not combining(c)) if not text.isascii() else text
    return f" {' '.join(_WORD.findall(bare.lower()))} "


_phrase = lru_cache(maxsize=4_096)(_words)
