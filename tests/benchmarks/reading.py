"""How well the readers read a folder of samples, and how fast.

reading.py SAMPLES [html|mfa|feeds|warc|gdelt|speed ...]

SAMPLES holds html/ (NAME.html.gz beside NAME.json), mfa/ (index.jsonl with titles, dates and turns), feeds/
(expected.jsonl), warc/ (news-30.warc.gz, news-30-damaged.warc.gz), gkg/ and gqg/. Of a page: its title is
right where it equals the expected one but for case and punctuation; its date where the day is the same, in
the expected time's zone or in UTC; F1 is of the words (for Chinese and Japanese, the characters) of the
text against the expected paragraphs. Of a press conference: an answer is right where a turn begins at its
first word, is no question, and names the spokesperson and the ministry; a question is wrong where its first
word stands in any other turn.
"""

from __future__ import annotations

import gzip
import io
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sources.article import Article, Unreadable
from sources.reading import read


def articles(*paths: Path) -> list[Article]:
    return [found for found in read(paths) if isinstance(found, Article)]


def lines(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.strip():
            yield json.loads(line)


def plain(words: str | None) -> str:
    return " ".join(re.sub(r"[^\w]+", " ", (words or "").casefold().replace("\xad", "")).split())


def share(right: int, of: int) -> str:
    return f"{right}/{of} = {right / of:.3f}" if of else "-"


def html(samples: Path) -> None:
    titles = days = instants = dated = 0
    f1: list[float] = []
    expectations = sorted((samples / "html").glob("*.json"))
    for expectation in expectations:
        gold = json.loads(expectation.read_text(encoding="utf-8"))
        found = articles(expectation.with_suffix(".html.gz"))
        if not found:
            f1.append(0)
            continue
        (article,) = found
        titles += plain(article.title) == plain(gold["title"])
        moment = datetime.fromisoformat(gold["date"])
        read_on = datetime.fromisoformat(article.published) if article.published else None
        days += read_on is not None and (
            read_on.date() == moment.date() or in_utc(read_on).date() == in_utc(moment).date()
        )
        if read_on and read_on.tzinfo and moment.tzinfo:
            dated += 1
            instants += abs(read_on - moment).total_seconds() < 60
        f1.append(token_f1(article.text, "\n".join(gold["text"])))
    of = len(expectations)
    print(
        f"html    titles {share(titles, of)}, days {share(days, of)}, "
        f"to the minute {share(instants, dated)}, ",
        end="",
    )
    print(f"token F1 {sum(f1) / of:.3f}")


def in_utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC) if moment.tzinfo else moment


def token_f1(text: str, gold: str) -> float:
    mine, theirs = (Counter(re.findall(r"[\u3040-\u30ff\u4e00-\u9fff]|\w+", t.lower())) for t in (text, gold))
    common = sum((mine & theirs).values())
    return 2 * common / max(1, sum(mine.values()) + sum(theirs.values()))


def mfa(samples: Path) -> None:
    counts: Counter[str] = Counter()
    for gold in lines(samples / "mfa" / "index.jsonl"):
        (article,) = articles(samples / "mfa" / gold["file"])
        counts["pages"] += 1
        counts["titles"] += article.title == gold["title"]
        counts["days"] += (article.published or "")[:10] == gold["date"]
        text, taken = article.text.replace("\xa0", " "), set[int]()
        for turn in gold.get("turns") or ():
            words = turn["begins"].split("\n")[0][:40]
            starts = (
                t.start for t in article.turns if t.start not in taken and text.startswith(words, t.start)
            )
            at = next(starts, text.find(words))
            taken.add(at)
            mine = next((t for t in article.turns if t.start <= at < t.end), None)
            counts[turn["role"]] += 1
            if turn["role"] == "question":
                counts["question taken for an answer"] += mine is not None and mine.kind != "question"
            else:
                counts["answer right"] += (
                    mine is not None
                    and mine.start == at
                    and mine.kind != "question"
                    and (mine.speaker, mine.source) == (gold["spokesperson"], "Chinese foreign ministry")
                )
    pages = counts["pages"]
    print(f"mfa     titles {share(counts['titles'], pages)}, days {share(counts['days'], pages)}, ", end="")
    print(f"answers {share(counts['answer right'], counts['answer'])}, ", end="")
    print(f"questions taken for answers {share(counts['question taken for an answer'], counts['question'])}")


def feeds(samples: Path) -> None:
    counts: Counter[str] = Counter()
    for gold in lines(samples / "feeds" / "expected.jsonl"):
        found = articles(samples / "feeds" / gold["file"])
        counts["feeds"] += 1
        counts["same items"] += len(found) == gold["entries"]
        for entry, article in zip(gold["first"], found, strict=False):
            counts["items"] += 1
            counts["titles"] += plain(entry["title"]) == plain(article.title)
            counts["links"] += (entry["link"] or None) == article.url
            stated, mine = entry["published"], article.published
            same = mine is None if stated is None else bool(mine) and instant(mine) == instant(stated)
            counts["dates"] += same
    of = counts["items"]
    print(f"feeds   as many items {share(counts['same items'], counts['feeds'])}, of the first two: ", end="")
    print(", ".join(f"{name} {share(counts[name], of)}" for name in ("titles", "links", "dates")))


def instant(iso: str) -> datetime:
    moment = datetime.fromisoformat(iso)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def warc(samples: Path) -> None:
    for name in ("news-30.warc.gz", "news-30-damaged.warc.gz"):
        found = list(read([samples / "warc" / name]))
        damaged = [each for each in found if isinstance(each, Unreadable)]
        print(f"warc    {name}: {len(found) - len(damaged)} pages, {len(damaged)} records named as damaged")


def gdelt(samples: Path) -> None:
    for path in sorted([*(samples / "gkg").glob("*.[cz]*"), *(samples / "gqg").glob("*.gz")]):
        found = list(read([path]))
        broken = sum(isinstance(each, Unreadable) for each in found)
        print(f"gdelt   {path.name}: {len(found) - broken} articles, {broken} rows named as broken")


def speed(samples: Path) -> None:
    from trafilatura import extract_with_metadata

    pages = [gzip.decompress(path.read_bytes()) for path in sorted((samples / "html").glob("*.html.gz"))]

    def seconds(work: Any) -> float:
        start = time.process_time()
        for page in pages:
            work(page)
        return time.process_time() - start

    def ours(page: bytes) -> None:
        list(read(["-"], stdin=io.BytesIO(page)))

    def theirs(page: bytes) -> None:
        extract_with_metadata(page, include_comments=False)

    seconds(ours)
    mine = min(seconds(ours) for _ in range(3))
    other = min(seconds(theirs) for _ in range(3))
    print(
        f"speed   {len(pages) / mine:.1f} pages/s, trafilatura {len(pages) / other:.1f}: {other / mine:.2f}"
    )


PARTS = {"html": html, "mfa": mfa, "feeds": feeds, "warc": warc, "gdelt": gdelt, "speed": speed}

if __name__ == "__main__":
    if len(sys.argv) < 2 or not set(sys.argv[2:]) <= set(PARTS):
        sys.exit(__doc__)
    for part in sys.argv[2:] or PARTS:
        PARTS[part](Path(sys.argv[1]))
