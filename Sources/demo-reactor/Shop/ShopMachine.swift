import ActorProcessing

/// The state machine of all the shop's streams: what a stream is becomes clear from its first event.
struct ShopMachine: StreamMachine {
    /// An event, read.
    struct Input: Sendable {
        var stream: StreamName
        var index: Int64
        var fact: ShopFact
    }

    let decoder: FactDecoder
    let faults: FaultPlan
    let stashes: StashCount
    let crash: CrashPlan
    let sales: any SalesView
    /// Whether there is anywhere to keep states that outlives the process.
    let keepsStates: Bool

    /// How states are written, in the store and outside.
    static let codec = JSONStateCodec<ShopState>()

    var initialState: ShopState { .new }
    var stateCodec: (any StateCodec<ShopState>)? { keepsStates ? Self.codec : nil }

    func decode(_ event: Event) throws -> Input? {
        let stream = event.stream
        crash.eventArrived()
        try faults.strike(stream, event.index)
        return Input(stream: stream, index: event.index, fact: try decoder.decode(event))
    }

    func receive(_ message: StreamMessage<Input, Never>, in state: ShopState) throws -> Step<ShopState, Never> {
        guard case .event(let input) = message else { return .ignore }
        if Self.mustWait(input.fact, in: state) {
            stashes.stashed(input.stream, input.index)
            return .stash
        }
        switch (input.fact, state) {
        case (.orderCreated(let customer), .new):
            return .become(.order(OrderState(customer: customer)))
        case (_, .order(let order)):
            return receive(input, in: order)
        case (.goodsReceived(let quantity), .new), (.goodsReceived(let quantity), .stock):
            return .become(.stock(state.stock.moved(by: quantity)))
        case (.goodsReserved(let quantity), .new), (.goodsReserved(let quantity), .stock):
            return .become(.stock(state.stock.moved(by: -quantity)))
        case (.paymentAuthorised(let cents), .new):
            return .become(.payment(PaymentState(authorisedCents: cents)))
        case (.paymentCaptured(let cents), .payment(var payment)):
            payment.capturedCents += cents
            return .become(.payment(payment))
                .emitting(Confirmation(stream: input.stream, cents: payment.capturedCents).output)
        default:
            return .reject("\(input.fact) makes no sense in \(state)")
        }
    }

    /// Whether there is no order yet to add this to: it comes again once there is one.
    static func mustWait(_ fact: ShopFact, in state: ShopState) -> Bool {
        switch (fact, state) {
        case (.productAdded, .new), (.paymentReceived, .new), (.orderPlaced, .new): true
        default: false
        }
    }

    private func receive(_ input: Input, in order: OrderState) -> Step<ShopState, Never> {
        var order = order
        switch input.fact {
        case .productAdded(let product, let quantity, let cents):
            let line = OrderState.Line(product: product, quantity: quantity)
            order.lines.append(line)
            order.totalCents += quantity * cents
            return .become(.order(order)).writing(write(line, cents: cents))
        case .paymentReceived(let cents):
            order.paidCents += cents
            return .become(.order(order))
        case .orderPlaced:
            order.isPlaced = true
            return .become(.order(order))
                .emitting(Confirmation(stream: input.stream, cents: order.totalCents).output)
        default:
            return .reject("\(input.fact) makes no sense in an order")
        }
    }
}

extension ShopMachine {
    private func write(_ line: OrderState.Line, cents: Int) -> ViewWrite {
        let (add, crash) = (sales.add(line, cents: cents), crash)
        return { transaction in
            try add(transaction)
            crash.reached(.writing)
        }
    }
}

extension ShopState {
    fileprivate var stock: StockState {
        if case .stock(let stock) = self { stock } else { StockState() }
    }
}

extension StockState {
    fileprivate func moved(by quantity: Int) -> StockState {
        let level = level + quantity
        return StockState(level: level, lowest: min(lowest, level), movements: movements + 1)
    }
}
