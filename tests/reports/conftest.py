from tests.shared import shared, shared_world  # noqa: F401 - fixtures, found here by pytest
