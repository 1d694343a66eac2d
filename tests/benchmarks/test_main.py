import json

import pytest

from benchmarks.__main__ import PARTS, main


def test_a_part_asked_for_is_measured_alone(capsys: pytest.CaptureFixture[str]) -> None:
    main(["--only", "deadlines", "--events", "1,000", "--passes", "1", "--json"])

    rows = json.loads(capsys.readouterr().out)
    assert {row["part"] for row in rows} == {"Working-day deadlines"}


def test_what_is_left_out_is_not_measured(capsys: pytest.CaptureFixture[str]) -> None:
    left_out = [word for name in PARTS if name != "deadlines" for word in ("--without", name)]

    main([*left_out, "--events", "1000", "--passes", "1"])

    out = capsys.readouterr()
    assert out.out.startswith("Working-day deadlines\n")
    assert out.err == "measuring deadlines ...\n"


@pytest.mark.parametrize("size", ["0", "-5", "many"])
def test_a_size_below_one_is_refused(size: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--events", size])

    assert "--events" in capsys.readouterr().err
