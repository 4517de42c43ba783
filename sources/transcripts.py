"""Official transcripts as conversations: who speaks, whether it is a question, and where their words stand.

A turn runs to the next label; what stands unlabelled belongs to the turn before it. What is asked is never
what the institution says, so wherever a label is neither the institution's nor known, it is a question.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from sources.article import Turn, TurnKind
from sources.labels import CHAIR, Label, is_office, label_of
from sources.officials import Official, official_of

_OCCASION = re.compile(
    r"press conference|news conference|briefing|gaggle|press availability|media availability|q\s?&\s?a"
    r"|interview|remarks|"
    r"answers? (?:to )?(?:a |the )?(?:media |journalists|question)|doorstep|town hall|stakeout"
    r"|transcript|meeting|"
    r"记者会|答记者问|会見|発言",
    re.IGNORECASE,
)
_SPOKESPERSON = (
    re.compile(
        r"[Ss]pokes(?:person|man|woman)\s+((?:[A-Z][\w’'\-]+\s+){1,3}?[A-Z][\w\-]+?)(?=['’]s?\b|,|\.|\s+(?:on|[Hh]olds?|held|Regular|Remarks|at|in|and)\b|\s*$)"
    ),
    re.compile(r"发言人([\u4e00-\u9fff]{2,4}?)(?=主持|就|答|在|举行|表示|$)"),
)
_MONOLOGUE = re.compile(
    r"(?:(?:press|opening|closing|introductory|doorstep|joint)\s+)*(?:remarks|speech|statement|address|message|keynote|intervention)s?"
    r"(?:\s+\w+){0,4}?\s+(?:by|of|from)\s+(.+?)(?:\s+(?:on|at|in|to|ahead|following|after|before|during|for|upon|announcing|"
    r"regarding|marking|welcoming|condemning|with)\b.*|\s*[|:,–—].*)?",
    re.IGNORECASE,
)
_DELIVERY = re.compile(r"check against delivery", re.IGNORECASE)
_BREAK = re.compile(
    r"(?:[*＊]\s*){3,}|_{5,}|-{5,}|={5,}|\\?(?:#\s*){2,}|(?:The )?following (?:questions?|answers?|is|are"
    r"|was|were)\b.{0,120}:?"
)
_END = re.compile(
    r"END\b.{0,40}|\(?(?:The )?(?:briefing|press conference|conference)\s+(?:was\s+)?(?:concluded|ended"
    r"|adjourned).{0,60}|"
    r"\\?(?:#\s*){2,}|\(end\)|\[end\]",
    re.IGNORECASE,
)
_TITLE_LIMIT = 500
_LABELLED = re.compile(r"^[^\n:：]{1,160}[:：]|^[ \t\u00a0\u3000*]{0,40}Q[ \t\u00a0]", re.MULTILINE)
_SENTENCE = re.compile(r"[.!?。！？…—–)\]'\"”’]\s*$")
_INTERVIEWER = re.compile(r"interview\s+(?:with|to|for|given to|by)\b.*", re.IGNORECASE)
_JOINT = re.compile(
    r"\bjoint\b|\b(?:and|with|of)\s+(?:\w+\s+){0,3}(?:president|prime minister|foreign minister|king"
    r"|chancellor)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Line:
    begin: int
    end: int
    words: str
    label: Label | None


def find_turns(text: str, title: str | None = None, url: str | None = None) -> tuple[Turn, ...]:
    """The turns of a transcript in order, questions included; none for any other text.

    ``title`` and ``url`` say whose transcript it is and who ``A:`` is.
    """
    title = title and title[:_TITLE_LIMIT]
    if not _LABELLED.search(text) and not (title and _MONOLOGUE.fullmatch(title.strip())):
        return ()
    official = official_of(title, url)
    lines = list(_lines(text))
    labels = _Labels([line.label for line in lines if line.label], title or "", official)
    if not labels.is_transcript(len(lines)):
        return _monologue(text, lines, title, official)
    spokesperson = _spokesperson(title, text[:600])
    return tuple(_turns(text, lines, labels, spokesperson, official, title or ""))


def _lines(text: str) -> Iterator[_Line]:
    for match in re.finditer(r"[^\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+", text):
        line = match[0]
        stripped = line.strip(" \t\ufeff\u00a0\u3000*")
        if not stripped:
            stripped = line.strip(" \t\ufeff\u00a0\u3000")
        if not stripped:
            continue
        begin = match.start() + line.index(stripped)
        yield _Line(begin, begin + len(stripped), stripped, label_of(stripped))


class _Labels:
    """All labels of a text: whether they make it a transcript, which count, and which are the
    institution's."""

    def __init__(self, found: list[Label], title: str, official: Official | None) -> None:
        self._title = {w.casefold() for w in re.findall(r"[\w'’\-]+", _INTERVIEWER.sub("", title))}
        self._title |= {w.removesuffix("'s").removesuffix("’s") for w in self._title}
        self._occasion = bool(official) or bool(_OCCASION.search(title))
        self._forms = Counter(label.form for label in found)
        self._keys = Counter(label.key for label in found if label.form in ("capitals", "name"))
        loud = [label for label in found if label.form == "capitals" and not label.is_media]
        self._loud, self._capitals = len(loud), {label.surname for label in loud}
        self._offices = {label.surname for label in found if label.is_office and not label.is_media}
        self._asked = self._forms["question"] > 0
        self._principals = {
            label.key for label in found if label.form in ("capitals", "name") and self._is_principal(label)
        }
        if not self._principals and not self._forms["answer"] and self._keys:
            key, count = self._keys.most_common(1)[0]
            if count > 1:
                self._principals = {key}

    def is_transcript(self, lines: int) -> bool:
        """Whether the labels are those of a conversation and not a colon here and there."""
        questions, answers = self._forms["question"], self._forms["answer"]
        if questions and answers and questions + answers > 2:
            return True
        speaking = sum(self._keys[key] for key in self._principals)
        if not speaking:
            return False
        if self._loud > 1 and len(self._keys) + bool(questions) > 1:
            return self._occasion or questions > 0 or len(self._offices & self._capitals) > 0
        if questions:
            return self._occasion or questions + speaking > 3
        repeated = speaking > 1 and len(self._keys) > 1 and sum(self._keys.values()) > 3
        return repeated and (self._occasion or sum(self._keys.values()) > lines * 0.3)

    def counting(self, lines: list[_Line]) -> list[Label | None]:
        """For each line the label that begins a turn there; None for words before a colon inside
        somebody's speech."""
        counted: list[Label | None] = [None] * len(lines)
        answered = False
        for number in range(len(lines) - 1, -1, -1):
            label = lines[number].label
            if label is None:
                continue
            if self._counts(label, answered):
                counted[number] = label
            answered = label.form == "answer" or label.key in self._principals
        return counted

    def _counts(self, label: Label, answered: bool) -> bool:
        """Whether a label is one; ``answered`` says that the next label is the institution's, as after a
        question."""
        if label.form in ("question", "answer"):
            return True
        if self._loud > 1:
            return label.form == "capitals" or (label.surname in self._capitals and label.is_office)
        if label.key in self._principals:
            return True
        if "\u4e00" <= label.name[0] <= "\u9fff":
            return label.is_media
        likely = answered or label.is_media or (not self._forms["answer"] and self._keys[label.key] > 1)
        return likely and len(label.name) <= 60 and len(label.name.split()) <= 8

    def is_answer(self, label: Label) -> bool:
        """Whether what follows is the institution's word, not a question."""
        if label.form == "question":
            return False
        if label.form == "answer":
            return True
        return label.key in self._principals or (label.form == "name" and label.surname in self._capitals)

    def _is_principal(self, label: Label) -> bool:
        words = [w.casefold() for w in re.findall(r"[\w'’\-]+", label.name)]
        named = bool(words) and all(word in self._title for word in words if len(word) > 1)
        if label.form == "name" and not label.name.isascii() and any(label.name in t for t in self._title):
            named = True
        if label.is_media and not named:
            return False
        if label.form == "capitals":
            return True
        return named or label.is_office or label.surname in self._offices or label.surname in self._title


