// The module WeirSimulation.
