"""Answers requests from arrays on one machine: the engine that is used where no other is named."""
