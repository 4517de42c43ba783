"""Fuzz the readers, the extraction and the tone: ``python tests/fuzzing/fuzz.py TARGET [--seconds 60]``.

TARGET is the name of a reader (``text``, ``html``, ``warc``, ...), ``extract``, ``score`` or ``all``, which
takes each in turn. Coverage-guided by Atheris, from the samples of the tests. An input
that makes a reader fail, an offset lie, or anything raise is written to ``crash-*`` and ends the run with a
status that is not 0: make it a case of the tests, then mend it.
"""

from __future__ import annotations

import argparse
import io
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import atheris  # type: ignore[import-untyped]

with atheris.instrument_imports(include=["sources", "tracker"]):
    from sources.article import Article, Unreadable
    from sources.readers import READERS
    from sources.reading import read
    from sources.registry import Registry
    from tracker.pipeline import extract
    from tracker.tone import score

SAMPLES = Path(__file__).parents[1] / "sources" / "data"
REGISTRY = Registry.load()
TODAY = date(2026, 1, 1)


def reader(name: str) -> Callable[[bytes], None]:
    """Whatever the bytes, the reader gives articles or says why not; it does not break."""

    def fuzzed(data: bytes) -> None:
        for found in read(["-"], input_format=name, stdin=io.BytesIO(data), today=TODAY):  # type: ignore[arg-type]
            if isinstance(found, Unreadable):
                assert "its reader failed" not in found.why, found.why
                continue
            for part in (*found.parts, *found.turns):
                assert 0 <= part.start <= part.end <= len(found.text)

    return fuzzed


def extraction(data: bytes) -> None:
    """Every quotation stands where it is said to stand."""
    text = data.decode("utf-8", "surrogateescape")
    for reaction in extract(Article("a", text), REGISTRY):
        assert text[reaction.quote_start : reaction.quote_end] == reaction.quote
        for span in reaction.quote_spans:
            assert reaction.quote_start <= span.start < span.end <= reaction.quote_end
        for word in reaction.evidence:
            assert text[word.start : word.end] == word.text


def tone(data: bytes) -> None:
    """A tone lies between -1 and 1, and its words stand where they are said to stand."""
    text = data.decode("utf-8", "surrogateescape")
    found = score(text)
    assert -1 <= found.tone <= 1
    assert -1 <= found.vader <= 1
    for word in found.evidence:
        assert text[word.start : word.end] == word.text


TARGETS: dict[str, Callable[[bytes], None]] = {each.name: reader(each.name) for each in READERS}
TARGETS |= {"extract": extraction, "score": tone}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("target", choices=[*TARGETS, "all"])
    parser.add_argument("--seconds", type=int, default=60, help="how long, for each target")
    parser.add_argument(
        "--corpus", type=Path, help="a folder in which inputs that reach something new are kept"
    )
    parser.add_argument("--runs", type=int, help="so many inputs instead, the same each time")
    chosen = parser.parse_args()
    many = ["--seconds", str(chosen.seconds)] if chosen.runs is None else ["--runs", str(chosen.runs)]
    if chosen.corpus is None:
        # The fuzzer ends its process for good: its scratch folder is another's to take away.
        names = TARGETS if chosen.target == "all" else [chosen.target]
        sys.exit(max(_beside(name, many) for name in names))
    # What reaches something new is written into the first folder.
    folders = [str(chosen.corpus), str(SAMPLES)]
    limits = [*_limits(chosen), "-timeout=20", "-rss_limit_mb=2048", "-max_len=8192"]
    atheris.Setup([sys.argv[0], *limits, "-print_final_stats=1", *folders], TARGETS[chosen.target])
    atheris.Fuzz()


def _limits(chosen: argparse.Namespace) -> list[str]:
    if chosen.runs is None:
        return [f"-max_total_time={chosen.seconds}"]
    return [f"-runs={chosen.runs}", "-seed=20250605"]


def _beside(name: str, many: list[str]) -> int:
    with TemporaryDirectory() as scratch:
        run = [sys.executable, __file__, name, *many, "--corpus", scratch]
        return subprocess.run(run, check=False).returncode


if __name__ == "__main__":
    main()
