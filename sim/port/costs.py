"""What time costs: charges of port and carriers, and the value of time with both bounds (section 7 of customs)."""

from __future__ import annotations

from sim.port.units import DailyShare, Days, Frozen, Share, YuanPerBox, YuanPerBoxDay, YuanPerTeu


class Costs(Frozen):
    """Charges and values in yuan (CNY)."""

    free_storage: Days
    storage: YuanPerBoxDay
    """After the free days in the yard."""
    free_demurrage: Days
    demurrage: YuanPerBoxDay
    """Carrier's charge after the free days from discharge to gate-out."""
    examination_fee: YuanPerBox
    scan_fee: YuanPerBox
    waived_when_clean: Share
    """Share of inspected boxes without an infringement whose fee is waived."""
    value_of_goods: YuanPerTeu
    holding: DailyShare
    """Lower bound of the value of time: capital bound in goods, share of their value a day."""
    willingness: DailyShare
    """Upper bound: what shippers pay to save a day, share of the value of goods (Hummels and Schaur 2013)."""
