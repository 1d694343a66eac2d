"""A secret: written in the settings, or in a file of its own (as orchestrators hand them over)."""

from pathlib import Path

from pydantic import SecretStr

from streams.settings.errors import Problem, SettingsErrors


def secret(value: SecretStr | None, file: Path | None, field: str) -> str | None:
    """Return a secret in the clear, for the client it is meant for; None where there is none.

    The first line of the file counts. SettingsErrors where the file cannot be read or is empty.
    """
    if value is not None:
        return value.get_secret_value()
    if file is None:
        return None
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "不是 UTF-8"
        raise SettingsErrors([Problem(str(file), f"{field}_file", f"读不出：{reason}")]) from None
    if not lines or not lines[0].strip():
        raise SettingsErrors([Problem(str(file), f"{field}_file", "是空的")])
    return lines[0].strip()


def one_of(value: SecretStr | None, file: Path | None, field: str) -> None:
    """Raise ValueError where a secret is given twice."""
    if value is not None and file is not None:
        raise ValueError(f"{field} 与 {field}_file 只写一个")
