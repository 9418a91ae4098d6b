"""The site calls nobody's address but that of a push service that browsers use (safety checks, 1.15)."""

import ipaddress
import socket
import ssl
from datetime import UTC, datetime
from pathlib import Path

import pytest
import urllib3
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from notices import bell, endpoints, vapid
from notices.models import Phone
from tests.notices.push_server import PushServer

KNOWN = [
    "https://fcm.googleapis.com/fcm/send/abc:APA91b-_x",
    "https://fcm.googleapis.com:443/fcm/send/abc",
    "https://updates.push.services.mozilla.com/wpush/v2/gAAAA-_",
    "https://web.push.apple.com/QGuQyavXutnMH",
    "https://api.push.apple.com/3/device/1",
    "https://db5p.notify.windows.com/w/?token=BQYAAAD%2f",
]
ELSEWHERE = [
    "",
    "x",
    "http://fcm.googleapis.com/fcm/send/abc",
    "https://fcm.googleapis.com:8443/fcm/send/abc",
    "https://fcm.googleapis.com:443@evil.example/abc",
    "https://user@fcm.googleapis.com/abc",
    "https://fcm.googleapis.com.evil.example/abc",
    "https://evilfcm.googleapis.com/abc",
    "https://evilpush.apple.com/abc",
    "https://push.apple.com.evil.example/abc",
    "https://.push.apple.com/abc",
    "https://127.0.0.1/abc",
    "https://[::1]/abc",
    "https://169.254.169.254/latest/meta-data",
    "https://localhost/abc",
    "https://fcm.googleapis.com",
    "https://fcm.googleapis.com/",
    "https://fcm.googleapis.com./abc",
    "https://FCM.googleapis.com\r\nX: y/abc",
    "https://fcm.googleapis.com/abc#x",
    "https://fcm.googleapis.com/a b",
    "https://fcm.googleapis.com\\@evil.example/abc",
    "https://fcm.googleapis.com:port/abc",
    "https://ｆcm.googleapis.com/abc",
    "file:///etc/passwd",
    "gopher://fcm.googleapis.com/abc",
    "https://fcm.googleapis.com/" + "a" * 1000,
    "http://127.0.0.1:9/abc",
]
PRIVATE = [
    "127.0.0.1",
    "10.0.0.1",
    "172.16.3.4",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",
    "224.0.0.1",
    "255.255.255.255",
    "192.0.2.7",
    "::1",
    "::",
    "fe80::1%eth0",
    "fc00::1",
    "ff02::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
    "2001:0:7f00:1::",
    "2001:db8::1",
]
PUBLIC = ["142.250.187.202", "34.107.152.202", "17.188.143.34", "2a00:1450:4009:81f::200a"]


@pytest.mark.parametrize("endpoint", KNOWN)
def test_a_push_service_that_browsers_use_is_known(endpoint: str) -> None:
    assert endpoints.is_known(endpoint)


@pytest.mark.parametrize("endpoint", ELSEWHERE)
def test_any_other_address_is_none(endpoint: str) -> None:
    assert not endpoints.is_known(endpoint)
    with pytest.raises(ValueError, match="push service"):
        endpoints.find(endpoint)


@pytest.mark.parametrize("endpoint", ["http://127.0.0.2:80/a", "http://localhost:80/a", "http://x@127.0.0.1:80/a"])
def test_the_tests_own_setting_opens_loopback_and_nothing_else(settings: object, endpoint: str) -> None:
    settings.PUSH_LOOPBACK = True
    assert endpoints.is_known("http://127.0.0.1:8001/a")
    assert not endpoints.is_known(endpoint)


def names_lead_to(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> list[str]:
    """Let every name lead to these addresses; returns the names that are asked for, as they are asked."""
    asked: list[str] = []

    def look_up(host: str, port: int, *more: object, **most: object) -> list[tuple[object, ...]]:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return asked


@pytest.mark.parametrize("address", PRIVATE)
def test_a_known_name_that_leads_into_a_private_net_is_not_called(
    monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    assert not endpoints.is_public(address)
    names_lead_to(monkeypatch, PUBLIC[0], address)
    with pytest.raises(endpoints.NotPublic):
        endpoints.find(KNOWN[0])


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_is_called(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    names_lead_to(monkeypatch, address)
    place = endpoints.find(KNOWN[0])
    assert (place.address, place.port, place.host) == (address, 443, "fcm.googleapis.com")
    assert place.audience == "https://fcm.googleapis.com"


def test_the_name_is_looked_up_once_and_what_was_checked_is_what_is_called(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that leads elsewhere a moment later (DNS rebinding) leads nowhere."""
    asked = names_lead_to(monkeypatch, PUBLIC[0])
    called: list[object] = []

    class NoLine(OSError):
        pass

    def connect(address: tuple[str, int], *more: object, **most: object) -> None:
        called.append(address)
        raise NoLine

    monkeypatch.setattr(urllib3.util.connection, "create_connection", connect)
    with pytest.raises(bell.ServiceIsUnwell):
        bell.ring(Phone(pk=1), KNOWN[0], datetime(2026, 11, 20, 12, tzinfo=UTC))
    assert asked == ["fcm.googleapis.com"]
    assert called == [(PUBLIC[0], 443)]
    assert ipaddress.ip_address(PUBLIC[0]).is_global


def test_the_certificate_must_be_the_service_s_own(monkeypatch: pytest.MonkeyPatch) -> None:
    names_lead_to(monkeypatch, PUBLIC[0])
    line = bell._line(endpoints.find(KNOWN[0]))
    kept = line.conn_kw | {"cert_reqs": line.cert_reqs, "assert_hostname": line.assert_hostname}
    assert kept["server_hostname"] == kept["assert_hostname"] == "fcm.googleapis.com"
    assert kept["cert_reqs"] == "CERT_REQUIRED"


def test_no_proxy_of_the_machine_s_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    names_lead_to(monkeypatch, PUBLIC[0])
    assert bell._line(endpoints.find(KNOWN[0])).proxy is None


def a_certificate_for(name: str, folder: Path) -> Path:
    """A certificate that nobody vouches for, with its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    made = (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2090, 1, 1, tzinfo=UTC))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = folder / "certificate.pem"
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path.write_bytes(pem + made.public_bytes(serialization.Encoding.PEM))
    return path


@pytest.mark.parametrize(
    ("vouched_for", "name", "is_rung"),
    [(True, "fcm.googleapis.com", True), (False, "fcm.googleapis.com", False), (True, "evil.example", False)],
)
def test_only_the_service_itself_is_given_a_proof(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, vouched_for: bool, name: str, is_rung: bool
) -> None:
    """Over TLS, against a server at the address that was checked: without the service's own certificate, not a byte."""
    certificate = a_certificate_for(name, tmp_path)
    if vouched_for:
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    server = PushServer()
    speaks = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    speaks.load_cert_chain(certificate)
    server.socket = speaks.wrap_socket(server.socket, server_side=True)
    place = endpoints.Place("127.0.0.1", server.server_port, "fcm.googleapis.com", "/bell", tls=True)
    headers = {"Host": place.host, "Authorization": vapid.proof(place.audience, datetime.now(UTC))}
    try:
        status = bell._post(place, headers)
    except bell.ServiceIsUnwell:
        status = 0
    server.end()
    assert (status == 201) is is_rung
    assert (server.knocks == ["/bell"]) is is_rung
