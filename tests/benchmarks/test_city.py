from collections import Counter

from benchmarks.city import City, city, of_every, of_no_case, out_of_order
from rules.engine.engine import file_event
from rules.events.decode import Unplaceable, decode
from streams.sources.item import case_of
from tests.benchmarks.small import calm_city, disordered, law, ordered


def cases_in(lines: list[bytes]) -> Counter[str | None]:
    return Counter(case_of(line) for line in lines)


def test_a_city_is_about_as_large_as_asked() -> None:
    found = len(city(law(), 20_000, calm=True, cases_a_round=2_000).lines)

    assert 0.5 < found / 20_000 < 2


def test_the_same_city_comes_out_twice() -> None:
    one, other = (city(law(), 2_000, calm=True, cases_a_round=400) for _ in range(2))

    assert one == other


class TestOrder:
    def test_in_order_every_readable_line_stands_at_its_place(self) -> None:
        places = []
        for line in ordered():
            try:
                places.append(file_event(law(), decode(line)).key)
            except Unplaceable:
                continue

        assert places == sorted(places)

    def test_in_order_no_line_is_lost_or_added(self) -> None:
        assert Counter(ordered()) == Counter(calm_city().lines)

    def test_out_of_order_no_line_is_lost(self) -> None:
        assert set(disordered()) == set(calm_city().lines)

    def test_out_of_order_some_lines_come_twice(self) -> None:
        twice = [line for line, times in Counter(disordered()).items() if times == 2]

        assert twice
        assert max(Counter(disordered()).values()) <= 2 * max(Counter(calm_city().lines).values())

    def test_out_of_order_is_not_in_order(self) -> None:
        once = list(dict.fromkeys(disordered()))

        assert once != list(dict.fromkeys(ordered()))

    def test_another_seed_is_another_disorder(self) -> None:
        assert out_of_order(law(), calm_city().lines, seed=7) != disordered()


class TestPartsOfACity:
    def test_a_case_is_taken_whole_or_not_at_all(self) -> None:
        whole = cases_in(calm_city().lines)

        part = cases_in(of_every(calm_city(), 3).lines)

        assert all(whole[case] == lines for case, lines in part.items())
        assert 3 * (len(part) - 1) - 2 <= len(whole) - 1 <= 3 * (len(part) - 1)

    def test_every_single_case_is_the_whole(self) -> None:
        assert of_every(calm_city(), 1) == calm_city()

    def test_the_words_of_sources_belong_to_no_case(self) -> None:
        city = City([b'{"event_type":"source.heartbeat"}', b'{"case_id":"A"}'], 0, frozenset())

        assert of_no_case(city.lines) == [b'{"event_type":"source.heartbeat"}']
