"""On a slow phone and line: something at once, nothing that jumps, few bytes."""

from tests.browser.figures import measure


def test_on_a_slow_phone_something_useful_is_there_and_nothing_jumps(browser, app):
    seen, moved = measure(browser, app + "/?lang=en&at=1650&need=food")
    assert seen.paint < 3_000  # name, emergency numbers, a sentence, what loads
    assert seen.shift < 0.05, moved
    assert seen.kilobytes < 1_100
