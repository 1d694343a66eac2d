import sys
from pathlib import Path
from types import FrameType

import pytest

import rules
from benchmarks.parts import ASKING, FILES, FUNCTIONS, parts
from benchmarks.sampling import OTHER, Samples, sampled
from rules.engine.engine import Engine
from tests.benchmarks.small import calm_city, law


def here(frame: FrameType) -> str | None:
    return {"outer": "outer", "inner": "inner"}.get(frame.f_code.co_name)


def outer(samples: Samples) -> None:
    inner(samples)


def inner(samples: Samples) -> None:
    samples.sample(0, sys._getframe())


class TestSamples:
    def test_a_sample_counts_for_the_innermost_part(self) -> None:
        samples = Samples(here)

        outer(samples)

        assert samples.counts == {"inner": 1}

    def test_a_part_that_counts_whole_takes_what_it_calls(self) -> None:
        samples = Samples(here, frozenset({"outer"}))

        outer(samples)

        assert samples.counts == {"outer": 1}

    def test_what_is_of_no_part_is_other(self) -> None:
        samples = Samples(lambda _: None)

        outer(samples)
        inner(samples)

        assert samples.shares() == {OTHER: 1.0}

    def test_a_busy_loop_is_sampled_and_the_timer_stops(self) -> None:
        samples = Samples(lambda frame: frame.f_code.co_name if frame.f_code.co_name == "busy" else None)

        def busy() -> int:
            return sum(number * number for number in range(1_500_000))

        with sampled(samples):
            busy()
        seen = samples.total
        busy()

        assert samples.total == seen > 0
        assert samples.counts["busy"] == seen


class TestTheMapOfTheCore:
    def test_every_file_it_names_is_there(self) -> None:
        root = Path(rules.__file__).parent

        assert [] == [name for name in FILES if not (root / name).is_file()]

    def test_every_function_it_names_is_one_of_the_engine(self) -> None:
        assert [] == [name for name in FUNCTIONS if not hasattr(Engine, name)]


@pytest.mark.slow
def test_the_parts_add_up_to_the_whole() -> None:
    total, *rest = parts(law(), calm_city())

    listed = [figure for figure in rest if figure.part == total.part]
    assert ASKING in {figure.what for figure in listed}
    assert abs(sum(figure.value for figure in listed) - total.value) < 1e-6 * total.value
