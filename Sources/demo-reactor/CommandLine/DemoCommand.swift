/// What the command line asks for: a command, by default `shop`, and its options.
enum DemoCommand: Equatable {
    case shop(ShopOptions)
    case verify(VerifyOptions)
    case rebuild(VerifyOptions)
    case distributed(DistributedOptions)
    /// What `distributed` starts processes with; not for people.
    case node(NodeOptions)
    #if Files
        case cases(CaseOptions)
        case generate(GenerateOptions)
    #endif
    case help

    init(_ arguments: [String]) throws(UsageError) {
        var arguments = arguments[...]
        if arguments.contains("--help") || arguments.contains("-h") || arguments.first == "help" {
            self = .help
            return
        }
        guard let name = arguments.first, !name.hasPrefix("-") else {
            self = .shop(try ShopOptions(arguments))
            return
        }
        arguments.removeFirst()
        switch name {
        case "shop": self = .shop(try ShopOptions(arguments))
        case "verify": self = .verify(try VerifyOptions(arguments))
        case "rebuild": self = .rebuild(try VerifyOptions(arguments, of: name))
        case "distributed": self = .distributed(try DistributedOptions(arguments))
        case "node": self = .node(try NodeOptions(arguments))
        #if Files
            case "cases": self = .cases(try CaseOptions(arguments))
            case "generate": self = .generate(try GenerateOptions(arguments))
        #else
            case "cases", "generate": throw UsageError("'\(name)' needs a build with the package trait Files")
        #endif
        default: throw UsageError("there is no command '\(name)'")
        }
    }

    static let helpText = """
        Usage: demo-reactor [shop] [options]
               demo-reactor verify [options]
               demo-reactor rebuild [options]
               demo-reactor distributed [options]
               demo-reactor cases FILE|- [options]
               demo-reactor generate [FILE|-] [options]

        shop: an online shop, made from a seed: orders, stock and payments arrive from two partitions out of order and
        more than once, the handler fails now and then, and one event can't be read. One reactor handles it all; a
        plain sequential fold of the same events then has to come to the same states, confirmations and sales.

        All of it is kept in a file: stopped anywhere, by an interrupt or kill -9, it goes on where it was when it is
        started again.

          --orders N        orders to make (50000, unless --events is given)
          --events N        events to make, at least, in place of a number of orders
          --seed S          where everything random comes from (1)
          --shards N        threads that handle streams, 1 to 64 (one for each processor)
          --disorder W      arrivals are shuffled in windows of W, 1 to 10000; 1 for none (64)
          --duplicates P    per cent of the events that come twice, 0 to 100 (2)
          --failures P      per cent of the events whose handling fails once or twice, and of the streams whose
                            publication fails once, 0 to 100 (1)
          --state PATH      where its state is kept (reactor.sqlite); what is sent outside is received in PATH.received
          --memory          keep it in memory, for as long as the process lives
          --fresh           begin anew: what is in the files is removed
          --wait            wait while another process is at work on the files, and take over when it has ended
          --crash-after N   kill the process hard after N events of this start, where the seed says
          --quiet           nothing but the verdict

        verify: compares what is in the files of a run, wherever it has been stopped, with the fold.
        rebuild: makes the read model of a run anew, beside the one that is there, and switches.

          --state PATH      where its state is kept (reactor.sqlite)

        distributed: the shop over several processes. Its events go into a journal whose slots are shared out over the
        nodes; one node is killed, one frozen beyond its lease, one joins and one leaves. Everything has to be applied
        once, in order, by nobody but the slot's owner, and to agree with a fold of the journal.

          --nodes N         nodes to begin with, 3 to 16 (3)
          --events N        events to make, at least (20000; 100 for each round of chaos)
          --slots N         slots to share out, 1 to 1000 (12)
          --ttl SECONDS     how long a lease runs without being renewed, 1 to 60 (2)
          --seed S          where everything random comes from (1)
          --chaos ROUNDS    rounds of faults at random, one upon the other: kill -9, SIGSTOP, SIGSTOP in the middle of a
                            transaction, nodes that leave and join
          --state PATH      the file that the nodes meet in, which mustn't be there yet (one in a temporary folder,
                            which is removed when all agree)
          --keep            keep that folder
          --quiet           nothing but what has come out

        cases: a log of events, from a file or from standard input (-), where each case is a stream: what its cases
        have gone through, how often and for how long.

          --format F        xes (IEEE 1849) or ndjson (CloudEvents 1.0, or the library's own form); otherwise the
                            name or the first byte decides
          --disorder W      arrivals are shuffled in windows of W, 1 to 1000000; 1 for none (1). The results stay
                            the same
          --duplicates P    per cent of the events that come twice, 0 to 100 (0)
          --seed S          where disorder comes from (1)
          --shards N        threads that handle cases, 1 to 64 (one for each processor)
          --strict          stop at the first bad line or event, in place of counting it
          --rejects PATH    keep bad lines or events there, with their place and the reason
          --state PATH      keep the cases there: a run that is stopped goes on where it was when it is started again
          --json            one object of JSON in place of the report
          --quiet           no progress

        generate: a log of made-up cases, for the command `cases` and others, to a file or to standard output (-).

          --cases N         cases to make, of four events and more (10000)
          --format F        ndjson (the library's own form), cloudevents, or xes (ndjson)
          --disorder W      events are shuffled in windows of W, 1 to 1000000; 1 for none (1)
          --duplicates P    per cent of the events that come twice, 0 to 100 (0)
          --seed S          where everything random comes from (1)
          --quiet           no progress

        All of them:

          --no-color        no colours (as NO_COLOR in the environment)
          --help            this text

        Exit codes: 0 all is well; 1 reactors and fold don't agree; 2 the command line makes no sense; 3 the reactor
        failed, a file couldn't be read or written, or it isn't what it should be; 130 stopped by an interrupt.

        """
}

/// The command line makes no sense.
struct UsageError: Error, Equatable, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
