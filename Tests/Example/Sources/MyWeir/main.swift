import Weir

var extensions = Extensions()
extensions.add(.layer(MinimumGap.self))
WeirProgram.main(extensions)
