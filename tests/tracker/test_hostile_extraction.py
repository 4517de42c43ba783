"""Ten times the text takes at most twelve times the time, whatever the text."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest

from sources.article import Article
from tracker.attribution import attribute

SIZE = 5_000
_RANDOM = random.Random(11)
_MIXED = "".join(_RANDOM.choice("“”\"'’‘«»„「」()[].,:;—– \nabcABC") for _ in range(SIZE))

GENERATORS: dict[str, Callable[[int], str]] = {
    "opening marks": lambda n: "“" * n,
    "straight marks": lambda n: '"' * n,
    "marks and words": lambda n: '"a ' * (n // 3),
    "single marks": lambda n: "'a " * (n // 3),
    "single marks never closed": lambda n: "‘a " * (n // 3),
    "nested guillemets": lambda n: "«" * (n // 2) + "»" * (n // 2),
    "brackets": lambda n: "([" * (n // 2),
    "capitals": lambda n: "A" * n,
    "capitalised words": lambda n: "Abc " * (n // 4),
    "spaces": lambda n: " " * n,
    "dashes": lambda n: "—" * n,
    "full stops": lambda n: "." * n,
    "stops and closers": lambda n: '."' * (n // 2),
    "cues": lambda n: "said " * (n // 5),
    "cues and that": lambda n: "Holm said that he said that " * (n // 28),
    "names": lambda n: "Ana Petrescu, " * (n // 14),
    "one endless sentence": lambda n: "the minister and the general said the war was over " * (n // 51),
    "newlines": lambda n: "\n" * n,
    "lines of one word": lambda n: "said\n" * (n // 5),
    "NULs": lambda n: "\x00" * n,
    "surrogates": lambda n: "\ud800" * n,
    "bidi": lambda n: "\u202ea\u202c" * (n // 3),
    "combining marks": lambda n: "e" + "\u0301" * n,
    "astral characters": lambda n: "😀" * n,
    "apostrophes in a word": lambda n: "a'" * (n // 2),
    "hyphens in a word": lambda n: "a-" * (n // 2),
    "that": lambda n: "that " * (n // 5),
    "interrupted quotations": lambda n: "“We go,” he said. “We stay.” " * (n // 29),
    "quoted paragraphs": lambda n: "“We go on and on.\n" * (n // 18),
    "participles": lambda n: "He said “no,” warning “no,” adding “no,” " * (n // 41),
    "initials": lambda n: "J. " * (n // 3),
    "random marks": lambda n: (_MIXED * (n // SIZE + 1))[:n],
}


@pytest.mark.timed
@pytest.mark.parametrize("name", GENERATORS)
def test_time_is_linear(name: str, growth: Any) -> None:
    make = GENERATORS[name]
    few, many = (Article("a", make(size)) for size in (SIZE, 10 * SIZE))
    assert growth(attribute, few, many) <= 12
