#if SQLite
    import ActorProcessing
    import ActorProcessingSQLite

    /// The shop's machine on one slot of a node: as it always is, with each event noted in the ledger.
    struct NodeMachine: StreamMachine {
        let shop: ShopMachine
        let trouble: TroublePlan
        let freeze: FreezeSwitch
        let slot: String
        let node: String
        /// Under which the slot is leased.
        let epoch: Int64

        var initialState: ShopState { shop.initialState }
        var stateCodec: (any StateCodec<ShopState>)? { shop.stateCodec }

        func decode(_ event: Event) throws -> ShopMachine.Input? {
            try trouble.strike(event.stream, event.index)
            return try shop.decode(event)
        }

        func receive(
            _ message: StreamMessage<ShopMachine.Input, Never>, in state: ShopState
        ) throws -> Step<ShopState, Never> {
            let step = try shop.receive(message, in: state)
            guard case .event(let input) = message, !ShopMachine.mustWait(input.fact, in: state) else { return step }
            return step.writingSQLite { [slot, node, epoch, freeze] transaction in
                try ShopLedger.note(input.stream, input.index, in: slot, by: node, epoch, transaction)
                freeze.reached()
            }
        }
    }
#endif
