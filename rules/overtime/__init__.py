"""Rules about time (时限监察): one rule a module, its examples beside it."""
