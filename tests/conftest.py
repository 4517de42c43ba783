"""What every test shares."""

from hypothesis import settings

# A busy machine is no fault of the code; speed has tests of its own, as ratios.
settings.register_profile("steady", deadline=None)
settings.load_profile("steady")
