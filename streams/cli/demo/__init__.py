"""``jiancha demo``: a city simulated, replayed and verified, and what a supervision officer wants to see first.

* ``command``   the command: sets everything up, runs it, shows the parts in order
* ``view``      what is shown from: cards, cases and names of one run, loaded once
* ``reasons``   why a card stands, in one line with its arithmetic
* ``red``       what is red, and why
* ``soon``      what becomes overdue next
* ``holdups``   where late cases were held up
* ``causes``    which agencies and stages cause it
* ``money``     the money in suspicious charges
* ``quality``   how good the data is
* ``proof``     planted against found, and the verification
"""
