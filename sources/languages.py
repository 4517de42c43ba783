"""The language of a text, where nothing that came with it says so."""

from __future__ import annotations

import re
from functools import cache

_ENGLISH_WORDS = (
    "the of and to in that is was for on with as it be by at he his from are this have has not said will "
    "which after over an its their says who would"
)
_ENGLISH = frozenset(_ENGLISH_WORDS.split())
_WORD = re.compile(r"[^\W\d_]+")
_CODE = re.compile(r"([A-Za-z]{2,3})(?:[-_][A-Za-z0-9-]+)?")
_SAMPLE = 3000
_TELLING = 30
_NAMES = {
    "arabic": "ar", "bengali": "bn", "bulgarian": "bg", "catalan": "ca", "chinese": "zh",
    "chinese (china)": "zh", "chineset": "zh", "croatian": "hr", "czech": "cs", "danish": "da",
    "dutch": "nl", "english": "en", "estonian": "et", "finnish": "fi", "french": "fr", "galician": "gl",
    "german": "de", "greek": "el", "gujarati": "gu", "hebrew": "he", "hindi": "hi", "hungarian": "hu",
    "indonesian": "id", "italian": "it", "japanese": "ja", "kannada": "kn", "korean": "ko", "latvian": "lv",
    "lithuanian": "lt", "macedonian": "mk", "malay": "ms", "malayalam": "ml", "marathi": "mr",
    "mongolian": "mn", "nepali": "ne", "norwegian": "no", "persian": "fa", "polish": "pl",
    "portuguese": "pt", "punjabi": "pa", "romanian": "ro", "russian": "ru", "serbian": "sr", "slovak": "sk",
    "slovenian": "sl", "somali": "so", "spanish": "es", "swahili": "sw", "swedish": "sv", "tamil": "ta",
    "telugu": "te", "thai": "th", "tibetan": "bo", "turkish": "tr", "ukrainian": "uk", "urdu": "ur",
    "vietnamese": "vi",
}  # fmt: skip

_CODES_WORDS = (
    "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de "
    "dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id "
    "ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu "
    "lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu "
    "rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr "
    "ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu fil ckb yue hbs"
)
_CODES = frozenset(_CODES_WORDS.split())
_WRITTEN = frozenset(_NAMES.values())
"""The languages of the world's press; a guess of any other is taken for a guess."""


UNDETERMINED = "und"
"""BCP 47's code for a text long enough to tell, of which none of the languages known can be told."""


def language_of(text: str, stated: str | None = None) -> str | None:
    """The language most of the text is in: as ``stated``, else ISO 639-1 as it reads, or ``und``; None for a
    few words, which could be of many.

    A text whose words are at least a sixth plain English function words is English without further ado; what
    is left is judged by py3langid, which is loaded only then. What is stated is not believed where it is
    plainly another: English of a text with few Latin letters, any other of one with a quarter of those words.
    """
    sample = text[:_SAMPLE]
    words = _WORD.findall(sample)
    if stated and (not words or _borne_out(stated, words)):
        return stated
    if not words or (len(words) < 8 and sample.isascii()):
        return None
    if 6 * _english(words) >= len(words):
        return "en"
    code, _ = _identifier()(sample)
    if code in _WRITTEN:
        return str(code)
    return None if len(words) < _TELLING and _latin(words) else UNDETERMINED


def _borne_out(stated: str, words: list[str]) -> bool:
    if stated.partition("-")[0] == "en":
        return _latin(words)
    return len(words) < 8 or 4 * _english(words) < len(words)


def _english(words: list[str]) -> int:
    return len([word for word in map(str.lower, words) if word in _ENGLISH])


def _latin(words: list[str]) -> bool:
    """Whether at least half of the letters are of the Latin alphabet."""
    return 2 * sum(len(word) for word in words if word[0] < "\u0250") >= sum(map(len, words))


def language_code(stated: str | None) -> str | None:
    """The ISO 639 code in what a page or a record states ("en-GB", "EN_us"), in lower case; None for
    anything else."""
    match = _CODE.fullmatch(stated.strip()) if stated else None
    code = match[1].lower() if match else None
    return code if code in _CODES else None


def code_of_name(stated: str | None) -> str | None:
    """The ISO 639-1 code of a language named in English ("ENGLISH") or by a code; None where it is not
    known."""
    if not stated:
        return None
    return _NAMES.get(stated.strip().lower()) or language_code(stated if len(stated.strip()) < 6 else None)


@cache
def _identifier():  # type: ignore[no-untyped-def]
    from py3langid import classify

    return classify
