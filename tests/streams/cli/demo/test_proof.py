import io
from fractions import Fraction

import pytest
from rich.console import Console

from rules.events.words import Level
from streams.cli.agreement import Agreement, Claim, Wanted, agreement
from streams.cli.demo.asked import Asked
from streams.cli.demo.proof import show_proof
from streams.verify import Difference, Fault, Verification

SAME = agreement([Claim("SK_STEP_JUMP", "C1", "", Level.RED)], [Wanted("SK_STEP_JUMP", "C1", "")], complete=True)
MORE = agreement([Claim("SK_STEP_JUMP", "C1", "", Level.RED)], [], complete=True)
HOLDS = Verification("live", "e", 1, 1, 1, ())
DIFFERS = Verification("live", "e", 1, 1, 1, (Difference(Fault.CARD, "x", "1", "2"),))


@pytest.mark.parametrize(
    ("found", "verified", "scaled", "proven"),
    [
        (SAME, HOLDS, False, True),
        (MORE, HOLDS, False, False),
        (SAME, DIFFERS, False, False),
        (MORE, HOLDS, True, True),
        (MORE, DIFFERS, True, False),
    ],
)
def test_the_key_and_the_verification_prove_but_with_a_scaled_clock_the_verification_alone(
    found: Agreement, verified: Verification, scaled: bool, proven: bool
) -> None:
    file = io.StringIO()

    held = show_proof(Console(file=file, width=200), found, verified, Asked(1, 1, 1, Fraction(1), scaled=scaled))

    assert proven == held
    assert (scaled and not found.holds) == ("一毫秒合模拟的 1.4 分钟" in file.getvalue())
