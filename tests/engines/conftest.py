"""A profile for those who break the engines on purpose."""

from __future__ import annotations

from hypothesis import Phase, settings

# The examples of `everyday`, each run with its own: nothing remembered, and a failure is not made
# small, for here it counts only that there is one.
settings.register_profile(
    "mutants",
    settings.get_profile("everyday"),
    database=None,
    phases=[Phase.explicit, Phase.generate],
    report_multiple_bugs=False,
)
