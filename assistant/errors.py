"""AssistantError          root; every message is a sentence that says what to do
├── QuestionError       the question is empty or too long
├── CaseDataError       words that may identify a child or a family
├── CursorError         the list of examples is not the one that was opened
├── UnknownBoardError   no board of this id, or no such entry on it
├── BoardFullError      as many entries as a board takes
├── NotThereError       a page does not say what is to be kept of it
└── EndpointError       the language model did not answer; the quotes do, and the message says why
    ├── EndpointDownError       nobody answers at its address
    ├── EndpointSlowError       it took too long to begin, to go on, or to end
    ├── EndpointBusyError       too many requests at once, here or there
    ├── EndpointKeyError        it refuses the key
    ├── EndpointModelError      it has no model of this name
    ├── EndpointFailedError     it answered with an error of its own
    └── EndpointReplyError      its reply cannot be used
"""


class AssistantError(Exception):
    retryable = False


class QuestionError(AssistantError):
    pass


class CaseDataError(AssistantError):
    """`found` has each kind with its place in the text, never the words; `edited` is None where nothing is left.

    `safety` is the line for what sounds like a live concern: it must not wait until the text is edited.
    """

    def __init__(
        self,
        message: str,
        found: tuple[tuple[str, int, int], ...] = (),
        edited: str | None = None,
        may_insist: bool = False,
        safety: str | None = None,
    ) -> None:
        super().__init__(message)
        self.found, self.edited, self.may_insist, self.safety = found, edited, may_insist, safety


class CursorError(AssistantError):
    pass


class UnknownBoardError(AssistantError):
    pass


class BoardFullError(AssistantError):
    pass


class NotThereError(AssistantError):
    pass


class EndpointError(AssistantError):
    pass


class EndpointDownError(EndpointError):
    retryable = True


class EndpointSlowError(EndpointError):
    pass


class EndpointBusyError(EndpointError):
    retryable = True


class EndpointKeyError(EndpointError):
    pass


class EndpointModelError(EndpointError):
    pass


class EndpointFailedError(EndpointError):
    retryable = True


class EndpointReplyError(EndpointError):
    pass
