"""Why (说明): every card explains itself, and every absence of a card.

The same core that judged is asked again, and what it rests on is written out: clause, editions, each interval counted
or excluded, the events by id, the arithmetic line by line. Text is Chinese; nothing here decides anything.

* ``statement``  what an explanation is made of
* ``words``      days, instants, events and levels as an officer reads them
* ``clocks``     a deadline with its arithmetic
* ``rule``       what a rule answers of a case, at an instant: ``explain_rule``
* ``card``       a card and how it came to be: ``explain_card``
"""

from rules.explain.card import explain_card
from rules.explain.clocks import clock_lines, due_lines
from rules.explain.rule import explain_rule
from rules.explain.statement import Section, Statement

__all__ = ["Section", "Statement", "clock_lines", "due_lines", "explain_card", "explain_rule"]
