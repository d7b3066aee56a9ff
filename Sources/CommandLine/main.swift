import Weir

print(ScenarioSchema.text(), terminator: "")
