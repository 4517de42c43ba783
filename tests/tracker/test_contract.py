"""The output records: what goes out comes back, and breaks of the contract are named."""

import json
import re
from dataclasses import fields
from pathlib import Path
from typing import get_args, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.article import Article, Extent, Flag, Part, PartKind, Turn, TurnKind
from tracker.contract import (
    ARTICLE,
    DOCUMENTS,
    FIELDS,
    REACTION,
    SCORE,
    article_record,
    check,
    columns,
    line,
    reaction_record,
    schema,
    score_record,
    to_article,
    to_reaction,
    to_score,
)
from tracker.model import Evidence, Reaction, Score, Span
from tracker.partitions import Made
from tracker.store.auditing import JUDGED
from tracker.store.corrections import CORRECTABLE
from tracker.versions import Versions

PUBLISHED = Path(__file__).parents[2] / "docs" / "contract.schema.json"
# The fields and their order as other programs know them.
PROMISED = """
    id article outlet published url quote quote_start quote_end quote_spans kind manner cue cue_start cue_end
    mention mention_start mention_end speaker role source source_id source_kind voice country via tone vader
    stance evidence
""".split()
TEXTS = {"cue", "mention", "speaker", "role", "source", "source_id", "source_kind", "country", "via"} | {
    "outlet", "published", "url", "title", "outlet_id", "outlet_country", "language", "antecedent",
}  # fmt: skip


def no_pairs(text: str) -> bool:
    """Two surrogates that make a pair are one character in JSON; no reader gives them apart."""
    return text == text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")


text = st.text(st.characters(), max_size=12).filter(no_pairs)
offset = st.integers(0, 10**6)
tone = st.floats(-1, 1)
evidence = st.lists(st.builds(Evidence, text, offset, offset, st.floats(-4, 4)), max_size=3).map(tuple)
sounds = {
    "tone": tone,
    "vader": tone,
    "stance": st.sampled_from([-1, 0, 1, None]),
    "evidence": evidence,
    "target": st.none() | text,
    "rung": st.none() | st.integers(0, 7),
}
maybe = {name: st.none() | text for name in sorted(TEXTS)}
offsets = {name: st.none() | offset for name in ("cue_start", "cue_end", "mention_start", "mention_end")}
reactions = st.builds(
    Reaction,
    **sounds,
    **maybe,
    **offsets,
    id=text,
    article=text,
    quote=text,
    quote_start=offset,
    quote_end=offset,
    quote_spans=st.lists(st.builds(Span, offset, offset), min_size=1, max_size=3).map(tuple),
    before=text,
    after=text,
    copy_of=st.none() | text,
)
articles = st.builds(
    Article,
    id=text,
    text=text,
    title=st.none() | text,
    published=st.none() | text,
    outlet=st.none() | text,
    url=st.none() | text,
    language=st.none() | text,
    parts=st.lists(st.builds(Part, st.sampled_from(get_args(PartKind)), offset, offset), max_size=2).map(
        tuple
    ),
    turns=st.lists(
        st.builds(
            Turn,
            st.none() | text,
            st.sampled_from(get_args(TurnKind)),
            offset,
            offset,
            st.none() | text,
            st.none() | offset,
            st.none() | offset,
        ),
        max_size=2,
    ).map(tuple),
    origin=st.just(""),
    extent=st.sampled_from(get_args(Extent)),
    flags=st.lists(st.sampled_from(get_args(Flag)), max_size=2).map(tuple),
)
scores = st.builds(Score, **sounds)


@given(reactions)
def test_a_reaction_comes_back_from_its_line(reaction: Reaction) -> None:
    assert to_reaction(json.loads(line(reaction_record(reaction)))) == reaction


@given(articles)
def test_an_article_comes_back_from_its_line(article: Article) -> None:
    assert to_article(json.loads(line(article_record(article)))) == article


@given(text, scores)
def test_a_score_comes_back_from_its_line(id_: str, score: Score) -> None:
    assert to_score(json.loads(line(score_record(id_, score)))) == score


@given(reactions)
def test_a_line_is_one_line_of_utf8_that_no_terminal_obeys(reaction: Reaction) -> None:
    written = line(reaction_record(reaction))
    shown = written.decode("utf-8")
    assert shown.endswith("\n")
    assert not any(c < " " or "\x7f" <= c <= "\x9f" for c in shown[:-1])
    assert len(shown[:-1].splitlines()) == 1


