#if Files

    /// What a log says about its events before them. For one thread.
    final class XESDeclarations {
        private(set) var keys = XESKeys()
        private(set) var traceGlobals: [XESGlobal] = []
        private(set) var eventGlobals: [XESGlobal] = []
        /// Rises whenever a key may have got another meaning.
        private(set) var version = 0
        /// The keys of the classifier that makes up the types; `nil` when there is none, or it hasn't been declared yet.
        private(set) var classifierKeys: [[UInt8]]?

        func extensionDeclared(_ attributes: XMLAttributes) {
            guard let prefix = attributes.string("prefix"), let uri = attributes.string("uri") else { return }
            keys.declared(uri: uri, prefix: prefix)
            version += 1
        }

        /// - Parameter wanted: the name of the classifier that makes up the types.
        func classifierDeclared(_ attributes: XMLAttributes, wanted: String?) {
            guard let wanted, attributes.string("name") == wanted, let list = attributes.string("keys") else { return }
            classifierKeys = Self.keys(in: list)
        }

        func globalDeclared(_ kind: XESAttributeKind, _ attributes: XMLAttributes, ofEvents: Bool) {
            guard let key = unsafe attributes.value(of: "key"), let value = unsafe attributes.value(of: "value") else {
                return
            }
            let global = unsafe XESGlobal(key: [UInt8](key), kind: kind, value: [UInt8](value))
            if globals(ofEvents: ofEvents).contains(where: { $0.key == global.key }) { return }
            if ofEvents { eventGlobals.append(global) } else { traceGlobals.append(global) }
            version += 1
        }

        /// The attributes that every event has, or every trace.
        func globals(ofEvents: Bool) -> [XESGlobal] { ofEvents ? eventGlobals : traceGlobals }

        /// What a key means.
        func meaning(of key: UnsafeRawBufferPointer, ofEvents: Bool) -> XESKeyMeaning {
            XESKeyMeaning(
                meaning: unsafe keys.meaning(of: key),
                global: globals(ofEvents: ofEvents).firstIndex { unsafe $0.key.elementsEqual(key) })
        }

        /// Keys are separated by spaces; those that hold spaces stand between apostrophes.
        static func keys(in list: String) -> [[UInt8]] {
            var keys: [[UInt8]] = []
            var key: [UInt8] = []
            var isQuoted = false
            for byte in list.utf8 {
                switch byte {
                case UInt8(ascii: "'"): isQuoted.toggle()
                case 0x20 where !isQuoted:
                    if !key.isEmpty { keys.append(key) }
                    key = []
                default: key.append(byte)
                }
            }
            return key.isEmpty ? keys : keys + [key]
        }
    }
#endif
