"""Who acts where nobody does: the time that passes."""

from accounts.roles import Role


class Clock:
    """Stands in for a person where the time that has passed, not a person, acts."""

    pk = id = None
    force_id = unit_id = None
    role = Role.CLOCK
    username = "clock"
    is_authenticated = is_active = True

    def __str__(self) -> str:
        return "The clock"

    def get_username(self) -> str:
        return self.username


CLOCK = Clock()
