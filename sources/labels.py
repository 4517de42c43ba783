"""The labels that begin the turns of a transcript: who a line says is speaking."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Form = Literal["question", "answer", "capitals", "name"]

_SPACE = r"[ \t\u00a0\u3000]"
_QUESTION = re.compile(
    rf"(?:\(?(?:Q|QUESTION|Question|Quest|问|問|질문)(?:{_SPACE}*\d{{1,3}})?\)?{_SPACE}*(?:[:：]|\.(?={_SPACE}))"
    rf"|(?:Follow[ -]?up(?: question)?|FOLLOW-UP|追问|Follow-on question|Supplementary "
    rf"question){_SPACE}*[:：])"
)
_BARE_Q = re.compile(rf"Q(?:{_SPACE}*\u00a0{_SPACE}*|{_SPACE}{{2,}}|{_SPACE}(?=[A-Z“\"(—–'’…]|$))(?!&)")
_ANSWER = re.compile(
    rf"(?:A|ANSWER|Answer|Ans|答|답변)(?:{_SPACE}*\d{{1,3}})?{_SPACE}*[:：]|A\.{_SPACE}(?=[A-Z])"
)
# What a label without a colon can begin with: "Q. ", "(QUESTION) 12. ", "A. It ...".
_WITHOUT_COLON = "(Q问問질A"
_CAPITALS = re.compile(
    rf"((?:(?:Mr|Ms|Mrs|Dr)\.?{_SPACE}+)?(?:[A-Z][A-Z.'’\-]*|Mc[A-Z]+|O[’'][A-Z]+)(?:{_SPACE}+(?:[A-Z.'’\-&]+|Mc[A-Z]+|of|the|de|van|von|al)){{0,8}})"
    rf"(?:{_SPACE}*\([^)\n]{{1,40}}\))?{_SPACE}*[:：]"
)
_NAME = re.compile(
    rf"((?:[A-Z\u00c0-\u00de][^:：\n?!“”\"\[\]<>]{{1,78}}?))(?:{_SPACE}*\([^)\n]{{1,50}}\))?{_SPACE}*[:：](?!//|\d\d)"
)
_NAME_CJK = re.compile(r"([\u4e00-\u9fff][\u4e00-\u9fff·、A-Za-z]{1,14})[:：]")
_PARTICLES_WORDS = (
    "of the and for to on in at de da di du la le el al bin ibn van von der den del dos y e & a an"
)
_PARTICLES = frozenset(_PARTICLES_WORDS.split())
_NEVER_WORDS = (
    "first second third fourth fifth firstly secondly thirdly finally lastly note editor's editor’s "
    "update updated read photo image source sources related topics topic contents table agenda date time "
    "venue location place subject re tags share contact tel fax email phone website http https example "
    "conclusion summary background question-and-answer q&a correction clarification warning important "
    "remember here one two three four five monday tuesday wednesday thursday friday saturday sunday "
    "january february march april may june july august september october november december"
)
_NEVER = frozenset(_NEVER_WORDS.split())
_OFFICE = re.compile(
    r"\b(?:Mr|Ms|Mrs|Dr|H\.?E|President|Vice[ -]President|Secretary|Under ?Secretary|Minister|Prime"
    r"|Premier|Chancellor|"
    r"Ambassador|Spokes(?:person|man|woman)|High Representative|Commissioner|Chair(?:man|woman|person)?"
    r"|Governor|"
    r"General|Admiral|Director|Administrator|Advis[eo]r|Senator|Representative|King|Queen|Prince|Emir|Sheikh|"
    r"Moderator|Operator|Deputy|Coordinator|Speaker|Colonel|Major|Envoy|State Councilor|Director-General)\b",
    re.IGNORECASE,
)
_MEDIA = re.compile(
    r"\b(?:News|Newspaper|Agency|Times|Daily|TV|Television|Post|Radio|Herald|Press|Journal|Xinhua|Reuters|AFP|AP|Bloomberg|"
    r"Tribune|Media|Broadcasting|Network|Channel|Paper|Shimbun|Novosti|TASS|Interfax|Reporter|Journalist|Correspondent|"
    r"Guardian|Observer|Telegraph|Globe|Mail|Sun|Standard|Review|Weekly|Magazine|Yonhap|Kyodo|Jiji|NHK|BBC|CNN|CCTV|CGTN|"
    r"CRI|CNR|Sputnik|Al Jazeera|Audience|Participant|Student)\b|(?:记者|社|报|台|网|电视)$",
    re.IGNORECASE,
)
_PRESS_OFFICE = re.compile(r"\bPress (?:Secretary|Officer|Attach[eé]|Office|Aide)\b", re.IGNORECASE)
_HONORIFIC = re.compile(r"^(?:MR|MS|MRS|DR|Mr|Ms|Mrs|Dr|H\.?E)\.?\s+")
CHAIR = re.compile(r"(?i:moderator|operator|interpreter|facilitator|host|announcer)\b")


@dataclass(frozen=True, slots=True)
class Label:
    """A label at the start of a line: its form, its words without brackets, where it ends and where speech
    begins."""

    form: Form
    name: str
    length: int
    speech: int

    @property
    def key(self) -> str:
        """The label as it is counted: honorific dropped, case folded."""
        return " ".join(_HONORIFIC.sub("", self.name).casefold().split())

    @property
    def surname(self) -> str:
        """The last word of the name; for "KAMIKAWA Yoko", the word in capitals."""
        words = re.findall(r"[\w'’\-]+", self.name.split(",")[0])
        loud = [w for w in words if len(w) > 2 and w.isupper() and not _OFFICE.fullmatch(w)]
        mixed = any(not w.isupper() for w in words)
        return (loud[-1] if loud and mixed else words[-1] if words else "").casefold()

    @property
    def is_office(self) -> bool:
        """Whether it names an office or begins with an honorific."""
        return bool(_OFFICE.search(self.name))

    @property
    def is_media(self) -> bool:
        """Whether it reads as an outlet's or a journalist's: by its words, by a comma ("NHK, Example"), or
        "-san"."""
        return bool(_MEDIA.search(_PRESS_OFFICE.sub("", self.name))) or bool(
            re.fullmatch(r"[A-Z]{2,6}", self.name)
        )


def is_office(word: str) -> bool:
    """Whether a word is part of an office or an honorific, not of a name."""
    return bool(_OFFICE.fullmatch(word)) or word in (
        "Press",
        "Foreign",
        "National",
        "Security",
        "State",
        "House",
    )


def label_of(line: str) -> Label | None:
    """The label a line begins with, or None. ``line`` has no white space at its start."""
    if ":" not in line and "：" not in line and line[:1] not in _WITHOUT_COLON:
        return None
    bare = _BARE_Q.match(line)
    if bare:
        return Label("question", "Q", 1, bare.end())
    for form, pattern in (("question", _QUESTION), ("answer", _ANSWER)):
        match = pattern.match(line)
        if match:
            return _label(form, match[0].rstrip(" \t\u00a0\u3000:：."), match, line)  # type: ignore[arg-type]
    match = _CAPITALS.match(line)
    if match and len(match[1].strip(". ")) > 1:
        return _label("capitals", match[1], match, line)
    match = _NAME.match(line) or _NAME_CJK.match(line)
    return _label("name", match[1], match, line) if match and _is_name(match[1]) else None


def _label(form: Form, name: str, match: re.Match[str], line: str) -> Label:
    rest = line[match.end() :]
    return Label(form, name.strip(), len(name.rstrip()), match.end() + len(rest) - len(rest.lstrip()))


def _is_name(words: str) -> bool:
    """Whether words before a colon can be a speaker's label and not the start of a sentence."""
    if re.fullmatch(r"[\u4e00-\u9fff·、A-Za-z]+", words) and not words.isascii():
        return True
    tokens = words.replace(",", " ").split()
    if not tokens or len(tokens) > 12 or tokens[0].casefold().strip(".") in _NEVER:
        return False
    if re.search(r"[.;]\s", re.sub(r"\b(?:Mr|Ms|Mrs|Dr|St|U\.S|U\.N|[A-Z])\.", "", words)):
        return False
    return all(token[0].isupper() or token.casefold() in _PARTICLES for token in tokens)
