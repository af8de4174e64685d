"""What the documents say of settings is what the code says."""

import re
from pathlib import Path

from api.settings import Settings
from api.settings_page import default, settings_page, variable

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = (ROOT / ".env.example").read_text("utf-8")
FIELDS = Settings.model_fields


def test_every_setting_has_a_sentence() -> None:
    """Its docstring, below it."""
    assert not [name for name, info in FIELDS.items() if not (info.description or "").endswith(".")]


def test_the_page_is_what_the_code_says() -> None:
    assert (ROOT / "docs" / "settings.md").read_text("utf-8") == settings_page(), "run `make settings`"


def test_the_example_has_every_setting_with_its_default() -> None:
    told = dict(re.findall(r"(?m)^#(ASSISTANT_\w+)=(.*)$", EXAMPLE))
    assert told.keys() == {variable(name) for name in FIELDS}
    wrong = {
        name: told[variable(name)] for name, info in FIELDS.items() if not _same(told[variable(name)], default(info))
    }
    assert not {name: value for name, value in wrong.items() if default(FIELDS[name])}


def _same(one: str, other: str) -> bool:
    try:
        return float(one) == float(other)
    except ValueError:
        return one == other


def test_the_page_holds_no_secret_and_no_path_of_this_machine() -> None:
    assert str(ROOT) not in settings_page()
    assert "**" not in settings_page()
