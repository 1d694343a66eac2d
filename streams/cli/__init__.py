"""The command line ``jiancha``: one command a file, messages in Chinese, ``--json`` for machines.

Start at ``app``, which lists the commands. Nothing heavy is imported before the command that needs it runs.

* ``app``        the root command, its table of commands, exit codes
* ``chinese``    help pages and refusals in Chinese
* ``trouble``    what ends a command with one clear line
* ``kinds``      types of what is written on a command line: days, instants, files
* ``screen``     the console, levels in colour and in words, numbers
* ``table``      tables whose Chinese columns stand in line, on a terminal and in a pipe
"""

from streams.cli.app import main

__all__ = ["main"]
