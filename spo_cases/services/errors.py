"""The one error that a start may end with."""


class CannotStart(Exception):
    """Why the service cannot start, and the remedy, in one line for the person who typed ./run."""
