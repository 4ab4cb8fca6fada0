#if Files

    /// What a log says about its events before them.
    struct XESDeclarations {
        var keys = XESKeys()
        var traceGlobals: [XESGlobal] = []
        var eventGlobals: [XESGlobal] = []
        /// The keys of the classifier that makes up the types; `nil` when there is none, or it hasn't been declared yet.
        var classifierKeys: [[UInt8]]?

        mutating func extensionDeclared(_ attributes: XMLAttributes) {
            guard let prefix = attributes.string("prefix"), let uri = attributes.string("uri") else { return }
            keys.declared(uri: uri, prefix: prefix)
        }

        /// - Parameter wanted: the name of the classifier that makes up the types.
        mutating func classifierDeclared(_ attributes: XMLAttributes, wanted: String?) {
            guard let wanted, attributes.string("name") == wanted, let list = attributes.string("keys") else { return }
            classifierKeys = Self.keys(in: list)
        }

        mutating func globalDeclared(_ kind: XESAttributeKind, _ attributes: XMLAttributes, ofEvents: Bool) {
            guard let key = unsafe attributes.value(of: "key"), let value = unsafe attributes.value(of: "value") else {
                return
            }
            let global = unsafe XESGlobal(key: [UInt8](key), kind: kind, value: [UInt8](value))
            if ofEvents { eventGlobals.append(global) } else { traceGlobals.append(global) }
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
