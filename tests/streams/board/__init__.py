"""The board: what it answers, what it shows, and to whom."""
