"""Events (事件): what an approval system says happened to a case.

This folder is the one definition of the vocabulary. Every event type is a frozen struct; the JSON Schema,
the adapters, the store and the rules all start from here. Nothing here reads, writes or knows the time.

* ``words``      closed lists (enums) and the annotations that carry Chinese name, unit and source of a field
* ``instants``   text with a zone to whole microseconds
* ``envelope``   what every event carries; what only the archive keeps
* ``filing``     application, supplements, acceptance, close (申办、补正、受理、办结)
* ``handling``   stages, suspensions, extensions, members, hearings, decision, result (环节、特别程序、决定)
* ``money``      charges, waivers, refunds, receipts, deposits (收费)
* ``voices``     reviews, complaints, intermediaries (评价、投诉、中介)
* ``alerts``     what becomes of a card: delivery, answers, verdicts of the supervisor (督办)
* ``editions``   matters, tariffs, calendars that arrive as events (目录发布)
* ``data``       events that speak of events and of their sources (更正、作废、心跳)
* ``second``     what the first tier tells the second (二级监察)
* ``kinds``      the registry: stable number, lifecycle rank and strand of each type
* ``decode``     from bytes or a mapping to an event; defects fold, only what cannot be placed is refused
* ``schema``     JSON Schema of all of it
"""
