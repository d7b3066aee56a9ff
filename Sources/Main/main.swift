import WeirCommandLine

WeirProgram.main()