def _turns(
    text: str,
    lines: list[_Line],
    labels: _Labels,
    spokesperson: str | None,
    official: Official | None,
    title: str,
) -> Iterator[Turn]:
    source = official.source if official and not _JOINT.search(title) else None
    asked = False
    open_turn: _Open | None = None
    lead = official is not None and official.own_leads
    counted = labels.counting(lines)
    first = next((number for number, label in enumerate(counted) if label), len(lines))
    known, speakers = f"{title}\n{text[:6000]}", dict[tuple[Label, bool], str | None]()
    for number, line in enumerate(lines):
        label = counted[number]
        if label:
            if open_turn:
                yield from open_turn.closed(text)
            answers = labels.is_answer(label)
            asked = asked or not answers
            if (label, answers) not in speakers:
                speakers[label, answers] = _speaker(label, answers, spokesperson, known)
            chairs = bool(CHAIR.match(label.name))
            kind: TurnKind = "question" if not answers else "answer" if asked and not chairs else "statement"
            open_turn = _Open(
                speaker=speakers[label, answers],
                kind=kind,
                source=_source(label, answers, source, spokesperson, title),
                label=(line.begin, line.begin + label.length),
            )
            if line.begin + label.speech < line.end:
                open_turn.take(line.begin + label.speech, line.end)
            continue
        ends = _END.fullmatch(line.words)
        if ends or _BREAK.fullmatch(line.words):
            if open_turn:
                yield from open_turn.closed(text)
            open_turn, lead = None, lead and not ends
            continue
        if open_turn is None:
            own = lead and (number > first or _SENTENCE.search(line.words)) and len(line.words) > 40
            if not own:
                continue
            open_turn = _Open(spokesperson, "statement", source, None)
        open_turn.take(line.begin, line.end)
    if open_turn:
        yield from open_turn.closed(text)


