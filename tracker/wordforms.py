"""The normal form of a word: what reporting, grammar and house style do to it undone."""

from __future__ import annotations

import re
from collections.abc import Mapping

_CJK = "぀-ヿ㐀-鿿"
TOKEN = re.compile(rf"[{_CJK}]|\d+(?:[.,]\d+)*|[^\W\d{_CJK}][^\W{_CJK}]*(?:['.][^\W{_CJK}]+)*")
"""A word, a number, or a character of a script without spaces between words."""
NOT = "not"
"""The one form of every negation."""
_PERSON = "@"
PHRASES = (
    *(("United States", "US"), ("United Kingdom", "UK"), ("United Nations", "UN"), ("European Union", "EU")),
    ("per cent", "percent"),
)
"""What stands in a text with a blank in it and what is read for it."""
_READ_AS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "'": (
        *(("won't", "will not"), ("Won't", "Will not"), ("can't", "can not"), ("Can't", "Can not")),
        *(
            ("n't", " not"),
            ("N'T", " NOT"),
            ("'ll", " will"),
            ("'ve", " have"),
            ("'re", " are"),
            ("I'm", "I am"),
        ),
    ),
    "U.": (("U.S.", "US"), ("U.N.", "UN")),
    "annot": (("cannot", "can not"), ("Cannot", "Can not")),
    "%": (("%", " percent"),),
}
_GRAMMAR = {
    (
        "i we he she it they you me us him her them my our his its their your myself ourselves "
        "himself herself itself themselves mine ours hers theirs who whom whose one's"
    ): _PERSON,
    ("be is are am was were been being"): "be",
    ("have has had having"): "have",
    ("do does did done doing"): "do",
    ("will would"): "will",
    ("can could"): "can",
    ("may might"): "may",
    ("this that these those"): "this",
    ("not no never neither nor none nothing nobody nowhere without hardly 不 没 无 非 未 莫"): NOT,
}
_FUNCTION_WORDS = (
    "a an the and or but so if as at by for from in into of off on onto out over to toward towards up "
    "upon with about within than then there here also too very just even only still already again ever "
    "any some such each while when where which what how why because since until though although however "
    "therefore thus hence yet all way said says say saying told tell add added call called now today "
    "tomorrow yesterday firmly strongly resolutely deeply highly extremely seriously certainly clearly "
    "simply really monday tuesday wednesday thursday friday saturday sunday must should ought need let"
)
_IRREGULAR = (
    "take took taken|go went gone|make made|come came|give gave given|begin began begun|think "
    "thought|bring brought|stand stood|hold held|keep kept|lead led|see saw seen|know knew known|become "
    "became|mean meant|seek sought|lose lost|win won|break broke broken|speak spoke spoken|choose chose "
    "chosen|pay paid|find found|leave left|build built|feel felt|get got|run ran|draw drew drawn|rise "
    "rose risen|fall fell fallen|fight fought|send sent|spend spent|strike struck|show shown|write wrote "
    "written|grow grew grown|meet met|buy bought|deal dealt|lay laid|sell sold|teach taught|throw threw "
    "thrown|understand understood|withdraw withdrew withdrawn|forget forgot forgotten|arise arose "
    "arisen|bear bore borne|drive drove driven|undertake undertook undertaken"
)
_NUMBER_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty"
)
_TENS = "thirty forty fifty sixty seventy eighty ninety"
_SPELLINGS = {
    "defenc": "defens",
    "offenc": "offens",
    "licenc": "licens",
    "centr": "center",
    "bn": "billion",
    "m": "million",
}
_FOR = (
    "support welcome accept agree approve back endorse praise applaud embrace favour join allow permit "
    "strengthen increase raise rise expand begin start continue keep confirm protect defend safe safer "
    "peace peaceful stable win success more most before good better best positive right true open friend "
    "ally help advance easy lawful legal acceptable stability deescalate able possible ready include "
    "remain lift hope trust above first east eastern north northern up import for useful with"
)
_AGAINST = (
    "oppose condemn reject refuse disagree disapprove deplore denounce criticise criticize resist leave "
    "quit forbid ban prevent block weaken undermine decrease reduce lower fall shrink end stop halt deny "
    "attack threaten unsafe danger dangerous war warlike unstable lose failure fail less least after bad "
    "worse worst negative wrong false closed enemy rival hinder delay hard unlawful illegal unacceptable "
    "instability escalate unable impossible exclude impose fear distrust below last west "
    "western south southern down "
    "export against useless"
)


