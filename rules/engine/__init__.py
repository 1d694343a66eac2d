"""The engine: events in, card transitions out. No clock, no I/O; it knows no rule by name but asks those registered.

* ``cards``     cards, their states and levels; transitions with their reasons
* ``docket``    the engine's record of one case (or agency): log, facts, verdicts, cards, next review
* ``standing``  which cards stand at an instant: a pure function of verdicts, late excuses, answers and law
* ``life``      what deliveries, answers and decisions make of a card
* ``excuses``   late exculpation: a card that was said is not cleared by what was reported after it
* ``compare``   what was said against what is true: transitions
* ``timers``    the index of next reviews
* ``tiers``     what makes an engine one of cases or one of agencies
* ``folding``   from a new event to changed facts
* ``choosing``  which rules are asked after a change of facts
* ``asking``    which rules are asked after a change, and when
* ``engine``    the engine itself: ``read`` a record, ``advance`` to an instant
* ``asof``      the same questions of any instant
"""
