"""Floor 2."""

from laar.base.apps import Floor


class RegistersFloor(Floor):
    """Registers."""

    name = "laar.registers"
    label = "registers"
