"""The simulated province: what really happened, how clerks wrote it down, and what went wrong on the way.

Here: `reference` (units and criteria by date), `names` (words to draw from), `province` (the truth), `forms` (the
blank forms), `reports` (what an honest reporter says), `clerks` (how each one writes it), `mail` and `post` (who
sends what when), `defects` (what is planted), `write` (bytes), `truth` (expected figures), `folder` (the raw folder);
`communes` is the province of the new era, in which communes report for themselves.
Nothing here may import `pipelines`: this is the second opinion that the pipeline is tested against, and a shared
mistake would be invisible.
"""

from tests.world.defects import Plan
from tests.world.mail import Delivery
from tests.world.post import World

__all__ = ["Delivery", "Plan", "World"]
