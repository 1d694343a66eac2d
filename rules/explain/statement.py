"""What an explanation is made of: a title and sections of lines."""

import msgspec


class Section(msgspec.Struct, frozen=True):
    """A titled part of an explanation."""

    title: str
    lines: tuple[str, ...]


class Statement(msgspec.Struct, frozen=True):
    """An explanation (说明), to be printed or sent as it is."""

    title: str
    sections: tuple[Section, ...]

    def text(self) -> str:
        """Return it as plain text."""
        parts = [self.title]
        for section in self.sections:
            parts.append(f"\n【{section.title}】")
            parts += [f"  {line}" for line in section.lines]
        return "\n".join(parts)
