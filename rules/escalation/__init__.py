"""Rules about what cards add up to (督办升级), asked of an agency: one rule a module, its examples beside it."""
