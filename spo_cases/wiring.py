"""What the project connects once the models are there."""

from alerts import rooms
from spo_cases.tasks import TURN

rooms.keep(TURN)
