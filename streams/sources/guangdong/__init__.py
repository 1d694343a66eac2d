"""The ten messages of Guangdong-type exchanges (申办 0 to 领取登记 9), as JSON lines.

* ``model``     what a mapping of ``format: guangdong`` may say
* ``messages``  each message to its events
* ``read``      files to items; decisions and ends of suspensions that need the whole case
"""
