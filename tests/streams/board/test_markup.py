from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from streams.board.markup import Html, tag, together


class Heard(HTMLParser):
    """What a browser would read."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, name: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append((name, dict(attributes)))

    def handle_data(self, data: str) -> None:
        self.text += data


def heard(html: str) -> Heard:
    reader = Heard()
    reader.feed(html)
    reader.close()
    return reader


WORDS = st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=1)


@given(WORDS, WORDS)
def test_what_is_said_is_read_as_it_was_and_never_as_markup(text: str, value: str) -> None:
    read = heard(tag("p", text, title=value))

    assert [("p", {"title": value})] == read.tags
    assert text == read.text


def test_elements_within_elements_stay_elements() -> None:
    assert "<ul><li>&lt;b&gt;</li></ul>" == tag("ul", tag("li", "<b>"))


def test_attributes_are_written_with_hyphens_and_left_out_where_they_are_not_so() -> None:
    element = tag("input", aria_label="数", class_="x", hidden=True, checked=False, value=None)

    assert '<input aria-label="数" class="x" hidden>' == element


def test_nothing_is_left_out_of_what_stands_together() -> None:
    assert "&amp;<b>" == together("&", None, "", Html("<b>"))
