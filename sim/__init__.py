"""Discrete-event simulation of port and clearance throughput for Guangzhou Nansha."""
