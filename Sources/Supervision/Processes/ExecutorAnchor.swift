/// An actor of its own for the executor it has by default: a group that isn't pinned shares it, since an actor that can
/// be pinned has no default executor.
actor ExecutorAnchor {}
