"""The head of a catalogue directory, ``catalog.yaml``."""

from rules.catalog.models.base import Code, Model, Text


class Head(Model):
    """Name, edition and time zone of a catalogue, and what it is built on.

    ``extends`` names catalogues that ship with the project (``national``). ``calendar`` is the region of the working
    calendar that judges by default. ``profile`` names the profile used where none applies more specifically.
    """

    name: Text
    title: Text
    edition: Code
    zone: Text = "Asia/Shanghai"
    extends: tuple[Text, ...] = ("national",)
    calendar: Code = "CN"
    profile: Text | None = "default"
    issuer: Text = "监察机构"
