"""The board (看板): one local web page, drawn from the same panel definitions as Grafana, live as cards appear.

* ``board``     the whole of it: mounted on the endpoint of a worker, or served over a store that nobody writes
* ``routes``    the addresses: screens, ``/case/…``, ``/card/…``, data, what is new
* ``asking``    panel queries put to the store: parameters bound, limits, one query for many who look
* ``chosen``    what somebody chose in the form, as the parameters of a query
* ``news``      how far the store is, and the latest transitions
* ``reasons``   explanations of cards and of silence, from the archive
* ``shown``     a screen as the browser needs it: without its queries
* ``pages``     the pages as HTML; ``markup`` writes elements
* ``shut``      who may look: this machine, or who has the token; headers of every answer
* ``static``    scripts and styles, shipped as they are: no build step, nothing from elsewhere

Everything is read only. Personal data never leaves the store: queries read the masked views.
"""
