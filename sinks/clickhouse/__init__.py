"""The store: ClickHouse, in this process (chdb) over a directory or on a server. Start at ``store.open_store``.

* ``errors``      what may go wrong, and what the caller does
* ``database``    what the store asks of a database, whichever it is
* ``engine``      the directory opened: lock, statements, answers as Arrow
* ``address``     where a server is, and as whom to speak to it
* ``server``      a server over the native protocol, answering as the engine does (``arrows``)
* ``cluster``     the schema of a cluster, rendered from that of one server
* ``migrate``     numbered ``migrations/*.sql``, each applied once; an edited one is refused
* ``findings``    a finding as text that loses nothing, and back
* ``tables``      what a row of each table holds, and its Arrow form
* ``rows``        events, cards, transitions, case states as rows, and back
* ``live``        rows of a live run, inserted once and kept trying
* ``spool``       rows on their way into the store, written by whoever judges
* ``stored``      what is read back, typed
* ``archive``     questions to the store: cards, transitions, events, case states, quarantine, runs
* ``guard``       what may be asked of it by others: a question, and nothing that reaches outside
* ``reading``     such questions, each in a session that can only read and has its limits
* ``http``        the ClickHouse HTTP interface over them
* ``store``       the store: load a run, ask the archive
"""
