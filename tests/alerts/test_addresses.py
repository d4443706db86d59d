"""Messages go out into the world, and not into the network that Pista stands in."""

import asyncio
import socket
import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from pista.alerts import addresses, webhook
from pista.alerts.model import BadWebhookUrl
from pista.alerts.webhook import Sender
from tests.fakes.pages import Answer, read_request, written
from tests.fakes.webhooks import Receiver, receiving

SECRET = "whsec_test"


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("2606:4700:4700::1111", True),
        ("127.0.0.1", False),
        ("127.255.255.254", False),
        ("0.0.0.0", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("100.64.0.1", False),  # carrier's own
        ("169.254.169.254", False),  # where clouds tell their secrets
        ("198.18.0.1", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("::", False),
        ("fe80::1%eth0", False),
        ("fc00::1", False),
        ("fd00:ec2::254", False),
        ("ff02::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:8.8.8.8", True),
        ("::127.0.0.1", False),
        ("64:ff9b::7f00:1", False),
        ("64:ff9b::808:808", True),
        ("2002:7f00:1::", False),
        ("2001:0:4136:e378:8000:63bf:80ff:fffe", False),
    ],
)
def test_what_is_public(address: str, public: bool):
    """
    Also where an internal address comes in the clothes of another.
    """
    assert addresses.is_public(address) is public


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.com/",
        "file:///etc/passwd",
        "//example.com",
        "example.com/hook",
        "http://",
        "https://user:password@example.com/",
        "https://example.com:0/",
        "https://example.com:99999/",
        "https://exa mple.com/",
        "https://example.com/#part",
        "https://example.com/a\nb",
        "https://[::1/",
        "https://" + "a" * 64 + ".example/",
        "http://127.0.0.1/",
        "http://127.1/",
        "http://0x7f000001/",
        "http://2130706433/",
        "http://localhost:5432/",
        "http://[::1]:8123/",
        "http://[::ffff:169.254.169.254]/latest/meta-data",
        "http://169.254.169.254/",
    ],
)
async def test_addresses_that_are_refused(url: str):
    """
    What is no URL to send to, and what leads inside by whatever notation.
    """
    with pytest.raises(BadWebhookUrl):
        await addresses.check(url, private=False)


@pytest.mark.parametrize(
    "url",
    ["https://8.8.8.8/hook", "http://[2606:4700:4700::1111]:8080/", "https://nobody.invalid/"],
)
async def test_addresses_that_are_taken(url: str):
    """
    A name that nobody knows now may be known when there is something to say.
    """
    await addresses.check(url, private=False)


async def test_whoever_runs_pista_may_allow_internal_addresses():
    await addresses.check("http://127.0.0.1:8080/hook", private=True)


async def test_a_name_is_looked_up_once(monkeypatch: pytest.MonkeyPatch):
    """
    A name that is public when it is checked and internal a moment later leads nowhere else: the
    connection goes to the address that was checked.
    """
    asked: list[str] = []
    connected: list[str] = []

    async def resolver(self: Any, host: str, port: int, **_: Any) -> list[Any]:
        asked.append(host)
        address = "93.184.216.34" if len(asked) == 1 else "127.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    async def connect(*, remote_host: str, **_: Any) -> Any:
        connected.append(remote_host)
        raise OSError("no network here")

    loop = type(asyncio.get_running_loop())
    monkeypatch.setattr(loop, "getaddrinfo", resolver)
    monkeypatch.setattr("anyio.connect_tcp", connect)

    sent = await Sender(private=False).send("https://rebinding.example/", SECRET, "1", b"{}")

    assert (asked, connected) == (["rebinding.example"], ["93.184.216.34"])
    assert sent.error == "It cannot be connected to."


async def test_an_internal_address_is_refused_at_the_connection_too():
    """
    Whatever was saved, or has been in the database since before.
    """
    async with receiving(Receiver(SECRET)) as receiver:
        sent = await Sender(private=False).send(receiver.url, SECRET, "1", b"{}")

    assert (sent.error, receiver.received) == ("Its name leads into an internal network.", [])


async def test_redirects_are_not_followed():
    """
    They would lead past every check.
    """
    async with receiving(Receiver(SECRET)) as inside, receiving(Receiver(SECRET)) as outside:
        outside.answers.append(Answer(307, headers=(("Location", inside.url),)))
        sent = await Sender(private=True).send(outside.url, SECRET, "1", b"{}")

    assert (sent.status, sent.error) == (307, "It answered 307. Redirects are not followed.")
    assert inside.received == []


async def test_a_long_answer_is_not_read():
    """
    The status says everything; nobody waits for the rest, or has it in memory.
    """
    async with receiving(Receiver(SECRET)) as receiver:
        receiver.answers.append(Answer(200, body=b"x" * 50_000_000))
        sent = await Sender(private=True).send(receiver.url, SECRET, "1", b"{}")

    assert (sent.status, sent.error) == (200, None)


async def test_a_webhook_that_says_nothing_is_given_up(monkeypatch: pytest.MonkeyPatch):
    """
    After ten seconds; here, after a moment.
    """
    monkeypatch.setattr(webhook, "SEND_SECONDS", 0.2)
    async with receiving(Receiver(SECRET)) as receiver:
        receiver.answers.append(1.0)
        sent = await Sender(private=True).send(receiver.url, SECRET, "1", b"{}")

    assert sent.error == "It did not answer within 0 seconds."
    assert sent.milliseconds >= 200


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (b"", "It hung up without a proper answer."),
        (b"SSH-2.0-OpenSSH_9.6\r\n\r\n", "It hung up without a proper answer."),
        (b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 50_000, "It hung up without a proper answer."),
    ],
)
async def test_nonsense_is_an_error(answer: bytes, error: str):
    """
    Of whatever kind.
    """

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(answer)
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        sent = await Sender(private=True).send(f"http://127.0.0.1:{port}/", SECRET, "1", b"{}")

    assert sent.error == error


@pytest.mark.parametrize(
    ("name", "status", "error"),
    [("localhost", 204, None), ("other.test", None, "Its certificate is not valid for its name.")],
)
async def test_a_certificate_must_be_of_the_name(
    tmp_path: Path, name: str, status: int | None, error: str | None
):
    """
    And the name goes along, in the Host header and to TLS, though the connection is made to the
    address.
    """
    heard: list[str] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        request = await read_request(reader)
        heard.append(request.headers["host"])
        writer.write(written(Answer(204)))
        writer.close()

    certified, trusting = certificate(tmp_path, name)
    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=certified)
    async with server:
        port = server.sockets[0].getsockname()[1]
        sender = Sender(private=True, trust=trusting)
        sent = await sender.send(f"https://localhost:{port}/", SECRET, "1", b"{}")

    assert (sent.status, sent.error) == (status, error)
    assert heard == ([f"localhost:{port}"] if status else [])


def certificate(folder: Path, name: str) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """What a server of this name shows, and what its clients trust."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = folder / "certificate.pem"
    pem.write_bytes(
        made.public_bytes(Encoding.PEM)
        + key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    )
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(pem)
    return server, ssl.create_default_context(cafile=str(pem))


def test_signatures_are_of_the_time_and_the_body():
    """
    As written in docs/alerts.md: worked out with another program.
    """
    assert webhook.signature("whsec_example", b'{"about":"test"}', 1_700_000_000) == (
        "t=1700000000,v1=23ea2a3ae0463f88fc8a723ae100f480083538e33aefc87fabd8fcab75758ea7"
    )
