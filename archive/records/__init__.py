"""Tells what a store has recorded: its log, statistics, versions, damage, exports."""
