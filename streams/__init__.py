"""The edge: records come in from files and logs, commands from people, and the core is asked.

Here live sources and their mappings, the replay of a log, the case store and the command line.
This is the only room that may read the clock or the environment. It may import `sinks` and `rules`;
nothing may import it. Start at `streams.cli`, where every command is listed.
"""
