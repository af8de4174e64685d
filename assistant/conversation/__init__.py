"""From the turns of a conversation to a question that can be asked alone.

turns → mentions → moves → (swap · phrases · referents · pronouns) → scope → standalone.
"""

from assistant.conversation.scope import merged
from assistant.conversation.standalone import Standalone, stand_alone
from assistant.conversation.turns import SILENCE

__all__ = ["SILENCE", "Standalone", "merged", "stand_alone"]
