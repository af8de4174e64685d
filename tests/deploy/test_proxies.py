"""nginx and Caddy in front of the real application, with the files of deploy/: TLS, events as they come, uploads."""

import json
import re
import shutil
import ssl
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from api.app import create_app
from api.settings import Settings
from ingest.library import Library
from ingest.programme import load_programme
from tests import behaviours as does
from tests.api.jobs import follow
from tests.api.telemetry.process import until
from tests.endpoints import MODEL, Endpoint, serving_model
from tests.ingest.pdfs import make_pdf, report
from tests.replies import replying
from tests.serving import free_port, serving

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
NAME = "assistant.example"
LINES = ("The hub has nine beds and a team of four key workers.",)


@pytest.fixture(scope="module")
def model() -> Iterator[Endpoint]:
    with serving_model(does.waits_then(replying("The hub has nine beds."))) as endpoint:
        yield endpoint


@pytest.fixture(scope="module")
def inside(model: Endpoint, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    settings = Settings(
        data_dir=tmp_path_factory.mktemp("behind") / "library",
        allowed_hosts=(NAME,),
        llm_base_url=model.url,
        llm_model=MODEL,
    )
    with Library.open(settings, load_programme()) as library:
        library.add_bytes("hubs.pdf", make_pdf([LINES], "Hubs"))
        with serving(create_app(settings, library)) as url:
            until(lambda: httpx.get(f"{url}/ready").status_code == 200)
            yield url


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `cert` and `key`, for one day."""
    folder = tmp_path_factory.mktemp("tls")
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    now = datetime.now(UTC)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(1).not_valid_before(now - timedelta(hours=1)).not_valid_after(now + timedelta(days=1))
    signed = made.add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), False).sign(key, hashes.SHA256())
    (folder / "cert").write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    form = serialization.PrivateFormat.PKCS8
    (folder / "key").write_bytes(key.private_bytes(serialization.Encoding.PEM, form, plain))
    return folder


def nginx(folder: Path, inside: str, port: int, certificate: Path) -> list[str]:
    """The file of deploy/ with this test's ports and certificate, within the frame that Debian's package gives it."""
    site = (DEPLOY / "nginx.conf").read_text("utf-8").replace("http://127.0.0.1:8000", inside)
    site = site.replace("listen 443 ssl", f"listen 127.0.0.1:{port} ssl").replace(
        "listen 80;", f"listen {free_port()};"
    )
    site = re.sub(r"/etc/ssl/assistant\.crt", str(certificate / "cert"), site)
    site = re.sub(r"/etc/ssl/assistant\.key", str(certificate / "key"), site)
    paths = " ".join(
        f"{what}_temp_path {folder}/{what};" for what in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    frame = (
        f"daemon off; pid {folder}/pid; error_log {folder}/error.log; events {{}}\nhttp {{ access_log off; {paths}\n"
    )
    (folder / "nginx.conf").write_text(f"{frame}{site}}}\n")
    return ["nginx", "-p", str(folder), "-e", f"{folder}/error.log", "-c", f"{folder}/nginx.conf"]


def caddy(folder: Path, inside: str, port: int, certificate: Path) -> list[str]:
    site = (DEPLOY / "Caddyfile").read_text("utf-8").replace("127.0.0.1:8000", urlsplit(inside).netloc)
    own = f"https://{NAME}:{port} {{\n\ttls {certificate}/cert {certificate}/key\n\tbind 127.0.0.1"
    frame = "{\n\tadmin off\n\tauto_https disable_redirects\n}\n"
    (folder / "Caddyfile").write_text(frame + site.replace(f"{NAME} {{", own))
    return ["caddy", "run", "--adapter", "caddyfile", "--config", f"{folder}/Caddyfile"]


Command = Callable[[Path, str, int, Path], list[str]]


@pytest.fixture(params=[nginx, caddy], ids=["nginx", "caddy"], scope="module")
def outside(
    request: pytest.FixtureRequest, inside: str, certificate: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[httpx.Client]:
    """A client that knows the proxy by its name and trusts its certificate, as a person's browser does."""
    if shutil.which(request.param.__name__) is None:
        pytest.skip(f"{request.param.__name__} is not installed")
    folder, port = tmp_path_factory.mktemp("proxy"), free_port()
    trusting = ssl.create_default_context(cafile=str(certificate / "cert"))
    with running(request.param(folder, inside, port, certificate), folder) as process:
        extensions = {"sni_hostname": NAME}
        with httpx.Client(
            base_url=f"https://127.0.0.1:{port}",
            headers={"Host": NAME},
            verify=trusting,
            timeout=60,
            event_hooks={"request": [lambda sent: sent.extensions.update(extensions)]},
        ) as client:
            until(lambda: _answers(client), process)
            yield client


@contextmanager
def running(command: list[str], folder: Path) -> Iterator["subprocess.Popen[str]"]:
    environment = {"PATH": "/usr/sbin:/usr/bin:/bin", "HOME": str(folder)}
    program = shutil.which(command[0]) or command[0]
    with (folder / "said").open("w") as said:
        process = subprocess.Popen([program, *command[1:]], env=environment, stderr=said, stdout=said, text=True)
        try:
            yield process
        finally:
            process.terminate()
            process.wait(20)


def _answers(client: httpx.Client) -> bool:
    try:
        return client.get("/health").status_code == 200
    except httpx.TransportError:
        return False


def test_events_arrive_as_they_are_sent(outside: httpx.Client, model: Endpoint) -> None:
    """The passages are here while the language model still says nothing: no proxy keeps them back."""
    model.now(does.waits_then(replying("The hub has nine beds.")))
    seen: list[str] = []
    with outside.stream("POST", "/api/v1/chat", json={"question": "How many beds does the hub have?"}) as answer:
        assert answer.status_code == 200
        for line in answer.iter_lines():
            if line.startswith("event: "):
                seen.append(line.removeprefix("event: "))
                if seen[-1] == "evidence":
                    assert "done" not in seen
                    model.release()
            elif line.startswith("data: ") and seen[-1] == "done":
                assert json.loads(line.removeprefix("data: "))["status"] == "answered"
    assert seen[-1] == "done"


def test_uploads_headers_and_refusals_pass(outside: httpx.Client, inside: str) -> None:
    sent = outside.post("/api/v1/documents", files=[("files", ("kinship.pdf", report("kinship care", 60)))])
    assert sent.status_code == 202, sent.text
    follow(outside, sent.json()["job_id"])
    page = outside.get("/")
    assert page.status_code == 200
    assert "max-age" in page.headers["strict-transport-security"]
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert re.fullmatch(r"[\w-]{16,64}", page.headers["x-request-id"])
    own = page.headers["x-request-id"]
    assert outside.get("/health").headers["x-request-id"] != own
    foreign = outside.post("/api/v1/ask", json={"question": "Why?"}, headers={"Origin": "https://elsewhere.example"})
    assert foreign.status_code == 403


def test_a_page_of_the_same_site_may_change_things(outside: httpx.Client) -> None:
    same = {"Origin": f"https://{NAME}", "Sec-Fetch-Site": "same-origin"}
    assert outside.post("/api/v1/boards", json={"name": "Ours"}, headers=same).status_code == 201
