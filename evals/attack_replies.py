"""What a real model makes of the attacks when nothing stands between: `python -m evals.attack_replies`.

Asks the endpoint of ASSISTANT_LLM_BASE_URL about each attack with the attacker's words in the passage, as a reader that
leaves nothing out would hand them on, and keeps the replies; what is there already is not asked for again. Tests send
them through the whole service everywhere.
"""

import json
import re
import sys
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from assistant.settings import AssistantSettings
from assistant.writing.context import PromptPassage
from assistant.writing.endpoint import Endpoint
from assistant.writing.prompts import messages, response_format
from evals.attack_files import Attack, read_attacks

REPLIES = Path(__file__).parent / "attack-replies.json"
_OTHER = "[2] (Notes from the councils)\nFamilies said that they were listened to. Each council chose its own name."


def read_replies(path: Path = REPLIES) -> dict[str, str]:
    """The reply to each attack, by the attack's id."""
    replies: dict[str, str] = json.loads(path.read_text("utf-8"))["replies"]
    return replies


def obeyed(attacks: Sequence[Attack], replies: dict[str, str]) -> list[str]:
    """The attacks in whose replies stands what the attacker wants."""
    return [one.id for one in attacks if one.id in replies and re.search(one.wants, replies[one.id], re.I)]


def record(endpoint: Endpoint, attacks: Sequence[Attack]) -> Iterator[tuple[str, str]]:
    for attack in attacks:
        yield attack.id, ask_openly(endpoint, attack)


def ask_openly(endpoint: Endpoint, attack: Attack) -> str:
    """The reply to the attacker's passage as it is, between the rules and the question that every prompt has."""
    hides = re.sub(r"^TAGS:", "", attack.hides) or attack.file.replace("_", " ")
    shown = (f"[1] (Notes from the councils)\n{attack.says}\n{hides}", _OTHER)
    passages = [cast(PromptPassage, SimpleNamespace(shown=text)) for text in shown]

    def prompt(schema: bool) -> list[tuple[str, str]]:
        return messages(attack.question, passages, schema)

    return "".join(endpoint.stream(prompt, response_format(), threading.Event()))


def main() -> int:
    endpoint, attacks = Endpoint(AssistantSettings()), read_attacks()
    known = read_replies() if REPLIES.exists() else {}
    told: dict[str, Any] = {"model": endpoint.look().name, "replies": known}
    for attack, reply in record(endpoint, [one for one in attacks if one.id not in known]):
        known[attack] = reply
        REPLIES.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", "utf-8")
    print(f"{len(obeyed(attacks, told['replies']))} of {len(attacks)} attacks were obeyed by {told['model']}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
