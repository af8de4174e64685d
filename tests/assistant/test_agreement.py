"""Documents that say the same are cited together, and only where their figures are the same."""

from assistant.assistant import Assistant
from assistant.types import Question


def test_agreeing_documents_are_cited_with_the_statement(corpus_assistant: Assistant) -> None:
    questions = (
        "And what do they call No Wrong Door in Norfolk?",
        "What is the Reunification Project?",
        "What is Family Safeguarding?",
        "Who evaluates the programme?",
        "When did Our Place open?",
        "What is a family group conference?",
        "Who is No Wrong Door for?",
        "What did Ofsted say about Our Place?",
    )
    answers = [corpus_assistant.ask(Question(text)) for text in questions]
    pairs = [(answer, statement) for answer in answers for statement in answer.statements if statement.agreeing]
    assert pairs
    for answer, statement in pairs:
        by_number = {citation.number: citation for citation in answer.citations}
        own = {by_number[number].document_id for number in statement.citations}
        assert not own & {by_number[number].document_id for number in statement.agreeing}
        assert "also said in" in answer.answer
