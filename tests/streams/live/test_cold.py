from hypothesis import given
from hypothesis import strategies as st

from rules.verdicts import NEVER
from streams.live.cold import Cold
from streams.live.state import Head, docket_value

KEYS = st.sampled_from("abcdefgh")
REVIEWS = st.integers(0, 100) | st.just(NEVER)
DEEDS = st.lists(st.tuples(st.sampled_from(["put", "take", "due"]), KEYS, REVIEWS), max_size=60)


def docket(review: int, packed: bytes = b"") -> bytes:
    return docket_value(packed, Head(review, 7, waiting=False))


@given(DEEDS)
def test_what_is_due_is_what_was_put_last_and_not_taken(deeds: list[tuple[str, str, int]]) -> None:
    cold = Cold()
    known: dict[str, int] = {}
    looked: set[str] = set()

    for deed, key, review in deeds:
        match deed:
            case "put":
                cold.put(key, docket(review))
                known[key] = review
                looked.discard(key)
            case "take":
                kept = known.pop(key, None)
                assert (None if kept is None else docket(kept)) == cold.take(key)
            case _ if review < NEVER:
                due = [one for one, at in known.items() if at <= review and one not in looked]
                assert sorted(due, key=lambda one: (known[one], one)) == cold.due(review)
                looked |= set(due)
        assert cold.next_due() == min((at for one, at in known.items() if one not in looked), default=NEVER)
        assert cold.first <= cold.next_due()
        assert known.keys() == {one.key for one in cold}
        assert len(known) == len(cold)
