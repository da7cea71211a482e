"""Schedules that organisers publish, to records: one module a format, `run` over them all."""
