"""The import chain of `tests.benchmark.chain` as its peers would have it written; they are in the extra `bench`.

Both are given the drawn hours of each box, so that they must find the same hours as the columns. What they record of
their own accord is switched off where they can (salabim) or stays as it is (Ciw).
"""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from tests.benchmark.chain import Chain

Floats = NDArray[np.float64]


def salabim_processes(chain: Chain) -> Floats:
    """Return the hours at which the boxes are through the gate, by a salabim component for each box.

    As generators (not yieldless), which salabim itself calls the quicker way, without monitors and trace.
    """
    import salabim  # type: ignore[import-not-found,unused-ignore]

    from tests.benchmark.chain import BAYS, LANES

    salabim.yieldless(False)
    env, out = salabim.Environment(trace=False), np.empty(len(chain))
    bays = salabim.Resource("bays", capacity=BAYS, monitor=False, env=env)
    lanes = salabim.Resource("lanes", capacity=LANES, monitor=False, env=env)
    rows = zip(*(column.tolist() for column in vars(chain).values()), strict=True)

    class Box(salabim.Component):  # type: ignore[misc]
        def process(self, row: int, hours: tuple[Any, ...]) -> Generator[Any, Any, None]:
            _, documents, inspected, examination, pick_up, lane = hours
            yield self.hold(documents)
            if inspected:
                yield self.request(bays)
                yield self.hold(examination)
                self.release()
            yield self.hold(pick_up)
            yield self.request(lanes)
            yield self.hold(lane)
            self.release()
            out[row] = env.now()

    class Ship(salabim.Component):  # type: ignore[misc]
        def process(self) -> Generator[Any, Any, None]:
            for row, hours in enumerate(rows):
                yield self.hold(till=hours[0])
                Box(row=row, hours=hours, env=env)

    Ship(env=env)
    env.run()
    return out


def ciw_individuals(chain: Chain) -> Floats:
    """Return the same, by a Ciw individual for each box: four nodes, delays being nodes with servers without end.

    At every event Ciw looks at every individual in such a node, so that its time grows with the boxes under way.
    """
    import ciw  # type: ignore[import-not-found,unused-ignore]

    from tests.benchmark.chain import BAYS, LANES

    class Given(ciw.dists.Distribution):  # type: ignore[misc]
        """The hours that were drawn for the box, found by its number, which Ciw counts from one."""

        def __init__(self, hours: Floats) -> None:
            self.hours: list[float] = hours.tolist()

        def sample(self, t: float | None = None, ind: Any = None) -> float:
            number: int = ind.id_number
            return self.hours[number - 1]

    class Coming(ciw.dists.Distribution):  # type: ignore[misc]
        """The gaps between the boxes off the ship, one after the other; then never."""

        def __init__(self, hours: Floats) -> None:
            self.gaps: list[float] = [*np.diff(hours, prepend=0.0).tolist(), float("inf")]
            self.next = -1

        def sample(self, t: float | None = None, ind: Any = None) -> float:
            self.next += 1
            return self.gaps[self.next]

    inspected = chain.inspected.tolist()
    network = ciw.create_network(
        arrival_distributions=[Coming(chain.discharged), None, None, None],
        service_distributions=[Given(h) for h in (chain.documents, chain.examination, chain.pick_up, chain.lane)],
        number_of_servers=[float("inf"), BAYS, float("inf"), LANES],
        routing=ciw.routing.ProcessBased(lambda box, _: [2, 3, 4] if inspected[box.id_number - 1] else [3, 4]),
    )
    simulation = ciw.Simulation(network)
    simulation.simulate_until_max_customers(len(chain), method="Finish")
    out = np.empty(len(chain))
    for record in simulation.get_all_records():
        if record.node == 4:
            out[record.id_number - 1] = record.exit_date
    return out
