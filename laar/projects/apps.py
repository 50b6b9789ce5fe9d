"""Floor 6."""

from laar.base.apps import Floor


class ProjectsFloor(Floor):
    """Projects."""

    name = "laar.projects"
    label = "projects"
