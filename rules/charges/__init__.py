"""Rules about charges (收费监察): one rule a module, its examples beside it.

``charge`` holds what each of them asks first, ``tariff`` what a standard allows.
"""
