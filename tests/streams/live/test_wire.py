import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import DecodeError

from rules.engine.cards import Card, Ground, Move, State, Transition
from rules.events.decode import decode
from rules.events.instants import instant_of
from rules.events.words import Level
from rules.verdicts import NEVER, Breach, Rung
from streams.live.wire import TICK, event_value, tick_value, transition_of, transition_value

INSTANTS = st.integers(0, 4_000_000_000_000_000)
TEXTS = st.text(max_size=20)
LEVELS = st.sampled_from(Level)
FIGURES = st.one_of(
    TEXTS,
    st.none(),
    st.booleans(),
    st.integers(-(2**60), 2**60),
    st.dates(),
    st.decimals(allow_nan=False, allow_infinity=False),
)
BREACHES = st.builds(
    Breach,
    rungs=st.lists(st.builds(Rung, INSTANTS, LEVELS, INSTANTS), min_size=1, max_size=3).map(tuple),
    events=st.lists(TEXTS, max_size=3).map(tuple),
    figures=st.lists(FIGURES, max_size=5).map(tuple),
    ended=INSTANTS | st.just(NEVER),
    missing=TEXTS,
    org=TEXTS | st.none(),
)
CARDS = st.builds(
    Card,
    card_id=TEXTS,
    rule_id=TEXTS,
    rule_version=st.integers(1, 99),
    scope=TEXTS,
    subject=TEXTS,
    level=LEVELS,
    peak=LEVELS,
    state=st.sampled_from(State),
    condition_at=INSTANTS,
    known_at=INSTANTS,
    finding=BREACHES,
    digest=TEXTS,
    grounds=st.lists(st.builds(Ground, TEXTS, LEVELS, INSTANTS, TEXTS), max_size=2).map(tuple),
    merged_into=TEXTS,
    ended=INSTANTS | st.just(NEVER),
    org_code=TEXTS | st.none(),
    task_code=TEXTS | st.none(),
    region_code=TEXTS | st.none(),
    profile=TEXTS,
    seq=st.integers(1, 1000),
    contested=BREACHES | st.none(),
    verified=st.booleans(),
)


@st.composite
def transitions(draw: st.DrawFn) -> Transition:
    """Return a transition; a card and what changed it were known at one time."""
    card = draw(CARDS)
    return Transition(
        card=card,
        move=draw(st.sampled_from(Move)),
        level_before=draw(LEVELS | st.none()),
        state_before=draw(st.sampled_from(State) | st.none()),
        known_at=card.known_at,
        cause=draw(TEXTS),
        reason=draw(TEXTS),
    )


@given(transitions())
def test_a_transition_comes_back_as_it_was(transition: Transition) -> None:
    value = transition_value(transition)

    assert transition == transition_of(value)
    assert value == transition_value(transition_of(value))


@pytest.mark.parametrize("value", [b"", b"{}", b"\xff", b'{"id":1}'])
def test_what_is_no_transition_is_refused(value: bytes) -> None:
    with pytest.raises(DecodeError):
        transition_of(value)


@given(st.integers(instant_of("2000-01-01T00:00:00+08:00"), instant_of("2099-01-01T00:00:00+08:00")))
def test_a_tick_is_told_from_other_records_by_how_it_begins_and_reads_as_an_event(instant: int) -> None:
    value = tick_value(instant)

    assert value.startswith(TICK)
    assert value == event_value(decode(value))
    assert instant == instant_of(str(decode(value).occurred_at))
