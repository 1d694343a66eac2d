"""The simulator (模拟): a city's event log, and the answer key of what was planted in it.

``simulate`` gives the feed line by line, ``write_city`` writes it with its key. Everything follows from one seed; what
a matter asks is read from the catalogue, so the city follows it. Deadlines are reckoned here by arithmetic of their
own: the key is not to lean on what it checks.

* ``options``     seed, span, size, how much goes wrong on the way
* ``run``         a whole city: the feed and the key
* ``city`` ``desk`` ``office`` ``reporting``   agencies, their hours, how their sources report
* ``terms`` ``thresholds`` ``workdays`` ``reckon``   what is asked of a case, and deadlines counted by hand
* ``plan``        everything that will happen to a case
* ``arrivals`` ``skeleton`` ``flowing`` ``sequence`` ``detours`` ``money`` ``aftermath``   how a lawful plan is made
* ``telling``     a plan told as records
* ``starting`` ``deadlines`` ``watch`` ``silence``   what a plan comes to: its lines in the key
* ``disturb`` ``sourcewords`` ``feed``   copies, corrections, broken records; heartbeats; lines in their order
* ``ordinary`` ``plants``   lawful cases; violations and near-misses
* ``key``         the answer key
"""

from streams.simulate.key import Answer
from streams.simulate.options import CALM, Disorder, SimOptions
from streams.simulate.run import Simulation, Unfit, Written, simulate, write_city

__all__ = ["CALM", "Answer", "Disorder", "SimOptions", "Simulation", "Unfit", "Written", "simulate", "write_city"]
