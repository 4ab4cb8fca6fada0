#if Files
    import CLibXML2
    import Synchronization

    /// Reads XML piece by piece, by the push parser of libxml2, and tells each element. For one thread.
    ///
    /// Nothing outside of the document is ever loaded, and a document that declares entities is refused: a few of them,
    /// one made of the other, would fill any memory.
    @safe final class XMLPushParser {
        /// What is told.
        struct Listener {
            var started: (XESElement, XMLAttributes) throws -> Void
            var ended: (XESElement) throws -> Void
        }

        private let listener: Listener
        private var context: xmlParserCtxtPtr?
        @safe @exclusivity(unchecked) private var failure: (any Error)?

        /// Has to be called before any parser is made; a static is initialised once, whichever thread comes first.
        private static let library: Void = xmlInitParser()

        init(_ listener: Listener) {
            self.listener = listener
            _ = Self.library
            // What goes wrong in converting characters is told to handlers of the thread's, which would print it.
            unsafe xmlSetStructuredErrorFunc(nil) { _, _ in }
            millrace_xml_print_nothing()
            var handler = unsafe xmlSAXHandler()
            unsafe handler.initialized = XML_SAX2_MAGIC
            unsafe handler.startElementNs = { context, name, _, _, _, _, count, _, attributes in
                unsafe XMLPushParser.of(context).started(name, attributes, count: Int(count))
            }
            unsafe handler.endElementNs = { context, name, _, _ in unsafe XMLPushParser.of(context).ended(name) }
            unsafe handler.entityDecl = { context, _, _, _, _, _ in unsafe XMLPushParser.of(context).entityDeclared() }
            unsafe handler.serror = { _, _ in
                // Asked for when a piece is refused: with a function here, nothing is printed.
            }
            unsafe context = xmlCreatePushParserCtxt(&handler, Unmanaged.passUnretained(self).toOpaque(), nil, 0, nil)
            guard let context = unsafe context else { preconditionFailure("no memory for an XML parser") }
            // With entities replaced, the five that every document has come as characters; no others can be declared.
            unsafe xmlCtxtUseOptions(context, Int32(XML_PARSE_NONET.rawValue | XML_PARSE_NOENT.rawValue))
        }

        deinit { unsafe xmlFreeParserCtxt(context) }

        /// The line that the parser has come to, counted from 1.
        var line: Int64 { unsafe Int64(context?.pointee.input?.pointee.line ?? 0) }

        /// Parses the next piece of the document.
        ///
        /// - Throws: what a listener has thrown, or a ``LineProblem``.
        func parse(_ bytes: UnsafeRawBufferPointer) throws { try unsafe push(bytes, isLast: false) }

        /// The document ends here.
        func finish() throws { try unsafe push(UnsafeRawBufferPointer(start: nil, count: 0), isLast: true) }

        private func push(_ bytes: UnsafeRawBufferPointer, isLast: Bool) throws {
            let code = unsafe xmlParseChunk(
                context, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(bytes.count), isLast ? 1 : 0)
            if let failure { throw failure }
            guard code != 0, let context = unsafe context else { return }
            // Warnings and mistakes in namespaces leave it well-formed. Characters that can't be converted do, too, but end it.
            let goesOn = unsafe context.pointee.wellFormed != 0 && context.pointee.disableSAX == 0
            if goesOn, code != Int32(XML_ERR_INVALID_ENCODING.rawValue) { return }
            throw LineProblem("the XML is not well-formed: \(message)")
        }

        private var message: String {
            guard let error = unsafe xmlCtxtGetLastError(context), let text = unsafe error.pointee.message else {
                return "it can't be parsed"
            }
            var message = unsafe String(cString: text)
            while message.last?.isNewline ?? false { message.removeLast() }
            return message
        }

        // What the parser calls; it was given this object, which outlives it.

        private static func of(_ context: UnsafeMutableRawPointer?) -> XMLPushParser {
            guard let context = unsafe context else { preconditionFailure("the XML parser has lost its listener") }
            return unsafe Unmanaged<XMLPushParser>.fromOpaque(context).takeUnretainedValue()
        }

        private func started(
            _ name: UnsafePointer<UInt8>?, _ attributes: UnsafeMutablePointer<UnsafePointer<UInt8>?>?, count: Int
        ) {
            guard failure == nil, let name = unsafe name else { return }
            do {
                try unsafe listener.started(XESElement(name), XMLAttributes(attributes, count: count))
            } catch {
                stop(error)
            }
        }

        private func ended(_ name: UnsafePointer<UInt8>?) {
            guard failure == nil, let name = unsafe name else { return }
            do {
                try unsafe listener.ended(XESElement(name))
            } catch {
                stop(error)
            }
        }

        private func entityDeclared() {
            stop(
                LineProblem(
                    "it declares entities, which are refused since they can fill any memory: write out what they stand for"
                ))
        }

        private func stop(_ error: any Error) {
            if failure == nil { failure = error }
            unsafe xmlStopParser(context)
        }
    }
#endif
