"""What this room gives to those it may not import: a ringer to the bell, a sentence to every page."""

from alerts import bell, queries, tasks
from casework import frame

bell.ringer(tasks.deliver.delay)
frame.say_alerts(queries.line)
