import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import BASIS, THIS, articles, reaction

from reports.counting import statements
from reports.drivers import split, who_changed
from reports.edition import Piece
from reports.making import edition
from reports.quoting import LONGEST, choose, filled, ids, pieces, quote, where, who
from reports.recipe import Recipe
from tracker.model import Evidence, Span


def labels(tones):
    found = statements(articles("CHN", tones))
    return {label: s.reaction.tone for label, s in choose(found, sum(tones) / len(tones))}


def test_most_typical_is_nearest_the_mean_and_most_extreme_furthest_on_its_side():
    assert labels([-0.9, -0.3, -0.2, 0.95]) == {"Most typical": -0.2, "Most extreme": -0.9}
    assert labels([0.9, 0.3, 0.2, -0.95]) == {"Most typical": 0.2, "Most extreme": 0.9}


def test_one_statement_that_is_both_is_shown_once():
    assert labels([-0.4]) == {"The only statement": -0.4}
    assert labels([-0.4, -0.4]) == {"Most typical": -0.4}
    assert choose([], None) == []


def test_the_words_that_made_the_score_are_marked_with_their_weight():
    one = reaction(
        quote="It is not a threat, but a grave mistake",
        evidence=[("not", 0), ("threat", 0.9), ("grave", -1.6)],
    )
    assert pieces(one) == (
        Piece("It is "),
        Piece("not", "turn", 0),
        Piece(" a "),
        Piece("threat", "word", 0.9),
        Piece(", but a "),
        Piece("grave", "word", -1.6),
        Piece(" mistake"),
    )


def test_an_attribution_that_interrupts_is_told_apart():
    text = "Peace will hold, she said. We welcome it."
    one = reaction(
        quote=text, quote_spans=(Span(100, 115), Span(127, 141)), evidence=[("Peace", 2.5), ("welcome", 2.0)]
    )
    assert [(p.text, p.kind) for p in pieces(one)] == [
        ("Peace", "word"),
        (" will hold", "words"),
        (", she said. ", "aside"),
        ("We ", "words"),
        ("welcome", "word"),
        (" it.", "words"),
    ]


def test_marks_outside_the_quotation_or_on_each_other_are_left_out():
    one = dataclasses.replace(
        reaction(quote="A grave mistake"),
        evidence=(
            Evidence("x", 0, 5, 1.0),
            Evidence("grave", 102, 107, -2.0),
            Evidence("rave", 103, 107, -1.0),
        ),
    )
    assert [p.text for p in pieces(one) if p.kind == "word"] == ["grave"]


@given(
    st.text(min_size=1, max_size=900), st.lists(st.tuples(st.integers(0, 900), st.integers(1, 9)), max_size=6)
)
def test_any_quotation_can_be_cut_and_marked(text, marks):
    one = dataclasses.replace(
        reaction(quote=text),
        evidence=tuple(Evidence("", 100 + a, 100 + a + n, 1.0) for a, n in marks),
    )
    assert sum(len(p.text) for p in pieces(one)) <= LONGEST + 10


def test_long_quotations_are_cut_and_say_so():
    shown = "".join(p.text for p in pieces(reaction(quote="word " * 400)))
    assert shown.endswith("…")
    assert len(shown) <= LONGEST + 2


def test_who_spoke_as_far_as_it_is_known():
    known = {"speaker": "Lin Qiao", "role": "spokesperson", "source": "Chinese foreign ministry"}
    assert who(reaction(**known)) == "Lin Qiao, spokesperson, Chinese foreign ministry"
    assert who(reaction(**{**known, "speaker": None})) == "Spokesperson, Chinese foreign ministry"
    assert who(reaction(**{**known, "role": "Chinese foreign ministry spokesperson"})) == (
        "Lin Qiao, Chinese foreign ministry spokesperson"
    )
    assert who(reaction(source=None, mention="the ministry")) == "The ministry"
    assert where(reaction(via="Xinhua")) == "Nikkei, via Xinhua"
    assert where(reaction(outlet=None)) == "outlet not known"


