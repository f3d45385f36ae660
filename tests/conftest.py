"""Settings for every test."""

from __future__ import annotations

import pytest
from hypothesis import settings

# No deadline: a slow machine is not a failing law. Not derandomized: every run looks at new
# examples, and a failure prints the blob that reproduces it.
settings.register_profile(
    "everyday", max_examples=100, deadline=None, derandomize=False, print_blob=True
)
settings.register_profile("fuzz", settings.get_profile("everyday"), max_examples=5_000)


def pytest_configure(config: pytest.Config) -> None:
    """Use the everyday profile unless the command line names another (`make fuzz`)."""
    if config.getoption("--hypothesis-profile") is None:
        settings.load_profile("everyday")
