#if Files
    import Foundation
    import Testing

    @testable import ActorProcessingFiles

    /// A pipe whose reading end a feed reads.
    final class TestPipe: Sendable {
        private let pipe = Pipe()

        var source: FileSource { .descriptor(pipe.fileHandleForReading.fileDescriptor) }

        func write(_ text: String) throws { try pipe.fileHandleForWriting.write(contentsOf: Data(text.utf8)) }

        func close() throws { try pipe.fileHandleForWriting.close() }
    }
#endif
