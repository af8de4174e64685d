"""A certified OpenID Connect provider (oidc-provider, on Node) on a real port, installed outside the tree."""

import hashlib
import html
import os
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin

import httpx
import pytest

HERE = Path(__file__).resolve().parent / "provider"
SECRET = "s3cret/+ %"


@dataclass(slots=True)
class Providing:
    """Any name signs in over there; `misbehave` makes its tokens wrong in one way (see provider.mjs)."""

    folder: Path
    port: int
    process: "subprocess.Popen[str] | None" = None

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        command = ["node", "provider.mjs", str(self.port)]
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
        self.process = subprocess.Popen(command, cwd=self.folder, text=True, **pipes)  # type: ignore[call-overload]
        assert self.process is not None
        assert self.process.stdout is not None
        assert any("ready" in line for line in self.process.stdout)

    def stop(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.communicate()
            self.process = None

    def misbehave(self, how: str = "") -> None:
        httpx.post(f"{self.issuer}/misbehave", params={"how": how}).raise_for_status()

    def settings(self, **more: object) -> dict[str, object]:
        given = {"oidc_issuer": self.issuer, "oidc_client_id": "assistant", "oidc_client_secret": SECRET}
        return {**given, "oidc_first_steward": "stella@office.example", **more}


def installed() -> Path:
    """Where it is installed: once a machine, in the cache. Skips where that cannot be done."""
    missing = [name for name in ("node", "npm") if shutil.which(name) is None]
    if missing:
        pytest.skip(f"no {missing[0]}: install Node.js with npm to test sign-in against a real provider")
    lock = hashlib.sha256((HERE / "package-lock.json").read_bytes()).hexdigest()[:12]
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "programme-assistant"
    wanted = cache / f"provider-{lock}"
    if not wanted.is_dir():
        cache.mkdir(parents=True, exist_ok=True)
        making = Path(tempfile.mkdtemp(dir=cache))
        for name in ("package.json", "package-lock.json"):
            shutil.copy(HERE / name, making)
        command = ["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"]
        try:
            subprocess.run(command, cwd=making, check=True, capture_output=True, timeout=120)
        except (subprocess.SubprocessError, OSError):
            shutil.rmtree(making, ignore_errors=True)
            pytest.skip("npm could not install oidc-provider: sign-in is not tested against a real provider")
        making.rename(wanted) if not wanted.is_dir() else shutil.rmtree(making)
    shutil.copy(HERE / "provider.mjs", wanted)
    return wanted


def through(provider: httpx.Client, where: str, name: str) -> str:
    """From the provider's door to the address that leads back, as a person would: name, then consent."""
    for _ in range(12):
        answer = provider.get(where)
        while answer.is_redirect:
            where = urljoin(str(answer.url), answer.headers["location"])
            if "/sign-in" in where:
                return where
            answer = provider.get(where)
        form = re.search(r'action="([^"]+)"', answer.text)
        assert form is not None, answer.text
        prompt = "login" if 'name="login"' in answer.text else "consent"
        fields = {"prompt": prompt, "login": name, "password": "x"}
        answer = provider.post(urljoin(str(answer.url), html.unescape(form[1])), data=fields)
        where = urljoin(str(answer.url), answer.headers["location"])
    raise AssertionError("the provider went round in circles")
