"""Plants (布设): violations with the cards they must raise, and near-misses that must stay quiet.

A plant takes a lawful case from the kit, bends it in one respect and puts it into the feed, with its answer into the
key. A draw that does not fit is refused (`Misfit`) and drawn again.

* ``kit``       the tools: a case of the right kind at the right time, the key, the feed
* ``where``     which matters a plant is about, by what they ask
* ``bend``      how a plan is bent: its end put off, left open, its acceptance put off
* ``bills``     cases that may be charged, and for what
* ``planting``  sets every plant as often as asked

Time: ``promise`` ``warning`` ``statutory`` ``stages`` ``receipt`` ``suspensions`` ``extensions`` ``horizon``.
Flow: ``completeness`` ``order`` ``handling`` ``backfill``. Money: ``charges`` ``tariffs`` ``payments`` ``treasury``.
Records and cards: ``tampering`` ``alerts``.
"""
