"""Every answer file with what was wanted and what was found.

Everything that people wrote is read first (answers, mappings, catalogues), so that a slip is said at once; then the
logs are read and judged, large ones on two processes.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from time import time_ns

import msgspec

from rules.events.instants import DAY
from streams.answers.answered import Answered, LogRead, Outcome
from streams.answers.found import Item
from streams.answers.index import AnswerFile, BadAnswers, read_index, read_rows
from streams.answers.judged import Judged, Setting, judge
from streams.answers.logs import KEPT, log_file, read_log
from streams.answers.questions import QUESTIONS, REFUSED, Question
from streams.answers.within import Within
from streams.replay.workers import load_catalog
from streams.sources import open_source

KNOWN = "known_answers"
LARGE = 1 << 20
"""Bytes of packed logs from which a second process is worth its start."""


class Task(msgspec.Struct, frozen=True):
    """A log to be read and judged, the answer files about it, and the items of those that can be answered."""

    name: str
    path: Path
    files: tuple[AnswerFile, ...]
    wanted: Mapping[str, frozenset[Item]]
    examples: Path


def answers_for(directory: Path, examples: Path, *, processes: int | None = None) -> Iterator[Answered]:
    """Yield the answer files of a directory of logs, log by log in the order of the index.

    ``processes``: how many read and judge; None leaves it to the size of the logs.
    Raises BadAnswers, Unusable (a mapping), CatalogErrors, UnknownProfile, each before any log is read.
    """
    by_log: dict[str, list[AnswerFile]] = {}
    for file in read_index(directory / KNOWN):
        by_log.setdefault(file.log, []).append(file)
    tasks: dict[str, Task] = {}
    for name, files in by_log.items():
        path = log_file(name, directory)
        if path is not None:
            tasks[name] = Task(name, path, tuple(files), _wanted(directory / KNOWN, files), examples)
    _ready(tasks.values())
    done = _done(tuple(tasks.values()), processes)
    for name, files in by_log.items():
        if name in tasks:
            yield from next(done)
        else:
            yield from (_unread(file, directory) for file in files)


def _ready(tasks: Iterable[Task]) -> None:
    """Raise what is wrong with the mappings and catalogues."""
    for task in tasks:
        open_source([], task.examples / KEPT[task.name].mapping, latest=None)
        for setting in _asked(task):
            load_catalog(task.examples / setting.catalog, setting.profile)


def _wanted(known: Path, files: Iterable[AnswerFile]) -> Mapping[str, frozenset[Item]]:
    """Return the items of the files that can be answered."""
    found: dict[str, frozenset[Item]] = {}
    for file in files:
        question = QUESTIONS.get((file.log, file.rule))
        if question is None:
            continue
        path = known / file.file
        rows = read_rows(path, question.columns)
        if file.rows is not None and file.rows != len(rows):
            raise BadAnswers(f"{path}: 有 {len(rows)} 行，INDEX.csv 说是 {file.rows} 行")
        try:
            found[file.file] = frozenset(question.read(row) for row in rows)
        except ValueError as error:
            raise BadAnswers(f"{path}: {error}") from None
    return found


def _done(tasks: Sequence[Task], processes: int | None) -> Iterator[list[Answered]]:
    """Yield what came of the tasks, in their order."""
    if processes is None:
        processes = 2 if sum(task.path.stat().st_size for task in tasks) >= LARGE else 1
    if processes == 1 or len(tasks) == 1:
        yield from map(_done_one, tasks)
        return
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        yield from pool.map(_done_one, tasks)


def _done_one(task: Task) -> list[Answered]:
    """Read a log, judge it once a setting, by the rules that some file asks about, and answer its files."""
    log = read_log(task.name, task.path, task.examples, latest=time_ns() // 1000 + DAY)
    judged = {setting: judge(log, setting, task.examples, rules) for setting, rules in _asked(task).items()}
    heading = next((_log_read(one) for one in judged.values()), None)
    answers: list[Answered] = []
    for file in task.files:
        question = QUESTIONS.get((task.name, file.rule))
        if question is None:
            answers.append(_refused(file, heading))
        else:
            answers.append(_compared(file, question, judged[question.setting], task.wanted[file.file], heading))
    return answers


def _asked(task: Task) -> Mapping[Setting, set[str]]:
    """Return the settings of the questions about a log, and the rules that are asked under each."""
    asked: dict[Setting, set[str]] = {}
    for file in task.files:
        question = QUESTIONS.get((task.name, file.rule))
        if question is not None:
            asked.setdefault(question.setting, set()).update(question.rules)
    return asked


def _compared(
    file: AnswerFile, question: Question, judged: Judged, wanted: frozenset[Item], heading: LogRead | None
) -> Answered:
    holds = question.of.holds if isinstance(question.of, Within) else None
    cards = (
        card
        for card in judged.cards
        if card.rule_id in question.rules and (holds is None or holds(judged.cases[card.scope]))
    )
    found = question.find(judged, cards)
    return Answered(
        file=file,
        outcome=Outcome.EQUAL if found == wanted else Outcome.DIFFERENT,
        log=heading,
        rules=question.rules,
        setting=question.setting,
        of=question.of.title,
        by=question.by,
        wanted=len(wanted),
        found=len(found),
        population=question.of.count(judged),
        missed=tuple(sorted(wanted - found)),
        surplus=tuple(sorted(found - wanted)),
    )


def _refused(file: AnswerFile, heading: LogRead | None) -> Answered:
    why = REFUSED.get(file.rule, "没有为它写的规则与设置")
    return Answered(file=file, outcome=Outcome.REFUSED, log=heading, wanted=file.rows, why=why)


def _unread(file: AnswerFile, directory: Path) -> Answered:
    """Return the answer to a file whose log is not there."""
    kept = KEPT.get(file.log)
    if kept is None:
        why = f"没有为日志 {file.log or '（未写明）'} 写的映射和目录"
        return Answered(file=file, outcome=Outcome.REFUSED, wanted=file.rows, why=why)
    if (file.log, file.rule) not in QUESTIONS:
        return _refused(file, None)
    why = f"{directory} 中没有 {' 或 '.join(kept.files)}"
    return Answered(file=file, outcome=Outcome.NO_LOG, wanted=file.rows, why=why)


def _log_read(judged: Judged) -> LogRead:
    log = judged.log
    zone = next((law.catalog.head.zone for law in judged.laws.values()), "UTC")
    return LogRead(
        log.name,
        str(log.path),
        KEPT[log.name].mapping,
        cases=len(judged.cases),
        events=len(log.events),
        duplicates=len(judged.repeated),
        quarantined=log.quarantined + judged.unplaced,
        end=judged.end,
        as_of=judged.as_of,
        zone=zone,
    )
