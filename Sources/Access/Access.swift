// The module WeirAccess.
