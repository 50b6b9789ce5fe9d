"""Django's engine, guarded: no connection exists that could write past the one door."""

from typing import Any

from django.db.backends.postgresql import base

from laar.base.guard import refuse_write_outside_act


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that refuses a write on a recorded table outside `act()`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.execute_wrappers.append(refuse_write_outside_act)
