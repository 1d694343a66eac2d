"""How right a contender is: precision and recall of its findings against the key of the simulated city."""

from typing import NamedTuple

from benchmarks.contender import Finding


class Agreement(NamedTuple):
    """Findings that are right, too many, and too few."""

    right: int
    surplus: int
    lacking: int

    @property
    def precision(self) -> float:
        """Return the share of findings that are right; 1 where there are none."""
        return self.right / (self.right + self.surplus) if self.right + self.surplus else 1.0

    @property
    def recall(self) -> float:
        """Return the share of the key that was found; 1 where it lists nothing."""
        return self.right / (self.right + self.lacking) if self.right + self.lacking else 1.0


def agreement(found: frozenset[Finding], key: frozenset[Finding], rules: frozenset[str]) -> Agreement:
    """Return how findings agree with the key, of these rules."""
    mine = {one for one in found if one[0] in rules}
    listed = {one for one in key if one[0] in rules}
    return Agreement(len(mine & listed), len(mine - listed), len(listed - mine))
