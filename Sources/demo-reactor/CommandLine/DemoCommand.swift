/// What the command line asks for: a command, by default `shop`, and its options.
enum DemoCommand: Equatable {
    case shop(ShopOptions)
    case help

    init(_ arguments: [String]) throws(UsageError) {
        var arguments = arguments[...]
        if arguments.contains("--help") || arguments.contains("-h") || arguments.first == "help" {
            self = .help
            return
        }
        if let name = arguments.first, !name.hasPrefix("-") {
            guard name == "shop" else { throw UsageError("there is no command '\(name)'") }
            arguments.removeFirst()
        }
        self = .shop(try ShopOptions(arguments))
    }

    static let helpText = """
        Usage: demo-reactor [shop] [options]

        An online shop, made from a seed: orders, stock and payments arrive from two partitions out of order and
        more than once, the handler fails now and then, and one event can't be read. One reactor handles it all; a
        plain sequential fold of the same events then has to come to the same states and confirmations.

          --orders N        orders to make (50000, unless --events is given)
          --events N        events to make, at least, in place of a number of orders
          --seed S          where everything random comes from (1)
          --shards N        threads that handle streams, 1 to 64 (one for each processor)
          --disorder W      arrivals are shuffled in windows of W, 1 to 10000; 1 for none (64)
          --duplicates P    per cent of the events that come twice, 0 to 100 (2)
          --failures P      per cent of the events whose handling fails once or twice, and of the streams whose
                            publication fails once, 0 to 100 (1)
          --quiet           nothing but the verdict
          --no-color        no colours (as NO_COLOR in the environment)
          --help            this text

        Exit codes: 0 reactor and fold agree; 1 they don't; 2 the command line makes no sense; 3 the reactor
        failed; 130 stopped by an interrupt.

        """
}

/// The command line makes no sense.
struct UsageError: Error, Equatable, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
