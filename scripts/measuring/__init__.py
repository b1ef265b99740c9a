"""How well names are found, brought to the nominative and told apart, against gold sets."""
