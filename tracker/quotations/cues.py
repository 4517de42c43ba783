"""What a reporting expression tells: words that were spoken or written, or a belief, a wish, a plan."""

from __future__ import annotations

import re

from tracker.model import Kind, Span
from tracker.quotations.lexicon import lexicon

_WORD = re.compile(r"\w+(?:['’\-]\w+)*")


def tells_speech(text: str, cue: Span | None, kind: Kind) -> bool:
    """Whether words were said. A cue the lexicon does not know tells speech only beside quotation marks."""
    if cue is None:
        return True
    book = lexicon()
    held = False
    for m in _WORD.finditer(text, *cue):
        word = m.group().lower()
        verb = book.verbs.get(word)
        noun = book.kinds.get(word)
        if (verb and verb.speech) or noun in ("saidnoun", "according"):
            return True
        held = held or bool(verb) or noun == "heldnoun"
    return not held and kind != "indirect"
