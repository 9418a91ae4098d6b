"""A real mail server on loopback, small enough to be taken away, made ill and brought back."""

import email
import socket
import socketserver
import threading
from contextlib import suppress
from email.message import Message
from random import SystemRandom


class Conversation(socketserver.StreamRequestHandler):
    server: "MailServer"

    def handle(self) -> None:
        self.server.knocks += 1
        self.say("220 ready")
        recipient = ""
        while line := self.rfile.readline().decode().strip():
            verb = line.split(":")[0].split(" ")[0].upper()
            if verb == "RCPT":
                recipient = line.partition("<")[2].partition(">")[0]
                refused = recipient in self.server.refuses
                self.say("550 no such person" if refused else "250 ok")
            elif verb == "DATA":
                if not self.take(recipient):
                    return
            elif verb == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 ok")

    def take(self, recipient: str) -> bool:
        """Read one mail; return False if the conversation is cut off."""
        if self.server.ill:
            self.say("451 not now")
            return True
        self.say("354 go on")
        lines = []
        while (line := self.rfile.readline()).rstrip(b"\r\n") != b".":
            lines.append(line)
        if self.server.cuts_off:
            return False
        message = email.message_from_bytes(b"".join(lines))
        self.server.taken.append((recipient, message))
        self.server.got_one.set()
        self.say("250 taken")
        return True

    def say(self, line: str) -> None:
        self.wfile.write(line.encode() + b"\r\n")


class MailServer(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, port: int = 0) -> None:
        self.taken: list[tuple[str, Message]] = []
        self.refuses: set[str] = set()
        self.ill = False
        self.cuts_off = False
        self.knocks = 0
        self.got_one = threading.Event()
        super().__init__(("127.0.0.1", port), Conversation)
        self.thread = threading.Thread(target=self.serve_forever, args=(0.01,), daemon=True)
        self.thread.start()

    @property
    def port(self) -> int:
        return self.server_address[1]

    @property
    def recipients(self) -> list[str]:
        return [recipient for recipient, _ in self.taken]

    def wait_for_a_mail(self, seconds: float) -> bool:
        return self.got_one.wait(seconds)

    def end(self) -> None:
        self.shutdown()
        self.server_close()
        self.thread.join()


def free_port() -> int:
    """A port that nobody has now, and that no connection on its way out is given while a server of ours is away."""
    while True:
        port = SystemRandom().randrange(10_000, 32_768)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