def test_the_promised_fields_lead_in_their_order() -> None:
    assert [field.name for field in REACTION][: len(PROMISED)] == PROMISED
    assert [field.name for field in SCORE][:5] == ["id", "tone", "vader", "stance", "evidence"]
    assert {
        "article",
        "title",
        "published",
        "outlet",
        "outlet_country",
        "language",
        "url",
        "text",
        "turns",
    } <= {field.name for field in ARTICLE}


def test_every_field_of_a_reaction_leaves() -> None:
    assert {field.name for field in REACTION} == {field.name for field in fields(Reaction)}


def test_choices_are_those_of_the_model() -> None:
    hints = get_type_hints(Reaction)
    for field in REACTION:
        if "enum" in field.schema and field.name != "stance":
            known = {
                value
                for part in (hints[field.name], *get_args(hints[field.name]))
                for value in get_args(part)
            }
            assert {value for value in field.schema["enum"] if value is not None} <= known, field.name


def test_turns_are_of_transcripts_only() -> None:
    plain = Article(id="a", text="Words.")
    talk = Article(id="b", text="Q: Why?", turns=(Turn("Q", "question", 3, 7),))
    assert "turns" not in article_record(plain)
    assert article_record(talk)["turns"] == [
        {
            "speaker": "Q", "kind": "question", "start": 3, "end": 7,
            "source": None, "label_start": None, "label_end": None,
        }
    ]  # fmt: skip


def test_numbers_keep_every_digit() -> None:
    score = Score(tone=0.1 + 0.2 - 1, vader=-0.7269000000000001)
    assert to_score(json.loads(line(score_record("1", score)))) == score


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"tone": 1.5}, "score.tone must lie in -1 to 1, not 1.5"),
        ({"tone": float("nan")}, "score.tone must lie in -1 to 1, not nan"),
        ({"tone": None}, "score.tone must be number, not None"),
        ({"tone": True}, "score.tone must be number, not True"),
        ({"stance": 2}, "score.stance must be one of"),
        ({"evidence": [{"text": "war", "start": 0, "end": 3}]}, "score.evidence[0].valence is missing"),
        ({"evidence": {"text": "war"}}, "score.evidence must be array"),
        ({"id": 7}, "score.id must be string, not 7"),
    ],
)
def test_a_break_of_the_contract_names_its_field(change: dict[str, object], said: str) -> None:
    record = score_record("1", Score(0.0, 0.0))
    with pytest.raises(ValueError, match=re.escape(said)):
        check("score", record | change)


def test_a_missing_field_is_named() -> None:
    record = score_record("1", Score(0.0, 0.0))
    del record["vader"]
    with pytest.raises(ValueError, match=r"score\.vader is missing"):
        to_score(record)


def test_the_published_schema_is_this_one() -> None:
    assert json.loads(PUBLISHED.read_text(encoding="utf-8")) == schema(), (
        "docs/contract.schema.json is old: python -m tracker.contract > docs/contract.schema.json"
    )


def test_the_schema_has_every_record_and_document() -> None:
    made = schema()
    assert set(made["$defs"]) == set(FIELDS)
    assert [next(iter(set(d["properties"]) - {"schema"})) for d in made["anyOf"]] == list(DOCUMENTS)
    for name, fields_ in FIELDS.items():
        assert all(field.meaning for field in fields_)
        shown = columns(name) + ["explain"] * (name == "reaction")
        assert list(made["$defs"][name]["properties"]) == shown


def test_what_is_kept_in_other_words_is_in_the_schema() -> None:
    made = schema()["$defs"]
    changes = made["correction"]["properties"]["changes"]["properties"]
    assert set(changes) == {*CORRECTABLE, "drop", "undo"}
    assert set(made["mark"]["properties"]["judged"]["properties"]) == set(JUDGED)
    assert set(columns("partition")) == set(Made.__slots__)
    assert set(made["lake"]["properties"]["versions"]["properties"]) == {
        each.name for each in fields(Versions)
    }
    assert set(made["change"]["properties"]["changes"]["properties"]) == set(columns("reaction"))


def test_the_page_has_every_field_and_its_meaning() -> None:
    page = (PUBLISHED.parent / "contract.md").read_text(encoding="utf-8")
    for name, fields_ in FIELDS.items():
        rows = "\n".join(f"| {field.name} | {field.meaning} |" for field in fields_)
        assert rows in page, f"docs/contract.md: the table of '{name}' is old"
