"""Workers of other machines, through Dask: the same jobs and the same bytes as with processes of this one."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import CancelledError, Executor
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from sim.errors import Problem, RunError
from sim.experiment.crew import Crew
from sim.experiment.workers import interrupts_held
from sim.scenario.digest import code_version

if TYPE_CHECKING:
    from distributed import Client

LOCAL = "local"
"""In the place of an address: a cluster of this machine, for as long as the work takes."""

CONNECT_S = 15
"""How long a scheduler has to answer, and workers to come."""

DEATHS = 2
"""Workers that may die of a job before it is given up, less one; Dask counts them."""

Job = TypeVar("Job")
Result = TypeVar("Result")

GOES_ON = "start it again and give the same command: nothing that was finished is lost"
SAME_CODE = "install the same nansha-sim on every machine of the cluster, then start its workers again"


class Cluster(Crew):
    """The workers of a Dask cluster, all with this process's version of the code."""

    patience = 2.0
    remote = True

    def __init__(self, address: str, workers: int) -> None:
        """Connect to a scheduler, or start one with so many `workers`. Raises RunError if it cannot be used."""
        try:
            import distributed
        except ImportError:
            remedy = 'install it with: python -m pip install "nansha-sim[cluster]"'
            raise RunError(Problem("a cluster needs the package distributed", "--cluster", remedy)) from None
        _silence()
        self._distributed, self._address = distributed, address
        self._own: Any = None
        self._client = self._connected(address, workers)
        try:
            self.workers = self._counted()
        except BaseException:
            self.leave()
            raise
        self.ahead = 3 * self.workers

    def hire(self, at_most: int) -> Executor:
        """Return the cluster as an executor; its workers are there already."""
        executor: Executor = self._client.get_executor(pure=False, retries=DEATHS)
        return executor

    def dismiss(self, executor: Executor, *, finished: bool) -> None:
        """Cancel what is under way unless it is `finished`."""
        if self._there:
            executor.shutdown(wait=finished)

    def prepared(self, work: Callable[[Job], Result]) -> Callable[[Job], Result]:
        """Return `work` as it runs on a worker: one that came later may have other code."""
        return partial(run_with, code_version(), work)

    def explained(self, error: Exception) -> Exception | None:
        """Return what to raise for a job that ended with `error`; None if its workers died of it."""
        if isinstance(error, self._distributed.KilledWorker):
            return None
        if isinstance(error, CancelledError) or not self._there:
            return self._lost()
        return error

    def check(self, executor: Executor) -> None:
        """Raise RunError if the scheduler is gone."""
        if not self._there:
            raise self._lost()

    def leave(self) -> None:
        """Close the connection, and the cluster if it is this process's own."""
        self._client.close(timeout=5)
        if self._own is not None:
            self._own.close(timeout=10)

    @property
    def _there(self) -> bool:
        return bool(self._client.status == "running")

    def _lost(self) -> RunError:
        return RunError(Problem(f"the cluster at {self._address} is lost", "--cluster", GOES_ON))

    def _connected(self, address: str, workers: int) -> Client:
        distributed = self._distributed
        try:
            if address != LOCAL:
                client: Client = distributed.Client(address, timeout=CONNECT_S, set_as_default=False)
                return client
            with interrupts_held():
                self._own = distributed.LocalCluster(
                    n_workers=workers, threads_per_worker=1, dashboard_address=None, host="127.0.0.1"
                )
            return distributed.Client(self._own, set_as_default=False)
        except (OSError, ValueError, TypeError) as error:
            what = f"no Dask scheduler answers at {address}"
            remedy = "write it as tcp://host:8786, check that dask scheduler runs there, or write local"
            raise RunError(Problem(what, "--cluster", remedy)) from error

    def _counted(self) -> int:
        """Return how many jobs the workers take at once. Raises RunError if there is none, or one with other code."""
        try:
            self._client.wait_for_workers(1, timeout=CONNECT_S)
        except (TimeoutError, self._distributed.TimeoutError):
            remedy = f"start some: dask worker {self._address} --nthreads 1 --death-timeout 60"
            raise RunError(Problem(f"the cluster at {self._address} has no workers", "--cluster", remedy)) from None
        versions = self._client.run(code_version, on_error="return")
        others = {worker: version for worker, version in versions.items() if version != code_version()}
        if others:
            raise RunError(
                Problem(
                    f"worker {worker} cannot be used: "
                    + (f"it has nansha-sim {version}" if isinstance(version, str) else f"it has none ({version})")
                    + f", this is {code_version()}",
                    "--cluster",
                    SAME_CODE,
                )
                for worker, version in others.items()
            )
        return sum(self._client.nthreads().values())


def _silence() -> None:
    """Keep Dask from logging to the screen: what matters of it is told in this program's own words."""
    for name in list(logging.root.manager.loggerDict):
        if name.partition(".")[0] in ("distributed", "tornado"):
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)


def run_with(code: str, work: Callable[[Job], Result], job: Job) -> Result:
    """Run a job on a worker. Raises RunError if the worker has other code than the one that asks."""
    if code_version() != code:
        what = f"a worker cannot be used: it has nansha-sim {code_version()}, {code} asks"
        raise RunError(Problem(what, "--cluster", SAME_CODE))
    return work(job)
