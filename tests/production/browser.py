"""A browser without script, over the proxy's TLS: keeps cookies, fills in forms, believes the test's certificate."""

import http.client
import re
import socket
import ssl
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from tests.production.machine import HOST


@dataclass
class Answer:
    status: int
    headers: list[tuple[str, str]]
    body: str

    def header(self, name: str) -> str:
        return next((value for key, value in self.headers if key.lower() == name), "")


@dataclass
class Browser:
    port: int
    certificate: Path
    cookies: dict[str, str] = field(default_factory=dict)

    def ask(self, method: str, path: str, fields: dict[str, str] | None = None, **headers: str) -> Answer:
        """One request on a connection of its own."""
        context = ssl.create_default_context(cafile=str(self.certificate))
        line = http.client.HTTPSConnection(HOST, timeout=70, context=context)
        plain = socket.create_connection(("127.0.0.1", self.port), timeout=70)
        line.sock = context.wrap_socket(plain, server_hostname=HOST)
        sent = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())} | headers
        body = None
        if fields is not None:
            token = self.cookies.get("__Host-form", "")
            body = urlencode({**fields, "csrfmiddlewaretoken": token})
            sent |= {"Content-Type": "application/x-www-form-urlencoded", "Referer": f"https://{HOST}{path}"}
        try:
            line.request(method, path, body, sent)
            answer = line.getresponse()
            text = answer.read().decode(errors="replace")
        finally:
            line.close()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        return Answer(answer.status, answer.getheaders(), text)

    def get(self, path: str, **headers: str) -> Answer:
        """Ask for a page, and go on where it leads."""
        return self._follow(self.ask("GET", path, **headers))

    def post(self, path: str, fields: dict[str, str]) -> Answer:
        """Send a form, and go on where it leads."""
        return self._follow(self.ask("POST", path, fields))

    def _follow(self, answer: Answer) -> Answer:
        for _ in range(5):
            if answer.status not in (301, 302, 303):
                break
            answer = self.ask("GET", urlsplit(answer.header("location")).path)
        return answer

    def sign_in(self, name: str, password: str) -> Answer:
        self.get("/accounts/login/")
        return self.post("/accounts/login/", {"login": name, "password": password})

    def form_key(self, path: str) -> str:
        """A new form's key, from its page."""
        answer = self.get(path)
        found = re.search(r'name="form_key" value="([^"]+)"', answer.body)
        assert found, (answer.status, answer.body[:500])
        return found[1]
