from tests.shared import shared, world  # noqa: F401 - fixtures, found here by pytest
