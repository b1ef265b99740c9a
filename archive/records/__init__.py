"""Tells what a store has recorded: its log, figures, versions, damage, exports."""
