// The module WeirReports.