def read_as(text: str) -> str:
    """The text with short forms and signs as the words they are read as. None reaches over a blank."""
    for sign, readings in _READ_AS.items():
        if sign in text:
            for stands, read in readings:
                text = text.replace(stands, read)
    return text


_ENDINGS = ("ingly", "ing", "edly", "ed", "ies", "ly", "s")
_LAST = frozenset(ending[-1] for ending in _ENDINGS)


def _stem(word: str) -> str:
    """A word without the endings that tense, number and house spelling give it."""
    if len(word) <= 3:
        return _SPELLINGS.get(word, word)
    for ending in _ENDINGS if word[-1] in _LAST else ():
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            word = word[: -len(ending)] + ("y" if ending == "ies" else "")
            if ending in {"ing", "ed"} and len(word) > 3 and word[-1] == word[-2] and word[-1] not in "sl":
                word = word[:-1]
            break
    word = word.replace("isation", "ization")
    if word.endswith(("ise", "is")) and len(word) > 5:
        word = word[: word.rindex("is")] + "iz"
    if word.endswith("our") and len(word) > 4:
        word = word[:-3] + "or"
    word = word[:-1] if word.endswith("e") and len(word) > 3 else word
    word = word[:-1] + "y" if word.endswith("i") and len(word) > 3 else word
    return _SPELLINGS.get(word, word)


def _table() -> dict[str, str]:
    forms = {word: form for words, form in _GRAMMAR.items() for word in words.split()}
    for verb in _IRREGULAR.split("|"):
        base, *others = verb.split()
        forms |= {other: _stem(base) for other in (base, *others)}
    forms |= {word: str(n) for n, word in enumerate(_NUMBER_WORDS.split())}
    forms |= {word: str(30 + 10 * n) for n, word in enumerate(_TENS.split())}
    return forms


class _Forms(dict[str, str]):
    """Each word's normal form, worked out once; "" for an article, which is left out."""

    known = _table()

    def __missing__(self, word: str) -> str:
        if word in {"US", "UK", "UN", "EU"}:
            form = word
        else:
            low = word.lower().removesuffix("'s").rstrip("'")
            if low in {"a", "an", "the"}:
                form = ""
            elif low[:1].isdigit():
                form = low.replace(",", "")
            else:
                form = self.known.get(low) or _stem(low.replace(".", ""))
        if len(self) < _MOST_FORMS:
            self[word] = form
        return form


def forms(stretch: str) -> list[str]:
    """The normal forms of what stands between two blanks (typographic marks plain), articles left out."""
    read = read_as(stretch)
    words = [read] if read.isascii() and read.isalpha() else TOKEN.findall(read)
    return [form for word in words if (form := FORMS[word])]


_MOST_FORMS = 200_000
FORMS = _Forms()
"""Word as it stands (typographic marks plain) -> its normal form; "" for an article."""
FUNCTION = frozenset(
    {FORMS[word] for word in _FUNCTION_WORDS.split()} | set(_GRAMMAR.values()) | {"", "do", "be", "say"}
)
"""Normal forms that carry no content of their own."""
SIDES = {FORMS[word]: 1 for word in _FOR.split()} | {FORMS[word]: -1 for word in _AGAINST.split()}
"""Normal form -> 1 or -1: one of these in place of one of those says the opposite."""
