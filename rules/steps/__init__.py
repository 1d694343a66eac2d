"""Rules about steps (流程监察、内容监察): skipped, disordered, merged, told twice, entered after the fact.

One rule a module, its examples beside it; ``conditions`` says whether a conditional stage applies to a case.
"""
