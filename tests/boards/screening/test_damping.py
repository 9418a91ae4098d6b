"""What makes words harmless works only where it stands: it lifts nothing in another sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boards.screening import screen

HARMLESS = [
    "I am dying for a cup of tea.",
    "This heat is killing me!",
    "I am not going to kill myself.",
    "Years ago I wanted to die.",
    'The song goes "goodbye my lover" and I cried.',
    "I killed the dragon on level nine of the game.",
    "I took my tablets with breakfast as usual.",
    "Lovely group today, see you all on Thursday.",
    "My gran died last spring and we scattered her ashes.",
    "I laughed so much I nearly died.",
    "I cut my finger chopping onions.",
]
THREATS = [
    "I am going to kill myself tonight.",
    "I want to die and I will do it.",
    "I'm going to stab him.",
    "I have taken all my tablets.",
    "Goodbye everyone, I won't be here tomorrow.",
]


@pytest.mark.parametrize("said", HARMLESS)
def test_harmless_words_are_not_held(said):
    assert screen(said) == ()


@pytest.mark.parametrize("said", THREATS)
@pytest.mark.parametrize("beside", HARMLESS)
def test_a_harmless_sentence_lifts_no_threat_beside_it(said, beside):
    assert screen(f"{beside} {said}")
    assert screen(f"{said} {beside}")
    assert screen(f"{beside}\n{said}\n{beside}")


@given(st.lists(st.sampled_from(HARMLESS), max_size=30), st.sampled_from(THREATS), st.integers(0, 30))
def test_a_threat_anywhere_in_a_long_post_is_held(around, said, place):
    text = [*around[:place], said, *around[place:]]

    assert screen(" ".join(text))


@pytest.mark.parametrize(
    "said",
    [
        "Not going to lie, I want to die",
        "don't tell anyone but I'm going to kill myself",
        "I can't stop thinking about killing myself",
        "I have no reason not to kill myself",
        "why shouldn't I kill myself",
        "nobody can stop me killing myself",
        "I won't kill myself until Friday",
        "I used to want to die and now I want to again",
        "I'm dying for a cuppa, then I'm going to kill myself",
        'I told her "I\'m going to kill myself tonight" and she hung up',
        "haha lol I'm going to kill myself tonight",
        "I am not sad, I am going to kill myself",
    ],
)
def test_what_only_looks_like_damping_damps_nothing(said):
    assert screen(said)


@pytest.mark.parametrize(
    "said",
    [
        "I am not going to kill myself",
        "I would never hurt him",
        "I don't want to die",
        "I have no plans to end my life",
        "When I was fifteen I wanted to die, now I am glad I am here",
        'The villain says "I will kill you" in the film',
    ],
)
def test_denied_past_and_quoted_words_are_not_held(said):
    assert screen(said) == ()
