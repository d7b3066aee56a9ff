// What Weir takes from the system, for the parts that use it: the essentials of Foundation, and the
// C library. The whole of Foundation would bring the tables of languages and calendars (ICU), which
// no part of Weir needs and whose loading takes longer than all else at the start of a command.

#if canImport(FoundationEssentials)
  @_exported public import FoundationEssentials
#else
  @_exported public import Foundation
#endif

#if canImport(Glibc)
  @_exported public import Glibc
#elseif canImport(Musl)
  @_exported public import Musl
#elseif canImport(Darwin)
  @_exported public import Darwin
#endif
