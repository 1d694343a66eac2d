"""The catalogue (目录): law as dated, cited YAML, and the only code of `rules` that reads it."""
