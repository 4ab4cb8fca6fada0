import Sharding
import Synchronization

extension InMemoryReactor {
    /// Takes the place of another one, whose ledger is locked, like this one's. Nothing more is committed to either.
    func takePlace(
        of replaced: InMemoryReactor, named name: String, _ ledger: inout InMemoryLedger, _ old: inout InMemoryLedger
    ) {
        old.endEpochs()
        for fence in old.newest { replaced.ownershipTaken(fence) }
        ledger.takePlace(of: old, named: name) { stream in
            self.withStripe(of: stream) { $0.findOrAdd(stream) }
        }
        for fence in ledger.newest { ownershipTaken(fence) }
        old.isReplaced = true
        for number in 0..<replaced.stripeCount {
            let owing = replaced.withStripe(number) { stripe in
                var owing: [(StreamName, InMemoryStream)] = []
                stripe.forEachDetail { stream, _, detail in
                    if detail.dirty != nil || detail.isParked || !detail.lot.isEmpty { owing.append((stream, detail)) }
                }
                return owing
            }
            for (stream, detail) in owing {
                withStripe(of: stream) { stripe in
                    let id = stripe.findOrAdd(stream)
                    stripe.changeDetail(id) { $0.takeOver(detail) }
                }
            }
        }
    }
}
