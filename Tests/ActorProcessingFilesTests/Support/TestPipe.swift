#if Files
    import Foundation
    import Testing

    @testable import ActorProcessingFiles

    /// A pipe whose reading end a feed reads.
    final class TestPipe: Sendable {
        private let pipe = Pipe()

        var source: FileSource { .descriptor(pipe.fileHandleForReading.fileDescriptor) }

        func write(_ bytes: [UInt8]) throws { try pipe.fileHandleForWriting.write(contentsOf: Data(bytes)) }

        func close() throws { try pipe.fileHandleForWriting.close() }
    }
#endif
