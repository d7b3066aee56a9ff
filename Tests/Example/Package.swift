// swift-tools-version: 6.2
import PackageDescription

// A package outside Weir that adds a layer: the README shows its code, and .ci/run builds and runs
// it.
let package = Package(
  name: "my-weir",
  dependencies: [.package(name: "weir", path: "../..")],
  targets: [
    .executableTarget(
      name: "MyWeir", dependencies: [.product(name: "Weir", package: "weir")]),
    .testTarget(
      name: "MyWeirTests", dependencies: ["MyWeir", .product(name: "Weir", package: "weir")]),
  ]
)
