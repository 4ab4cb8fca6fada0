import Sharding
import Testing

@Suite struct StableHashTests {
    @Test(
        arguments: [
            ("", 0xEF46_DB37_51D8_E999), ("a", 0xD24E_C4F1_A98C_6E5B), ("abc", 0x44BC_2CF5_AD77_0999),
            ("Nobody inspects the spammish repetition", 0xFBCE_A83C_8A37_8BF1),
        ] as [(String, UInt64)])
    func publishedVectors(_ text: String, _ hash: UInt64) {
        #expect(StableHash.hash(text) == hash)
    }

    /// Bytes i * 167 + 13; their hashes as Python's xxhash gives them.
    @Test(
        arguments: [
            (1, 0x2078_E1AD_38AD_738B), (3, 0x634D_95FC_01A1_89CD), (4, 0xEED3_4090_8A1A_C6C6),
            (7, 0x0DA4_9362_1D6D_C898), (8, 0x76F9_16C7_BB52_3126), (12, 0xFB52_F89A_1DC4_49D2),
            (16, 0x7BBE_FF67_6993_12F6), (31, 0x65C5_FEB0_1DA7_464D), (32, 0x7665_C921_C9BF_2EC7),
            (33, 0xB5A9_D9EF_259A_E821), (39, 0xE214_8DBB_C5AB_4089), (63, 0xB028_9CD9_3240_34F0),
            (64, 0xFFF2_525C_99BF_2005), (65, 0x01FB_D6D6_AC20_FBAF), (100, 0x74E5_02DB_362E_FD4C),
        ] as [(Int, UInt64)])
    func referenceImplementation(_ length: Int, _ hash: UInt64) {
        #expect(hashOfPattern(length) == hash)
    }

    @Test func allLengthsUpTo100() {
        // Python's hash over its little-endian hashes of the pattern's prefixes of 0 to 100 bytes.
        let hashes = (0...100).flatMap { length in
            let hash = hashOfPattern(length)
            return (0..<8).map { UInt8(truncatingIfNeeded: hash >> ($0 * 8)) }
        }
        #expect(hash(hashes) == 0x926B_9B87_60EF_8765)
    }

    @Test func alignmentDoesNotMatter() {
        let bytes = [UInt8](repeating: 9, count: 108)
        let hashes = (0..<8).map { start in
            unsafe bytes.withUnsafeBytes { bytes in
                unsafe StableHash.hash(UnsafeRawBufferPointer(rebasing: bytes[start..<start + 100]))
            }
        }
        #expect(Set(hashes).count == 1)
    }

    @Test(arguments: [1, 2, 3, 7, 16, 1000])
    func bucketsAreRangesOfEqualSize(_ count: Int) {
        #expect(StableHash.bucket(of: 0, count: count) == 0)
        #expect(StableHash.bucket(of: .max, count: count) == count - 1)
        let width = UInt64.max / UInt64(count)
        for bucket in 0..<count {
            #expect(StableHash.bucket(of: UInt64(bucket) * width + width / 2, count: count) == bucket)
        }
    }

    private func hashOfPattern(_ length: Int) -> UInt64 {
        hash((0..<length).map { UInt8(truncatingIfNeeded: $0 * 167 + 13) })
    }

    private func hash(_ bytes: [UInt8]) -> UInt64 {
        unsafe bytes.withUnsafeBytes { unsafe StableHash.hash($0) }
    }
}
