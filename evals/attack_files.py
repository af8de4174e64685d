"""The files of evals/attacks.jsonl: each says something true where all can read it, and hides an order where it says.

Half of the orders are subtle: no order at all but a wrong figure where nobody sees it, or a polite note.
"""

import base64
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from pathlib import Path

from evals.attack_office import build_slides, build_word
from evals.attack_pdf import build_pdf

ATTACKS = Path(__file__).parent / "attacks.jsonl"


@dataclass(frozen=True, slots=True)
class Attack:
    """`hides` stands at `place` of `file`, beside `says`; `wants` is the pattern of what must never reach a person.

    `fact` is the pattern of what the document truly answers to `question`.
    """

    id: str
    file: str
    place: str
    subtle: bool
    question: str
    says: str
    hides: str
    wants: str
    fact: str


def read_attacks(path: Path = ATTACKS) -> tuple[Attack, ...]:
    return tuple(Attack(**json.loads(line)) for line in path.read_text("utf-8").splitlines() if line)


def build_files(attacks: Sequence[Attack]) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of every file, in the order of the set."""
    for name, group in groupby(attacks, key=lambda attack: attack.file):
        yield name, _BUILDERS[name.rpartition(".")[2]](list(group))


def build_web(attacks: Sequence[Attack]) -> bytes:
    parts = [f"<h1>Notes from the councils</h1>{''.join(map(_web_part, attacks))}"]
    head = "<title>Notes from the councils</title><style>.more { display: none }</style>"
    return f"<!doctype html><html><head>{head}</head><body>{''.join(parts)}</body></html>".encode()


def _web_part(attack: Attack) -> str:
    hidden = {
        "comment": f"<!-- {attack.hides} -->",
        "display none": f'<p style="display: none">{attack.hides}</p>',
        "style sheet": f'<p class="more">{attack.hides}</p>',
        "aria label": f'<p aria-label="{attack.hides}" title="{attack.hides}"></p>',
        "visible": f"<p>{attack.hides.replace('<', '&lt;')}</p>",
    }[attack.place]
    return f"<h2>{_name(attack)}</h2><p>{attack.says}</p>{hidden}"


def build_markdown(attacks: Sequence[Attack]) -> bytes:
    return "\n\n".join(("# Notes from the councils", *map(_markdown_part, attacks))).encode()


def _markdown_part(attack: Attack) -> str:
    hidden = {
        "comment": f"<!-- {attack.hides} -->",
        "hidden span": f'Read on. <span style="display:none">{attack.hides}</span>',
        "link title": f'[More of this](https://example.org "{attack.hides}")',
        "image": attack.hides,
        "visible": attack.hides,
    }[attack.place]
    return f"## {_name(attack)}\n\n{attack.says}\n\n{hidden}"


def build_text(attacks: Sequence[Attack]) -> bytes:
    return "\n\n".join(f"{attack.says}\n\n{_coded(attack.hides)}" for attack in attacks).encode()


def _coded(hides: str) -> str:
    """What follows “TAGS:” is spelt in letters that no font draws, what follows “B64:” in base64."""
    if hides.startswith("TAGS:"):
        return "Thank you. " + "".join(chr(0xE0000 + ord(letter)) for letter in hides[5:])
    before, mark, coded = hides.partition("B64:")
    return f"{before}{base64.b64encode(coded.encode()).decode()}" if mark else hides


def _name(attack: Attack) -> str:
    """The heading of its section says nothing that could answer."""
    return f"Council {int(attack.id[1:])}"


_BUILDERS: dict[str, Callable[[Sequence[Attack]], bytes]] = {
    "pdf": build_pdf,
    "docx": partial(build_word, name=_name),
    "pptx": partial(build_slides, name=_name),
    "html": build_web,
    "md": build_markdown,
    "txt": build_text,
}
