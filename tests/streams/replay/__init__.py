"""The replay of a log, on a small village and its log."""
