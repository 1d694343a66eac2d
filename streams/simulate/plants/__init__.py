"""Plants (布设): violations with the cards they must raise, and near-misses that must stay quiet.

A plant takes a lawful case from the kit, bends it in one respect and puts it into the feed, with its answer into the
key. It returns False where the draw does not fit; then it is drawn again.

* ``kit``        the tools: a case of the right kind at the right time, the key, the feed
* ``where``      which matters a plant is about, by what they ask
* ``bend``       how a plan is bent: its end put off, left open, its acceptance put off
* ``promise`` ``statutory`` ``stages`` ``receipt`` ``pauses``   time
* ``steps`` ``handling``   order and completeness, who and when
* ``charges`` ``payments``   money
* ``data`` ``alerts``   records changed; cards answered or not, and adding up
* ``planting``   sets every plant as often as asked
"""
