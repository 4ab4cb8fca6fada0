/// Lends its executor to actors whose owner gave them none.
///
/// An actor that declares `unownedExecutor` loses the runtime's default one; sharing that of a plain actor restores it.
actor DefaultIsolation {}
