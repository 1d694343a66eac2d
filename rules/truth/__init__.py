"""Rules about data and calendars (数据监察): one rule a module, its examples beside it."""
