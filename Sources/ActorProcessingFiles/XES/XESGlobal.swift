#if Files

    /// The value of an attribute where it is missing, as a log declares it.
    struct XESGlobal {
        var key: [UInt8]
        var kind: XESAttributeKind
        var value: [UInt8]
    }
#endif
