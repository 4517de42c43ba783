"""Views of a text that keep its offsets: folding, words, sentences, paragraphs.

Nothing here changes a length: ``fold(text)`` has as many code points as ``text``, so a span found in one
holds in
the other. Every function takes time linear in what it is given.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import lru_cache

from tracker.model import Span

_FOLD = {
    "‘": "'", "’": "'", "‚": "'", "‛": "'", "ʼ": "'", "＇": "'",
    "“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"', "＂": '"',
    "–": "-", "—": "-", "‐": "-", "‑": "-", "‒": "-", "―": "-", "−": "-",
    "\u00a0": " ", "\u2007": " ", "\u202f": " ", "\u2009": " ", "\u200a": " ", "\u3000": " ", "\t": " ",
}  # fmt: skip
_FOLDED = re.compile(f"[{re.escape(''.join(_FOLD))}]")
_WORD = re.compile(r"\w+(?:['’.\-‑]\w+)*")
_PARAGRAPH = re.compile(r"[^\n]*\S[^\n]*")
_MARK = ".!?…。！？"
# Possessive, and never begun inside a run of marks: a page of full stops is read once. It begins with one
# class of characters, which is looked for fast.
_SENTENCE_END = re.compile(
    rf"[{_MARK}\n](?:(?<=\n)\s*+|(?<!\n)(?<![{_MARK}][{_MARK}])[{_MARK}]*+[\"'”’»)\]」』]*+(?=\s)\s++)"
)
_TITLES = frozenset(
    """
    mr mrs ms dr prof st sen rep gov gen col lt maj sgt capt cmdr adm pres rev hon fr sr jr vs no
    nos art inc corp co ltd jan feb mar apr jun jul aug sep sept oct nov dec mt ft dept univ assn
    bros etc al approx est fig vol pp cf viz ca
    """.split()
)
_LAST_WORD = re.compile(r"[\w.]+\Z")
_CONTEXT = 600


def fold(text: str) -> str:
    """The text with typographic marks, dashes and spaces as their plain forms; same length, case kept."""
    # Few of a text's characters need it, and translating each of them is slow.
    return text if text.isascii() and "\t" not in text else _FOLDED.sub(lambda m: _FOLD[m.group()], text)


def words(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Every word of ``text[start:end]`` in order; inner apostrophes, hyphens and dots belong to it."""
    return [Span(*m.span()) for m in _WORD.finditer(text, start, len(text) if end is None else end)]


def paragraphs(text: str) -> list[Span]:
    """Every line that is not blank, without the white space around it."""
    found = []
    for m in _PARAGRAPH.finditer(text):
        line = m.group()
        start = m.start() + len(line) - len(line.lstrip())
        found.append(Span(start, start + len(line.strip())))
    return found


def ends_sentence(word: str, following: str) -> bool:
    """Whether a full stop after ``word`` and before the character ``following`` ends a sentence.

    It does not after a title, an initial or an abbreviation, nor before a small letter.
    """
    if following.islower():
        return False
    bare = word.lower().rstrip(".")
    return not (bare in _TITLES or (len(bare) == 1 and bare.isalpha() and bare != "i") or "." in bare)


def sentences(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Every sentence of ``text[start:end]`` in order, without the white space around it; a line's end ends
    one."""
    end = len(text) if end is None else end
    found: list[Span] = []
    begun = start
    for m in _SENTENCE_END.finditer(text, start, end):
        mark = text[m.start()]
        if mark == ".":
            if "\n" not in m.group() and not ends_sentence(
                _word_before(text, max(begun, m.start() - 24), m.start()), text[m.end() : m.end() + 1]
            ):
                continue
        elif mark != "\n" and text[m.end() : m.end() + 1].islower() and "\n" not in m.group():
            continue
        _keep(found, text, begun, m.end())
        begun = m.end()
    _keep(found, text, begun, end)
    return found


def _word_before(text: str, start: int, end: int) -> str:
    """The letters, digits and full stops that end ``text[start:end]``."""
    word = text[text.rfind(" ", start, end) + 1 or start : end]
    if word.isalnum():
        return word
    found = _LAST_WORD.search(word)
    return found.group() if found else ""


@lru_cache(maxsize=4)
def sentences_of(text: str) -> tuple[Span, ...]:
    """Every sentence of a whole text; kept for the next stage that asks of the same text."""
    return tuple(sentences(text))


def sentence_before(text: str, span: Span) -> str:
    """What a reader needs before a quotation: the rest of its own sentence, or else the sentence before it.

    At most some hundred characters are given, whatever the text's length; "" at its beginning.
    """
    end = max(0, min(span.start, len(text)))
    found = sentences_of(text)
    at = bisect_left(found, (end,)) - 1
    for number in range(at, max(-1, at - 2), -1):
        piece = text[max(found[number].start, end - _CONTEXT) : min(found[number].end, end)].strip()
        if any(map(str.isalnum, piece)):
            return piece
    return ""


def sentence_after(text: str, span: Span) -> str:
    """What a reader needs after a quotation: the rest of its own sentence; where no word is left of it, the
    marks that end it and the sentence after it.

    At most some hundred characters are given, whatever the text's length; "" at its end.
    """
    start = max(0, min(span.end, len(text)))
    found = sentences_of(text)
    marks = ""
    for number in range(max(0, bisect_right(found, (start, len(text))) - 1), len(found)):
        if found[number].start >= start + _CONTEXT:
            break
        piece = text[max(found[number].start, start) : min(found[number].end, start + _CONTEXT)].strip()
        if any(map(str.isalnum, piece)):
            return f"{marks} {piece}" if marks else piece
        marks = marks or piece
    return ""


def _keep(found: list[Span], text: str, start: int, end: int) -> None:
    """Append the stretch without the white space around it, where anything is left."""
    piece = text[start:end].rstrip()
    if piece[:1].isspace():
        start += len(piece) - len(piece.lstrip())
        piece = piece.lstrip()
    if piece:
        found.append(Span(start, start + len(piece)))
