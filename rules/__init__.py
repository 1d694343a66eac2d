"""The pure core: what a case is, what the law asks of it, and which card follows.

Here live events, cases, the working calendar, clocks, the rules with their declarations, cards and the engine
that compares what is true with what was said.
Nothing here reads a file, a clock, the environment or a log: the instant is an argument, and what the law says is
handed in as data. The one exception is `rules.catalog`, the only reader of the YAML that holds law as dated,
cited entries.
"""
