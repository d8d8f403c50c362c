"""The model: SimPy drives vessels, quay and cranes; boxes are columns through exact waiting lines."""

from sim.models.feasible import impossibilities
from sim.models.load import StationLoad, offered_loads
from sim.models.simulate import simulate
from sim.models.traced_port import misfits, traced_ports

__all__ = ["StationLoad", "impossibilities", "misfits", "offered_loads", "simulate", "traced_ports"]
