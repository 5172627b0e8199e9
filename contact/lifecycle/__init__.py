"""What protected persons are to be told, and every act of telling them."""

from contact.lifecycle.asking import ask, hand_clocks
from contact.lifecycle.telling import STEPS, Told, correct_telling, tell

__all__ = ["STEPS", "Told", "ask", "correct_telling", "hand_clocks", "tell"]
