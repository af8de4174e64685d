"""AssistantError          root; every message is a sentence that says what to do
└── QuestionError       the question is empty or too long
"""


class AssistantError(Exception):
    retryable = False


class QuestionError(AssistantError):
    pass
