"""A push service on loopback: it checks the site's proof by itself, keeps what came, and can be taken away or ill."""

import base64
import hashlib
import json
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.hashes import SHA256


def unpadded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass
class Came:
    """One push as it came over the wire."""

    path: str
    headers: dict[str, str]
    body: bytes
    claims: dict[str, object] = field(default_factory=dict)
    key: str = ""


def checked(authorization: str) -> tuple[dict[str, object], str]:
    """The claims of a proof and the key it is signed with; by hand, not by what made it. Raises if it is forged."""
    scheme, _space, rest = authorization.partition(" ")
    assert scheme == "vapid"
    parts = dict(part.strip().split("=", 1) for part in rest.split(","))
    head, claims, signature = parts["t"].split(".")
    assert json.loads(unpadded(head)) == {"typ": "JWT", "alg": "ES256"}
    numbers = unpadded(signature)
    assert len(numbers) == 64
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), unpadded(parts["k"]))
    r, s = int.from_bytes(numbers[:32]), int.from_bytes(numbers[32:])
    digest = hashlib.sha256(f"{head}.{claims}".encode()).digest()
    key.verify(utils.encode_dss_signature(r, s), digest, ec.ECDSA(utils.Prehashed(SHA256())))
    return json.loads(unpadded(claims)), parts["k"]


class Bell(BaseHTTPRequestHandler):
    server: "PushServer"

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.knocks.append(self.path)
        status = self.server.answers.get(self.path, self.server.status)
        if 200 <= status < 300:
            claims, key = checked(self.headers["Authorization"])
            self.server.came.append(Came(self.path, dict(self.headers), body, claims, key))
        self.send_response(status)
        if 300 <= status < 400:
            self.send_header("Location", self.server.elsewhere)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *parts: object) -> None:
        """Nothing: it would stand among the lines of the tests."""


class PushServer(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, port: int = 0) -> None:
        self.came: list[Came] = []
        self.knocks: list[str] = []
        self.status = 201
        # What it answers for one address, instead of `status`.
        self.answers: dict[str, int] = {}
        self.elsewhere = ""
        super().__init__(("127.0.0.1", port), Bell)
        self.thread = threading.Thread(target=self.serve_forever, args=(0.01,), daemon=True)
        self.thread.start()

    def address(self, name: str) -> str:
        """The address of somebody's bell at this service."""
        return f"http://127.0.0.1:{self.server_port}/{name}"

    def end(self) -> None:
        self.shutdown()
        self.server_close()
        self.thread.join()
