// swift-tools-version: 6.2
import PackageDescription

/// One part of Weir, in the folder and module of its name; arrows point down only.
func part(_ name: String, uses parts: String...) -> Target {
  .target(
    name: "Weir\(name)",
    dependencies: parts.map { .target(name: "Weir\($0)") },
    path: "Sources/\(name)")
}

/// The tests of one part, arranged like its sources.
func tests(of name: String, uses parts: String..., resources: [Resource] = []) -> Target {
  .testTarget(
    name: "\(name)Tests",
    dependencies: parts.map { .target(name: "Weir\($0)") },
    path: "Tests/\(name)Tests",
    resources: resources)
}

let package = Package(
  name: "weir",
  products: [
    .library(name: "Weir", targets: ["Weir"]),
    .executable(name: "weir", targets: ["WeirMain"]),
  ],
  targets: [
    part("Formats"),
    part("Kernel"),
    part("Access", uses: "Kernel", "Formats"),
    part("Simulation", uses: "Access", "Kernel", "Formats"),
    part("Lab", uses: "Simulation", "Access", "Kernel", "Formats"),
    part("Reports", uses: "Lab", "Simulation", "Access", "Kernel", "Formats"),
    part("CommandLine", uses: "Reports", "Lab", "Simulation", "Access", "Kernel", "Formats"),
    .target(
      name: "Weir",
      dependencies: [
        "WeirCommandLine", "WeirLab", "WeirSimulation", "WeirAccess", "WeirKernel", "WeirFormats",
      ],
      path: "Sources/Weir"),
    .executableTarget(
      name: "WeirMain", dependencies: ["WeirCommandLine"], path: "Sources/Main"),

    // Figures of many studies, which only a release build makes in time; see .ci/checks.
    .executableTarget(
      name: "WeirEvidence",
      dependencies: ["WeirLab", "WeirSimulation", "WeirKernel", "WeirFormats"],
      path: "Tests/Evidence"),

    // The cases of public projects, as fixtures; for the tests of layers and of the command line.
    .target(
      name: "WeirVectors", dependencies: ["WeirFormats", "WeirKernel"], path: "Tests/Vectors",
      resources: [.copy("Fixtures")]),

    tests(of: "Formats", uses: "Formats"),
    tests(of: "Kernel", uses: "Kernel", resources: [.copy("Fixtures")]),
    tests(of: "Access", uses: "Access", "Kernel", "Formats", "Vectors"),
    tests(
      of: "Simulation", uses: "Simulation", "Access", "Kernel", "Formats",
      resources: [.copy("Fixtures")]),
    tests(
      of: "Lab", uses: "Lab", "Simulation", "Access", "Kernel", "Formats",
      resources: [.copy("Fixtures")]),
    tests(of: "Reports", uses: "Reports", "Lab", "Simulation", "Access", "Kernel", "Formats"),
    tests(of: "CommandLine", uses: "CommandLine", "Lab", "Access", "Formats", "Vectors"),
    tests(of: "Tidy", uses: "Formats"),
  ]
)

for target in package.targets {
  target.swiftSettings = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
  ]
}
