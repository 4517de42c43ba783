"""The same difference where something else is held equal."""

from dataclasses import replace

from invented import BASIS, THIS, articles, names

from reports.comparison import comparison
from reports.counting import statements
from reports.like_with_like import contrasts

COLD = articles("CHN", [-0.5, -0.4, -0.6, -0.5, -0.4, 0.5, 0.6])
WARM = articles("JPN", [0.3, 0.4, 0.3, 0.5, 0.4, 0.9])


def on(*groups):
    return tuple(r.id for group in groups for r in group)


def selection(label, topics):
    found = contrasts(statements(COLD), statements(WARM), topics)
    return next((c for c in found if c.label == label), None)


def test_topics_are_held_equal_by_those_of_which_both_speak():
    both = ("Shield", on(COLD[:5], WARM[:5]))
    one_side = ("Trade", on(COLD[5:]))
    found = selection("Same topics only", [both, one_side])
    assert (found.first_articles, found.second_articles) == (5, 5)
    assert round(found.difference.value, 2) == 0.86
    assert found.difference.value > selection("All statements", [both]).difference.value


def test_of_a_topic_on_which_one_side_is_silent_nothing_is_compared():
    found = selection("Same topics only", [("Trade", on(COLD[5:]))])
    assert (found.first_articles, found.second_articles, found.difference) == (0, 0, None)


def test_without_a_topic_that_is_followed_there_is_no_such_selection():
    assert selection("Same topics only", []) is None


def test_a_comparison_shows_it_beside_the_others():
    told = replace(BASIS, topics=(("Shield", on(COLD[:5], WARM[:5])),))
    edition = comparison([*COLD, *WARM], ["CHN", "JPN"], THIS, names=names, basis=told, weeks=2)
    figure = next(f for f in edition.figures if f.name == "contrasts")
    rows = {row[0]: dict(zip(figure.columns, row, strict=True)) for row in figure.data}
    assert rows["Same topics only"]["CHN_articles"] == 5
    assert round(rows["Same topics only"]["difference"], 2) == 0.86
