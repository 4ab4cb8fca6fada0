#if Files
    import Foundation
    import Supervision
    import Testing

    @testable import ActorProcessingFiles

    struct Base64Tests {
        private static func decode(_ text: String) -> [UInt8]? {
            unsafe Array(text.utf8).withUnsafeBytes { unsafe Base64.decode($0) }
        }

        @Test func `it agrees with Foundation`() {
            var random = SplitMix64(seed: 1)
            for count in 0..<200 {
                let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
                let text = Base64.encode(bytes)
                #expect(text == Data(bytes).base64EncodedString())
                #expect(Self.decode(text) == bytes)
            }
        }

        @Test(arguments: ["A", "AA", "AAA", "AB==", "A===", "AA=A", "A-_=", "AAE\n", "====", "AAEC===="])
        func `what is no base64 isn't decoded`(text: String) {
            #expect(Self.decode(text) == nil)
        }
    }
#endif
