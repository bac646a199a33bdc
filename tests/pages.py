"""What a page says, for tests: its text, and whether every tag is closed in its turn."""

from html.parser import HTMLParser


class Nested(HTMLParser):
    """Text, and whether every tag is closed in its turn."""

    def __init__(self, page):
        super().__init__()
        self.open, self.text = [], ""
        self.feed(page)
        assert not self.open

    def handle_starttag(self, tag, attrs):
        if tag != "input":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data
