"""Agencies (部门): the facts of the second tier, folded from the cards of the first and from what sources report.

Second-tier verdicts are functions of the *set* of first-tier cards, never of their arrival (``semantics.md`` §6): the
folds here commute, so nothing is ever folded again.

* ``agency``  the facts of an agency
* ``fold``    card moved, day reported, heartbeat, word about a card of the agency itself
* ``tier``    the second tier for the engine

For rules: ``agency.cards`` maps card id to its latest ``CardMoved``. ``agency.months`` maps ``task_code#yyyymm`` (the
month of ``condition_at``, local) to the ids of the verified cards in it, so ES_YELLOW_TO_RED looks at one month when
``touched`` is such a key. ``agency.days`` is the sorted list of instants at which the agency's systems were heard of:
the first record of each local date, and every heartbeat; ``agency.heard`` the ids of those records; ``touched`` is then
``@`` and the instant.
"""
