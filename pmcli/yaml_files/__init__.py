"""The YAML that an office writes itself: read within bounds, held against a shape, told of."""
