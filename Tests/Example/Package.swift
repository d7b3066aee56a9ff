// swift-tools-version: 6.2
import PackageDescription

// A package outside Weir that adds a layer (MyWeir), a workload and a scheduler (MyLab): README and
// documentation show its code, and .ci/run builds, tests and runs it.
let package = Package(
  name: "my-weir",
  dependencies: [.package(name: "weir", path: "../..")],
  targets: [
    .executableTarget(
      name: "MyWeir", dependencies: [.product(name: "Weir", package: "weir")]),
    .testTarget(
      name: "MyWeirTests", dependencies: ["MyWeir", .product(name: "Weir", package: "weir")]),
    .executableTarget(
      name: "MyLab", dependencies: [.product(name: "Weir", package: "weir")]),
    .testTarget(
      name: "MyLabTests", dependencies: ["MyLab", .product(name: "Weir", package: "weir")]),
  ]
)
