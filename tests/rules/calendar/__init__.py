"""The tests of `rules.calendar`; `national` loads the nation's calendar for them."""
