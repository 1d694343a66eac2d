"""Rules about charges: what a standard allows, and that asking piece by piece is asking afresh."""
