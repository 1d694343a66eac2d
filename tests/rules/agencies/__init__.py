"""Rules about agencies and about what is heard of cards, in the engine."""
