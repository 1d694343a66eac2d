"""What may be asked of a database that is only to be read: one statement, a question, that touches nothing outside.

The engine's own ``readonly`` forbids changes and foreign sources. Three things pass it that a question must not do: the
function ``file`` reads any file of this machine, ``INTO OUTFILE`` writes one, the ``ai…`` functions call out.
The words of a statement are told apart as the database does; what it would read otherwise is refused.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

SYNTAX_ERROR = 62
READONLY = 164
ACCESS_DENIED = 497

_QUESTIONS = frozenset({"SELECT", "WITH", "SHOW", "DESCRIBE", "DESC", "EXPLAIN", "EXISTS"})
_OTHERS = re.compile(
    "ALTER|ANALYZE|ATTACH|BACKUP|BEGIN|CHECK|COMMIT|CREATE|DELETE|DETACH|DROP|EXCHANGE|EXECUTE|GRANT|INSERT|KILL|MOVE"
    "|OPTIMIZE|RENAME|REPLACE|RESTORE|REVOKE|ROLLBACK|SET|START|STOP|SYSTEM|TRUNCATE|UNDROP|UPDATE|USE|WATCH",
    re.IGNORECASE,
)
_SPACE = re.compile(r"[ \t\r\n\f\v]+")
_LINE = re.compile(r"(?:--|#!|# )[^\n]*")
_BLOCK = re.compile(r"/\*|\*/")
_HEREDOC = re.compile(r"\$[A-Za-z0-9_]*\$")
_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_$]*")
_NUMBER = re.compile(r"\d[\w.]*")
_CALLS = re.compile(r"(?:array|map)\w*")
"""Functions that take a function by its name."""
_AI = re.compile(r"(?:ai|AI)[A-Z]\w*")


class NotAllowed(Exception):
    """A statement is not answered; ``code`` is the number the database gives to such an error."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code = code


@dataclass(frozen=True, slots=True)
class Question:
    """A statement that may be asked, without its closing semicolon, and the format it names, None where it does not."""

    text: str
    form: str | None


class _Token(NamedTuple):
    kind: str
    text: str
    end: int


def question(statement: str) -> Question:
    """Return a statement that may be asked; NotAllowed says why it may not."""
    tokens = list(_tokens(statement))
    while tokens and tokens[-1].text == ";":
        tokens.pop()
    first = next((token for token in tokens if token.text != "("), None)
    if first is None:
        raise NotAllowed(SYNTAX_ERROR, "Empty query")
    if any(token.kind == "mark" and token.text == ";" for token in tokens):
        raise NotAllowed(SYNTAX_ERROR, "Multi-statements are not allowed")
    if first.kind == "word" and _OTHERS.fullmatch(first.text):
        raise NotAllowed(READONLY, f"Cannot execute query in readonly mode: {first.text.upper()}")
    if first.kind != "word" or first.text.upper() not in _QUESTIONS:
        raise NotAllowed(SYNTAX_ERROR, f"Syntax error: a question cannot begin with {first.text[:40]}")
    _refuse_what_reaches_out(tokens)
    return Question(statement[: tokens[-1].end], _form(tokens))


def _refuse_what_reaches_out(tokens: list[_Token]) -> None:
    follows = [*tokens[1:], _Token("end", "", 0)]
    pairs = list(zip(tokens, follows, strict=True))
    if any(_is(one, "INTO") and _is(after, "OUTFILE") for one, after in pairs):
        raise NotAllowed(READONLY, "Cannot execute query in readonly mode: INTO OUTFILE writes a file")
    calls = [one.text for one, after in pairs if one.kind in {"word", "name"} and after.text == "("]
    if any(_AI.fullmatch(call) for call in calls):
        raise NotAllowed(ACCESS_DENIED, "Functions that call a service are not allowed")
    named = any(token.kind in {"word", "name"} and token.text == "file" for token in tokens)
    given = any(one.text == ":" and _is(after, "IDENTIFIER") for one, after in pairs)
    by_name = any(_CALLS.fullmatch(call) for call in calls) or any(_is(token, "APPLY") for token in tokens)
    if "file" in calls or ((named or given) and by_name):
        raise NotAllowed(ACCESS_DENIED, "Function file is not allowed")


def _is(token: _Token, keyword: str) -> bool:
    return token.kind == "word" and token.text.upper() == keyword


def _form(tokens: list[_Token]) -> str | None:
    depth = 0
    found = None
    for at, token in enumerate(tokens[:-1]):
        depth += {"(": 1, ")": -1}.get(token.text, 0)
        if depth == 0 and _is(token, "FORMAT") and tokens[at + 1].kind == "word":
            found = tokens[at + 1].text
    return found


def _tokens(text: str) -> Iterator[_Token]:
    at = 0
    while at < len(text):
        if found := _SPACE.match(text, at) or _LINE.match(text, at):
            at = found.end()
        elif text.startswith("/*", at):
            at = _after_comment(text, at)
        else:
            token = _token(text, at)
            yield token
            at = token.end


def _token(text: str, at: int) -> _Token:
    char = text[at]
    if char in "'\"`":
        end = _after_quoted(text, at)
        inner = text[at + 1 : end - 1]
        if char != "'" and "\\" in inner:
            raise NotAllowed(SYNTAX_ERROR, "Escapes in identifiers are not allowed")
        return _Token("text" if char == "'" else "name", inner, end)
    if found := _HEREDOC.match(text, at):
        end = text.find(found[0], found.end())
        if end < 0:
            raise NotAllowed(SYNTAX_ERROR, f"Heredoc {found[0]} is not closed")
        return _Token("text", text[found.end() : end], end + len(found[0]))
    for kind, pattern in (("word", _WORD), ("number", _NUMBER)):
        if found := pattern.match(text, at):
            return _Token(kind, found[0], found.end())
    if char.isascii() and char.isprintable():
        return _Token("mark", char, at + 1)
    raise NotAllowed(SYNTAX_ERROR, f"Unrecognized token at position {at + 1}: U+{ord(char):04X} outside quotes")


def _after_quoted(text: str, at: int) -> int:
    quote, at = text[at], at + 1
    while at < len(text):
        if text[at] == "\\":
            at += 2
        elif text[at] != quote:
            at += 1
        elif text.startswith(quote, at + 1):
            at += 2
        else:
            return at + 1
    raise NotAllowed(SYNTAX_ERROR, f"Quoted string is not closed: {quote}")


def _after_comment(text: str, at: int) -> int:
    """Return where a comment ends; comments hold comments."""
    depth = 0
    for found in _BLOCK.finditer(text, at):
        depth += 1 if found[0] == "/*" else -1
        if depth == 0:
            return found.end()
    raise NotAllowed(SYNTAX_ERROR, "Multiline comment is not closed")
