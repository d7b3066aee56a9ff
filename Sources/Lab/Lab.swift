// The module WeirLab.
