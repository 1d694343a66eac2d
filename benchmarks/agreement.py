"""How right a contender is: precision and recall of its findings against the key of the simulated city."""

from collections import Counter
from typing import NamedTuple

from benchmarks.contender import Finding


class Agreement(NamedTuple):
    """Findings that are in the key and that are not; lines of the key that were found and that are lacking.

    ``wrong`` names the rules of which there are too many or too few, the worst first.
    """

    right: int
    surplus: int
    hit: int
    lacking: int
    wrong: tuple[str, ...] = ()

    @property
    def listed(self) -> int:
        """Return how many the key lists."""
        return self.hit + self.lacking

    @property
    def precision(self) -> float:
        """Return the share of findings that are right; 1 where there are none."""
        return self.right / (self.right + self.surplus) if self.right + self.surplus else 1.0

    @property
    def recall(self) -> float:
        """Return the share of the key that was found; 1 where it lists nothing."""
        return self.hit / self.listed if self.listed else 1.0


def agreement(
    found: frozenset[Finding],
    key: frozenset[Finding],
    rules: frozenset[str],
    grounds: frozenset[Finding] = frozenset(),
) -> Agreement:
    """Return how findings agree with the key, of these rules.

    ``grounds`` are findings another card speaks for: they answer a line of the key, and never count as too many.
    """
    mine = {one for one in found if one[0] in rules}
    listed = {one for one in key if one[0] in rules}
    lacking = listed - mine - grounds
    surplus = mine - listed
    wrong = Counter(one[0] for one in surplus | lacking)
    names = tuple(name for name, _ in sorted(wrong.items(), key=lambda one: (-one[1], one[0])))
    return Agreement(len(mine & listed), len(surplus), len(listed) - len(lacking), len(lacking), names)
