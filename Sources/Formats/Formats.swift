// The module WeirFormats.
