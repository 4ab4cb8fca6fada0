// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "Webhooks",
    dependencies: [
        .package(name: "millrace", path: "../.."),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.20.0"),
    ],
    targets: [
        .executableTarget(
            name: "Webhooks",
            dependencies: [
                .product(name: "ActorProcessing", package: "millrace"),
                .product(name: "Hummingbird", package: "hummingbird"),
            ])
    ]
)
