"""What guessing the PIN of a copy costs is reckoned from the script's own rounds."""

from bench import pin


def test_rounds_are_those_of_the_script_and_more_rounds_cost_more() -> None:
    assert pin.rounds() >= 600_000
    assert pin.guesses_here(1000) > pin.guesses_here(100_000)


def test_times_are_said_in_plain_words() -> None:
    assert [pin.said(seconds) for seconds in (8.33, 67, 86_400, 3.2 * 31_557_600)] == [
        "8.3 seconds",
        "1.1 minutes",
        "1.0 days",
        "3.2 years",
    ]
