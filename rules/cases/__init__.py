"""Cases (办件): events folded into facts.

Facts are a function of the sorted log of a case, so order of arrival cannot matter. An event that is the last of its
strand is folded on top; one that comes late, or corrects another, makes the log be folded again: one fold for both.

* ``filed``    an event with its instants and its place in the order
* ``facts``    which facts there are, as bits
* ``case``     the facts of a case
* ``filing`` ``stages`` ``pauses`` ``money`` ``alerts``   the folds, a file a strand
* ``fold``     the table of folds; ``strands``: which facts a group of events touches
* ``log``      the log of a case: duplicates, versions, corrections, voids, conflicts
* ``stored``   a case as bytes, and back
"""
