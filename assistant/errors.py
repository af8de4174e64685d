"""AssistantError          root; every message is a sentence that says what to do
├── QuestionError       the question is empty or too long
├── CursorError         the list of examples is not the one that was opened
├── UnknownBoardError   no board of this id, or no such entry on it
├── BoardFullError      as many entries as a board takes
└── NotThereError       a page does not say what is to be kept of it
"""


class AssistantError(Exception):
    retryable = False


class QuestionError(AssistantError):
    pass


class CursorError(AssistantError):
    pass


class UnknownBoardError(AssistantError):
    pass


class BoardFullError(AssistantError):
    pass


class NotThereError(AssistantError):
    pass
