@_exported public import WeirAccess
@_exported public import WeirCommandLine
@_exported public import WeirFormats
@_exported public import WeirKernel
@_exported public import WeirLab
@_exported public import WeirSimulation