class _Open:
    """A turn whose end has not been reached."""

    def __init__(
        self, speaker: str | None, kind: TurnKind, source: str | None, label: tuple[int, int] | None
    ) -> None:
        self.speaker, self.kind, self.source, self.label = speaker, kind, source, label
        self.pieces: list[tuple[int, int]] = []

    def take(self, start: int, end: int) -> None:
        """Another line of the same turn."""
        self.pieces.append((start, end))

    def closed(self, text: str) -> Iterator[Turn]:
        """The turn, without headings of the next topic at its end; nothing where nobody spoke."""
        while len(self.pieces) > 1 and _is_heading(text[slice(*self.pieces[-1])], text, self.pieces[-2]):
            self.pieces.pop()
        if not self.pieces:
            return
        start, end = self.pieces[0][0], self.pieces[-1][1]
        label_start, label_end = self.label or (None, None)
        yield Turn(self.speaker, self.kind, start, end, self.source, label_start, label_end)


def _is_heading(line: str, text: str, before: tuple[int, int]) -> bool:
    """A short line that ends no sentence, after one that does: the next topic's heading, not the last
    words of a turn."""
    return len(line) <= 120 and not _SENTENCE.search(line) and bool(_SENTENCE.search(text[slice(*before)]))


def _speaker(label: Label, answers: bool, spokesperson: str | None, known: str) -> str | None:
    """The person a label names, in full where the title or the text's beginning says so."""
    if label.form == "answer":
        return spokesperson
    if label.form == "question":
        return None
    if not answers:
        return label.name
    if spokesperson and label.surname in spokesperson.casefold().split():
        return spokesperson
    if label.form != "capitals":
        return re.sub(r"^(?:Mr|Ms|Mrs|Dr)\.?\s+(?=\S+\s+\S)", "", label.name)
    return _cased(label, known)


def _cased(label: Label, known: str) -> str:
    """ "MS. EXAMPLE" as "Ada Example" where it is known so, else as "Ms. Example"."""
    if len(label.key.split()) == 1:
        surname = re.escape(label.surname)
        for match in re.finditer(
            rf"\b([A-Z][a-z]+(?:[-’'][A-Z]?[a-z]+)?)(?:\s[A-Z]\.)?\s((?i:{surname}))\b", known
        ):
            if not match[2].isupper() and not is_office(match[1]):
                return f"{match[1]} {match[2]}"
    return " ".join(_word_cased(word) for word in label.name.split())


def _word_cased(word: str) -> str:
    if not word.isupper() or len(word.strip(".")) < 2:
        return word
    return re.sub(r"[^\W\d_]+", lambda m: m[0].capitalize(), word)


def _source(
    label: Label, answers: bool, source: str | None, spokesperson: str | None, title: str
) -> str | None:
    """The institution, where the speaker is of the house: its spokesperson, named in its title, or a plain
    Mr or Ms."""
    if not answers or not source or CHAIR.match(label.name):
        return None
    named = spokesperson and label.surname in spokesperson.casefold().split()
    own = label.form == "answer" or named or label.surname in re.findall(r"[\w'’\-]+", title.casefold())
    return source if own or re.match(r"(?:MR|MS|MRS|DR)\b", label.name, re.IGNORECASE) else None


def _spokesperson(title: str | None, opening: str) -> str | None:
    for words in (title or "", opening):
        for pattern in _SPOKESPERSON:
            match = pattern.search(words)
            if match:
                return match[1].strip()
    return None


def _monologue(
    text: str, lines: list[_Line], title: str | None, official: Official | None
) -> tuple[Turn, ...]:
    """The one turn of a speech or statement on an official's site, or one marked to be checked against
    delivery."""
    if not title or not lines:
        return ()
    match = _MONOLOGUE.fullmatch(title.strip())
    if not match or not (official or _DELIVERY.search(text[:1500]) or _DELIVERY.search(text[-500:])):
        return ()
    spoken = [
        line
        for line in lines
        if not (_DELIVERY.search(line.words) or _BREAK.fullmatch(line.words) or _END.fullmatch(line.words))
    ]
    while spoken and not _SENTENCE.search(spoken[0].words) and len(spoken[0].words) < 120:
        spoken.pop(0)
    if not spoken:
        return ()
    return (Turn(match[1].strip(), "statement", spoken[0].begin, spoken[-1].end, None),)
