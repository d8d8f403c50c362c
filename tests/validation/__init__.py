"""The shipped scenarios against what was published: one file per source.

What was calibrated is said in the notes of the scenario files. Here the distance to the source is measured, with the
tolerance that issue and source allow; the sampling error of each comparison is small beside it, and tested.
"""
