"""Answers (已知答案): public logs judged by the project's own mappings and catalogues, against what others computed.

* ``index``      the answer files: what each holds, and its rows
* ``logs``       which logs there are, where they lie, and their events with their places
* ``judged``     a log judged by the engine under one setting
* ``within``     of which cases or events an answer speaks (人群)
* ``found``      from a judged log to the items an answer lists
* ``questions``  the table: which rule under which setting answers which file, and which files none does
* ``answered``   an answer file and what we say to it
* ``answering``  ``answers_for``: every answer file with what was wanted and what was found

Start at ``questions``: a further answer file is one line there.
"""

from streams.answers.answered import Answered, Outcome
from streams.answers.answering import answers_for
from streams.answers.index import BadAnswers
from streams.answers.questions import EXAMPLES

__all__ = ["EXAMPLES", "Answered", "BadAnswers", "Outcome", "answers_for"]
