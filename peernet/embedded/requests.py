"""What comes in, before any page sees it: never so much that everybody else has to wait for it.

Stock daphne takes a body of any length, and reads a form's fields in the one thread that serves everybody: 50 MB of
"a=b&" from anybody at all stood in everybody's way for nine seconds. Django reads the fields itself, with limits.
"""

from typing import Any

from daphne.http_protocol import HTTPFactory, WebRequest

from peernet.answer_texts import last_resort
from peernet.written import LONGEST_BODY

# Up to here what somebody wrote is given back to them; beyond, nobody wrote it.
LARGEST = LONGEST_BODY + 64 * 1024


class Request(WebRequest):
    """One request whose body is neither parsed here nor longer than a page could give back."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs, parsePOSTFormSubmission=False)

    def gotLength(self, length: int | None) -> None:
        """Twisted knows how much is to come, or (None) that it will come in pieces."""
        super().gotLength(length)
        if length is not None and length > LARGEST:
            self._refuse()

    def handleContentChunk(self, data: bytes) -> None:
        """Twisted has got some of the body."""
        if self.content.tell() + len(data) > LARGEST:
            self._refuse()
        else:
            super().handleContentChunk(data)

    def _refuse(self) -> None:
        page = last_resort().encode()
        head = f"HTTP/1.1 413 Content Too Large\r\nContent-Type: text/html\r\nContent-Length: {len(page)}\r\n"
        self.transport.write(f"{head}Cache-Control: no-store\r\nConnection: close\r\n\r\n".encode() + page)
        self.transport.loseConnection()


class Factory(HTTPFactory):
    """Daphne's, but for the kind of request it makes."""

    def buildProtocol(self, addr: Any) -> Any:
        protocol = super().buildProtocol(addr)
        protocol.requestFactory = Request
        return protocol
