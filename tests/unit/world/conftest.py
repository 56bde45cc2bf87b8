"""Worlds that several tests look at, written once a worker."""

from datetime import date

import pytest

from tests.world import World
from tests.world.truth import Truth


@pytest.fixture(scope="session")
def sample() -> World:
    """The world of the shipped sample."""
    world = World()
    world.files()
    return world


@pytest.fixture(scope="session")
def truth(sample: World) -> Truth:
    return Truth(sample)


@pytest.fixture(scope="session")
def clean() -> World:
    """Another seed, four months, nothing planted."""
    world = World(7, last=date(2014, 12, 1))
    world.files()
    return world