@pytest.mark.parametrize(
    ("kind", "after", "close", "rest"),
    [
        ("direct", ",” Luo said.", ",”", "Luo said."),
        ("direct", "’, she told the BBC.", "”,", "she told the BBC."),
        ("direct", '." Nobody objected.', ".”", "Nobody objected."),
        ("direct", "Nobody objected.", "”", "Nobody objected."),
        ("direct", "’tis said.", "”", "’tis said."),
        ("direct", "", "”", ""),
        ("indirect", ". In Seoul, nobody objected.", ".", "In Seoul, nobody objected."),
        ("indirect", ", said the colonel.", ",", "said the colonel."),
        ("indirect", "“You are late,” he said.", "", "“You are late,” he said."),
        ("indirect", ".5 billion more", "", ".5 billion more"),
    ],
)
def test_what_closes_the_words_stands_right_after_them(kind, after, close, rest):
    made = quote(statements([reaction(kind=kind, after=after)])[0], "x")
    assert (made.close, made.after) == (close, rest)


def test_an_opening_mark_before_the_words_is_not_shown_twice():
    made = quote(statements([reaction(before="The minister said: “")])[0], "x")
    assert made.before == "The minister said:"


def test_words_cut_short_are_closed_by_the_ellipsis():
    made = quote(statements([reaction(quote="more " * 200, after=". It rained.")])[0], "x")
    assert made.pieces[-1].text.endswith("…")
    assert (made.close, made.after) == ("”", "It rained.")


def test_only_direct_quotations_are_verbatim():
    assert quote(statements([reaction()])[0], "x").verbatim
    assert not quote(statements([reaction(kind="indirect")])[0], "x").verbatim


def said(speaker, tones, week):
    return [
        reaction(
            tone=t,
            week=week,
            article=f"{speaker}{week}{i}",
            quote=f"{speaker} words {week} {i}",
            speaker=speaker,
        )
        for i, t in enumerate(tones)
    ]


def cell(found, week):
    return [s for s in statements(found) if s.week == week]


def test_drivers_split_a_change_into_tone_and_mix():
    last = THIS.back(1)
    before = cell(said("Lin", [0.2, 0.4], last) + said("Wu", [0.5, 0.5], last), last)
    after = cell(said("Lin", [-0.2, 0.0], THIS) + said("Hu", [-0.8, -0.8], THIS), THIS)
    found = split(before, after)
    assert found.same + found.mix == pytest.approx(-0.45 - 0.4)
    assert found.same == pytest.approx(0.5 * -0.4)
    assert [name for name, _ in found.came] == ["Hu"]
    assert [name for name, _ in found.left] == ["Wu"]
    assert who_changed(found) == "Hu came; Wu left"


def test_the_same_speakers_alone_leave_no_mix():
    last = THIS.back(1)
    found = split(cell(said("Lin", [0.2], last), last), cell(said("Lin", [0.6], THIS), THIS))
    assert (found.same, found.mix) == (pytest.approx(0.4), pytest.approx(0))
    assert who_changed(found) == "no one to speak of"
    assert split([], cell(said("Lin", [0.6], THIS), THIS)) is None


@given(
    st.lists(st.tuples(st.sampled_from("ABCDE"), st.floats(-1, 1)), min_size=1, max_size=12),
    st.lists(st.tuples(st.sampled_from("ABCDE"), st.floats(-1, 1)), min_size=1, max_size=12),
)
def test_the_parts_always_add_up(before, after):
    sides = []
    for week, told in ((THIS.back(1), before), (THIS, after)):
        made = [
            reaction(
                tone=t, week=week, article=f"{i // 2}", quote=f"Words {i} {week}", speaker=s, evidence=[]
            )
            for i, (s, t) in enumerate(told)
        ]
        sides.append(cell(made, week))
    from reports.counting import point

    found = split(*sides)
    change = point(THIS, sides[1]).mean - point(THIS, sides[0]).mean
    assert found.same + found.mix == pytest.approx(change, abs=1e-9)


def test_an_edition_of_brief_reactions_is_filled_to_be_that_of_whole_ones():
    whole = [
        dataclasses.replace(
            r,
            before="Asked about it, she spoke.",
            after="She left.",
            role="minister",
            via="TASS",
            url="https://example.org/a",
        )
        for r in [*articles("CHN", [-0.9, -0.3]), *articles("JPN", [0.4, 0.2])]
    ]
    told = Recipe("report", THIS, 12, "official")
    some = (Evidence("", 0, 0, 0.0),)
    lacking = {"before": "", "after": "", "role": None, "via": None, "url": None}
    brief = [dataclasses.replace(r, evidence=r.evidence and some, **lacking) for r in whole]
    wanted = edition(told, whole, names=str, basis=BASIS)
    made = edition(told, brief, names=str, basis=BASIS)
    assert made != wanted
    assert set(ids(made)) <= {r.id for r in whole}
    assert filled(made, [r for r in whole if r.id in ids(made)]) == wanted == filled(wanted, whole)
    assert filled(made, []) == made
