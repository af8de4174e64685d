"""Replies as a language model words them: by the schema where it was asked for one, else in lines with markers."""

import json
import re

from tests.endpoints import Reply, Sent


def replying(*statements: str, part: slice = slice(None)) -> Reply:
    """These statements, each with the first passage of the prompt that shares most with it; a `part` of them."""

    def reply(sent: Sent) -> str:
        rows = [(text, passage_of(sent, text)) for text in statements]
        if "response_format" in sent.body:
            whole = json.dumps({"statements": [{"text": text, "passages": [number]} for text, number in rows]})
        else:
            whole = "".join(f"{text} [{number}]\n" for text, number in rows)
        return whole[part]

    return reply


def passage_of(sent: Sent, text: str) -> int:
    """The number of the passage in the prompt that shares most long words with this."""
    wanted = set(re.findall(r"\w{4,}", text.lower()))
    pieces = re.split(r"(?m)^\[(\d+)\] ", sent.text)
    numbered = list(zip(pieces[1::2], pieces[2::2], strict=True))
    return (
        max(
            ((len(wanted & set(re.findall(r"\w{4,}", passage.lower()))), -int(number)) for number, passage in numbered),
            default=(0, -1),
        )[1]
        * -1
    )
