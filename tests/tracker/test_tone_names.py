"""Which words belong to a name: runs of capitalised words, and what a sentence's first word is."""

import pytest

from tracker.tone.names import capitalised_names


@pytest.mark.parametrize(
    ("sentence", "named"),
    [
        ("the ship left Hope Hicks behind", "Hope Hicks"),
        ("the ship left Hope behind", ""),
        ("the ship of the Ministry of Peace left", "Ministry of Peace"),
        ("the ship of the Fund for Peace left", "Fund for Peace"),
        ("the ship of Peace and Trust left", "Peace and Trust"),
        ("the ship of Peace & Trust left", "Peace & Trust"),
        ("the ship of Casa de Pace left", "Casa de Pace"),
        ("the ship of Peace or Trust left", ""),
        ("the ship of Peace of great Trust left", ""),
        ("the ship of Peace of", ""),
        ("the ship of Peace of the", ""),
        ("the ship of Peace and the Pax left", ""),
        # A mark ends a name.
        ("the ship of Peace, Trust left it", ""),
        ("the ship of Peace; Trust left it", ""),
        ("the ship of Peace: Trust left it", ""),
        ("the ship of Peace! Trust left it", ""),
        ("the ship of Peace? Trust left it", ""),
        ("the ship of Peace) Trust left it", ""),
        ("the ship of Peace] Trust left it", ""),
        ("the ship of Peace} Trust left it", ""),
        ('the ship of Peace" Trust left it', ""),
        ("the ship of Peace. Trust left it", "Peace. Trust"),
        ("the ship of Hope Peace, and of Trust Pax left", "Hope Peace, Trust Pax"),
        # The first word may only open the sentence.
        ("Peace Now left the harbour in haste", ""),
        ("Peace Now Movement left the harbour in haste", "Peace Now Movement"),
        ("Supreme Leader left the harbour in haste", "Supreme Leader"),
        ("Supreme Leader's ship left the harbour in haste", "Supreme Leader's"),
        ('he left and "Peace Now left" the harbour', ""),
        ("he left and 'Peace Now left' the harbour", ""),
        ("he left and (Peace Now left) the harbour", ""),
        ("he left and [Peace Now left] the harbour", ""),
        ("he left and (Supreme Court left) the harbour", "(Supreme Court"),
        ("he left and {Peace Now left} the harbour", ""),
        # A mark before a capital, and none.
        ('"Peace', ""),
        ('the 3Peace Treaty of "3 Men left the harbour', ""),
        ("the ship ' Peace left the harbour", ""),
        # A headline, in which most words have a capital.
        ("China Condemns Security Council Vote", "Security Council"),
        ("China Condemns Security, Council Vote", ""),
        ("Council Condemns Security Vote", ""),
        ("China Condemns the Council Vote Today", ""),
        ("China Condemns Peace Trust and War of it", "Peace Trust"),
        ("", ""),
    ],
)
def test_the_words_of_names(sentence: str, named: str) -> None:
    tokens = sentence.split()
    masked = capitalised_names(tokens)
    assert len(masked) == len(tokens)
    assert " ".join(token for token, mask in zip(tokens, masked, strict=True) if mask) == named
