"""Shows what an engine counted: values of facets, periods, ids of now."""
