"""A megabyte of hostile text is extracted, resolved and scored in under ten seconds and 500 MB."""

from __future__ import annotations

import subprocess
import sys

import pytest

MOST_SECONDS, MOST_MEGABYTES = 10, 500
SCRIPT = """
import re, sys, time
from sources.article import Article
from sources.registry import Registry
from tracker.pipeline import extract
registry = Registry.load()
extract(Article("a", "Mao Ning said: “No.”"), registry)
unit = sys.argv[1].encode().decode("unicode_escape")
text = unit * (1_000_000 // len(unit))
start = time.process_time()
found = extract(Article("a", text), registry)
seconds = time.process_time() - start
# Not getrusage's: a process begins with the peak of the one that started it, which may have run other tests.
status = open("/proc/self/status").read()
print(len(found), seconds, int(re.search(r"VmHWM:\\s+([0-9]+)", status)[1]) / 1024)
"""
UNITS = {
    "quotations and names": r"\u201cNot good but never so bad,\u201d said Minister Ana Petrescu of China.\n",
    "marks": r"\u201c\"\u201d'",
    "cues": "said that he said ",
    "negations": "no not but least never kind of ",
    "names": "Ana Petrescu, the Chinese foreign minister of the United States, ",
    "one word": "a",
    "sentences": "He said. ",
    "brackets": "([",
    "handed on": "Tass quoted a man, who asked not to be named, as saying, citing X, that it was over. ",
}


@pytest.mark.timed
@pytest.mark.slow
@pytest.mark.parametrize("kind", UNITS)
def test_a_megabyte_takes_under_ten_seconds_and_500_mb(kind: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, UNITS[kind]], capture_output=True, text=True, check=True
    )
    _, seconds, megabytes = map(float, done.stdout.split())
    assert seconds < MOST_SECONDS
    assert megabytes < MOST_MEGABYTES
