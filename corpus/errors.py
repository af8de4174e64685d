"""CorpusError
├── SourceError   a Markdown source or programme.toml cannot be used
└── StaleError    a committed PDF is not what its source builds
"""


class CorpusError(Exception):
    """The root: its message is a sentence that says what to do."""


class SourceError(CorpusError):
    """A source is wrong; the message names the place."""


class StaleError(CorpusError):
    """A committed PDF differs from what its source builds."""
