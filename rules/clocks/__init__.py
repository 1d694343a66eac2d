"""Legal clocks (时限): from which day, how many days, which days do not count, until when.

* ``acceptance``  when a case counts as accepted, also by silence (即为受理)
* ``pauses``      which suspensions stop a clock, and for which days
* ``deadline``    the parts of a deadline
* ``due``         a due date from a start, a limit, pauses and extensions, in order of date
* ``hours``       the same of limits in hours
* ``clock``       the promise and the statutory clock of a case
* ``overdue``     from a clock and what stops it to the verdict on being late
"""
