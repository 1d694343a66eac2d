"""``jiancha demo``: a city's days pass before the live pipeline, then what a supervision officer wants to see first.

* ``command``   the command: sets everything up, runs it, shows the parts in order
* ``asked``     what was asked for, the city in its folder, the settings of the worker; which clock, and why
* ``live``      the live part: what is said before, while and after the days pass
* ``passing``   the worker runs in this process, the city is fed to it, until all is judged and stored
* ``heard``     what the worker says, read off the cards topic
* ``glance``    how far things are at a glance
* ``frame``     the frame that stands on a terminal meanwhile
* ``watching``  who watches: a terminal, or a pipe

From the store the worker wrote:

* ``closing``   the closing pages in order
* ``scene``     where it takes place: the law, the names, the day
* ``view``      what the pages are shown from: cards and cases of the run, loaded once
* ``reasons``   why a card stands, in one line with its arithmetic
* ``red``       what is red, and why
* ``soon``      what becomes overdue next
* ``holdups``   where late cases were held up
* ``causes``    which agencies and stages cause it
* ``money``     the money in suspicious charges
* ``quality``   how good the data is
* ``proof``     planted against found, and the verification
"""
