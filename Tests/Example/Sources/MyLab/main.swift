import Weir

var extensions = Extensions()
extensions.add(.workload(NightlyBatch.self))
extensions.add(.scheduler(CheapestFirst.self))
WeirProgram.main(extensions)
