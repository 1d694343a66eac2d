"""What it costs, beside peers, as ratios of one run (基准). ``make bench`` runs ``python -m benchmarks``.

Costs are CPU time; on a shared machine a ratio of two figures of one run says more than either figure.
Start at ``__main__``; a module a measurement, each a function that returns figures:

* ``whole``      the core over a simulated city, all rules and three of them, and the longest pause of the collector
* ``parts``      where that time goes, part by part, by sampling
* ``rivals``     the three rules by the core, by a plain fold and by a rule engine, and how right each is
* ``scaling``    ten times the cases; two hundred events in one case
* ``size``       an open case as bytes, and back
* ``deadlines``  working-day deadlines
* ``archive``    the replay into the store, by the command itself, and what its processes cost

What they stand on:

* ``city``       the simulated feed, its key, the same events in order and out of order
* ``contender``  what is compared: takes lines, answers with findings; the core as one
* ``plain`` ``engine_peer``   the other two, on the law that ``terms`` looks up for both
* ``timing``     chunks of a feed, each by the best of several passes
* ``sampling``   which part of the code a CPU-second was spent in
* ``figures``    a figure with its aim; a table or JSON of them
"""
