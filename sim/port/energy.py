"""What ships, cranes and trucks burn: section 6 of the port parameters."""

from __future__ import annotations

from collections.abc import Mapping

from sim.port.units import (
    Frozen,
    GramsPerHour,
    GramsPerKilowattHour,
    KilogramsPerHour,
    KilogramsPerKilowattHour,
    KilowattHoursPerMove,
    Kilowatts,
    Share,
)


class Engines(Frozen):
    """Loads of a vessel's auxiliary engines by state, and of its boiler."""

    berth: Kilowatts
    anchor: Kilowatts
    manoeuvre: Kilowatts
    boiler: Kilowatts


class Energy(Frozen):
    """Emissions of ships by state, of cranes by move and of trucks that wait."""

    engines: Mapping[str, Engines]
    """By vessel class. A class not named burns nothing that is counted."""
    auxiliary_co2: KilogramsPerKilowattHour
    auxiliary_nox: GramsPerKilowattHour
    boiler_co2: KilogramsPerKilowattHour
    grid_co2: KilogramsPerKilowattHour
    shore_power_share: Share
    """Of the auxiliary energy at the berth that is drawn from the shore; the boiler stays on."""
    quay_crane: KilowattHoursPerMove
    barge_crane: KilowattHoursPerMove
    yard: KilowattHoursPerMove
    """Stacking and horizontal transport of one box, per move over quay or gate."""
    truck_idle_co2: KilogramsPerHour
    truck_idle_nox: GramsPerHour
